"""A small arXiv that travels with the program, so that it can be tried with no network and no
key.
"""
