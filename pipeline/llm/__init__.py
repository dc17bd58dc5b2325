"""The language model as a service: it is asked for one JSON object, and knows no stage.

    client.py             ModelClient.ask: the question, the form, the lessons
    request_builder.py    the request in the form and size that a model takes
    response_format.py    the forms in which JSON can be asked for, best first
    request_sender.py     each request once: from the log, in a batch, or sent and booked
    transport.py          when a request is tried again, and when a model counts as down
    connection.py         one HTTP request and its answer, within limits
    failures/             what a server says in place of an answer, and what that means
    reply/                from the bytes of an answer to the object that was asked for
    batch/                requests that a later run collects at half the price
    capabilities.py       what was learnt of a model, kept from run to run
    call_log.py           what a call leaves behind; the store keeps it
    budget.py, tokens.py  what a call may cost
    providers.py          where the known providers are, what their models cost
    ping.py               one small question, for `arxiv-screen doctor`

Others import from here.
"""

from pipeline.llm.budget import RunLimits
from pipeline.llm.call_log import Message
from pipeline.llm.client import ModelClient
from pipeline.llm.ping import check_endpoint
from pipeline.llm.providers import Endpoint, choose_endpoint
from pipeline.llm.reply.model_reply import Reply
from pipeline.llm.response_format import Form
from pipeline.llm.tokens import estimate_tokens
from pipeline.llm.transport import retry_limits, watched_limits

__all__ = [
    "Endpoint",
    "Form",
    "Message",
    "ModelClient",
    "Reply",
    "RunLimits",
    "check_endpoint",
    "choose_endpoint",
    "estimate_tokens",
    "retry_limits",
    "watched_limits",
]
