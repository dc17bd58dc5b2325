"""The faces: kinds of sites that posts are written for.

base.py             what a face is
registry.py         the faces by name
hexo.py             Hexo with Butterfly
vuepress.py         VuePress 2 with theme-hope
markdown.py         CommonMark for a code host
obsidian.py         notes of a vault
custom.py           a folder of the reader's own templates
frontmatter.py      the YAML block at the head of a page
formula_support.py  whether a site typesets formulas
"""
