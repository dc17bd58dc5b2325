"""Posts, nights and the archive as pages of any face, and their files on the disk.

pages.py         a post, a night, the archive, from templates
view_models.py   a post as templates see it
paper_notes.py   papers as files of their own
page_figures.py  which pictures a post shows, and where their files are
templates.py     the templates and what makes their values safe
labels.py        the words of a language
own_words.py     the program's own lines, for whoever looks for a model's leftovers
atom_feed.py     posts as Atom feeds
single.py        one paper's review by itself
writer.py        rendered files onto the disk: whole, only what changed, never over edits
"""
