#!/usr/bin/env bash
# Guess: on a page with /Rotate 90, PyMuPDF gives words, links and page.rect in one system of
# coordinates, the one of the page as it is seen.
# What happens: page.rect, get_links() and the clip of get_pixmap() are as seen, but get_text(),
# search_for() and get_image_info() keep the unrotated page. Words may lie outside page.rect;
# get_text(clip=page.rect), which ought to change nothing, loses them; and the picture cut out at a
# word's box shows another place. The boxes have to go through page.rotation_matrix. Landscape pages
# of tables and figures are such pages.
# Version: PyMuPDF 1.28.2.
# Seen: page 300 x 400, "Right" at x=300 and its link at y=300; the clip keeps only "low"; cut at
# its box, blank.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q pymupdf==1.28.2

cat >try.py <<'PROGRAM'
import pymupdf

made = pymupdf.open()
page = made.new_page(width=400, height=300)
page.insert_text((300, 50), "Right side")
page.insert_text((50, 250), "low")
page.insert_link(
    {"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(300, 40, 360, 55), "uri": "https://a.example/"}
)
page.set_rotation(90)
page = pymupdf.open("pdf", made.tobytes())[0]


def whole(box):
    return [round(value) for value in box]


def ink(box):
    picture = page.get_pixmap(clip=box, colorspace=pymupdf.csGRAY)
    return any(value < 128 for value in picture.samples)


word = pymupdf.Rect(page.get_text("words")[0][:4])
print("page:", whole(page.rect))
print("word:", whole(word))
print("link:", whole(page.get_links()[0]["from"]))
print("text within the page:", page.get_text(clip=page.rect).split())
print("ink at the word's box:", ink(word), "- turned:", ink(word * page.rotation_matrix))
PROGRAM

cat >expected <<'SEEN'
page: [0, 0, 300, 400]
word: [300, 38, 326, 53]
link: [245, 300, 260, 360]
text within the page: ['low']
ink at the word's box: False - turned: True
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pymupdf-rotated-pages: behaviour changed (< as noted here, > now)" >&2; exit 1; }
