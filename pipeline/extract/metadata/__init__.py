"""Title, abstract, affiliations, language, kind of document, code links."""
