"""A review written by a model: prompt, draft, checks, repair, Review."""
