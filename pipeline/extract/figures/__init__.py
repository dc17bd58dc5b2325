"""Captions and the figures, tables and algorithms that they belong to.

    floats ─▶ captions ─▶ caption_detection      rows that begin captions
           │          └─▶ caption_lines          followed to their end
           ├─▶ frames, page_regions              what is boxed or ruled off
           ├─▶ page_content                      what figures are made of, as box_array
           ├─▶ matching/                         which part of a page a caption belongs to
           └─▶ figure_traits                     boxes, arrows, labels, numbers in a figure
    overview_figure                              the figure that shows the method

Others import `read_floats` from `floats`, `find_overview_figure` from `overview_figure`, and
`begins` and `begins_table` from `caption_detection`.
"""
