"""What a paper says about itself.

    metadata ─▶ title                            below mastheads, or the record's
             ├─▶ authors                         names between title and places
             ├─▶ affiliations                    affiliation_marks, _blocks, _sentences, places
             ├─▶ links/                          the authors' own code and pages
             └─▶ language
    front_matter                                 where the front ends and the text begins
    document_type                                scans, slides, posters, supplements

Others import `read_facts` from `metadata`, `split_front` from `front_matter`, `kind_warnings`
and `require_text` from `document_type`.
"""
