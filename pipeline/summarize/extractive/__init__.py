"""The review without a model: sentences of the paper itself.

summarizer.py      the review, and how central each sentence is
answers.py         what answers each item
slots.py           where an item is looked for and by which words, from slots.toml
sentence_tests.py  what a sentence says
summary_line.py    the one line
method_steps.py    the steps of the method
availability.py    code, data, weights, computing
keywords.py        keywords, printed or found
sentences/         the text taken apart, and what is known of each sentence
"""
