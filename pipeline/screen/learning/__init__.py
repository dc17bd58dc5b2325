"""What a score learns from graded records and from the reader.

relevance_model.py  evidence and likeness as log odds; weights fitted to graded topics
ratings.py          what the reader kept and skipped, as JSON lines
lesson.py           what ratings teach about papers that are not rated
reference_lists.py  papers of a library: BibTeX, RIS, CSL-JSON, Zotero
"""
