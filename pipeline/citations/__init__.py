"""BibTeX, RIS and CSL-JSON, venues, TeX in titles, names of authors."""
