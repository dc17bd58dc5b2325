"""The face `site`: the pages of the triage server as files, under any path or from a folder.

site_links.py   relative addresses from one page to another
site_pages.py   nights, papers, archive, trends, feed and sitemap as files
site_search.py  the search index, in pieces that are scripts

    index.html  archive.html  trends.html  feed.xml  sitemap.xml
    nights/DATE.html  papers/SLUG.html (.bib .ris .json)  figures/SLUG-vN/NAME.webp
    search/WEEK.js  static/
"""
