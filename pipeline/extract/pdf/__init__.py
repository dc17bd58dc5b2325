"""A PDF file opened, its pages as lines and drawings, pages drawn."""
