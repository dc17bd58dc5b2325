"""A review written by a model: asked for, checked, read a second time, repaired once.

    reviewer.py          the way of one paper through the model
    prompts.py           what the model is told
    paper_context.py     the paper as text for a prompt
    draft.py             what it is asked to write, and how its reply is read
    questions.py         the passages for the second reading and for the repair
    second_reading.py    a second call: statements beside their passages
    finalize.py          the Review that is left

Others import `reviewer.review` and, for its schema, `draft`.
"""
