"""What comes back from a model, from the bytes of an answer to the object that was asked for.

event_stream.py   pieces of an answer put together
completion.py     the first choice and the usage, wherever they stand
json_text.py      the object in the text of a model: found, and mended where the slip is clear
tex_escapes.py    TeX in JSON, which is legal and means something else
model_reply.py    the object, and what is wrong with it
"""
