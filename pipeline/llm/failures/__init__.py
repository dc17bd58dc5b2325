"""Why a request got no completion, from a server's words to a value and back to words.

server_error.py            what a server says, in whatever shape it says it
error_classification.py    what that means for the next request: an ErrorCause
error_rules.toml           the words of servers, by what they mean
error_messages.py          what a user is told of a cause, and the next step
"""
