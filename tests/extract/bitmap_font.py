"""A font of pictures (Type 3), as pdfTeX embeds fonts without outlines."""

import pymupdf


def bitmap_page(written, *, rise=700, fall=0):
    """A page with text, a PDF string, in such a font.

    Its letters have no names but their codes; it claims so much height above and below the
    baseline, in thousandths of the size.
    """
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 72), "-", fontname="helv")
    xref = page.get_fonts()[0][0]
    picture = document.get_new_xref()
    document.update_object(picture, "<<>>")
    document.update_stream(picture, b"600 0 d0")
    pictures = " ".join(f"/a{code} {picture} 0 R" for code in range(256))
    names = " ".join(f"/a{code}" for code in range(256))
    document.update_object(
        xref,
        f"<< /Type /Font /Subtype /Type3 /FontBBox [0 {fall} 600 {rise}]"
        " /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 0 /LastChar 255"
        f" /Widths [{256 * '600 '}] /CharProcs << {pictures} >>"
        f" /Encoding << /Type /Encoding /Differences [0 {names}] >> >>",
    )
    content = f"BT /helv 10 Tf 72 700 Td ({written}) Tj ET"
    document.update_stream(page.get_contents()[0], content.encode("latin-1"))
    return document, document[0]
