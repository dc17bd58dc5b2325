"""Requests sent as a batch, answered within a day at half the price.

batch_api.py      OpenAI's batch protocol: upload, create, poll, collect
batch_queue.py    what waits to be sent, what was sent, and whose answer it is
"""
