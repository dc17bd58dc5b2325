#!/usr/bin/env bash
# Guess: chat.completions.create() returns a ChatCompletion or raises an openai.APIError; a web page
# (wrong base_url without /v1, a proxy's login) is an error, and so is a 200 whose JSON has other
# fields.
# What happens: a page of text/html comes back as a plain str, typed as ChatCompletion; the failure
# is an AttributeError about `choices` later on. JSON is not validated either: {"error": …} with
# status 200, as some compatible services send, is a ChatCompletion with choices None, and a token
# count sent as "12" stays a str in a field typed int. Broken JSON raises json.JSONDecodeError,
# which is no APIError.
# Version: openai 3.52.0. The server is on loopback.
# Seen: str; ChatCompletion with choices None; total_tokens '12' (str); JSONDecodeError.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q openai==3.52.0

cat >try.py <<'PROGRAM'
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import openai

kind, body = "", b""


class Service(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = HTTPServer(("127.0.0.1", 0), Service)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = openai.OpenAI(base_url=f"http://127.0.0.1:{server.server_port}", api_key="none")
for kind, body in (
    ("text/html", b"<html>Please log in</html>"),
    ("application/json", b'{"error": {"message": "quota exceeded"}}'),
    ("application/json", b'{"choices": [], "usage": {"total_tokens": "12"}}'),
    ("application/json", b'{"choices": ['),
):
    print(body.decode())
    try:
        reply = client.chat.completions.create(model="m", messages=[])
    except Exception as error:
        print("  raised", type(error).__name__, "- an APIError:", isinstance(error, openai.APIError))
        continue
    print("  returned", type(reply).__name__)
    if not isinstance(reply, str):
        tokens = reply.usage and reply.usage.total_tokens
        print("  choices:", reply.choices, "total_tokens:", repr(tokens))
PROGRAM

cat >expected <<'SEEN'
<html>Please log in</html>
  returned str
{"error": {"message": "quota exceeded"}}
  returned ChatCompletion
  choices: None total_tokens: None
{"choices": [], "usage": {"total_tokens": "12"}}
  returned ChatCompletion
  choices: [] total_tokens: '12'
{"choices": [
  raised JSONDecodeError - an APIError: False
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "openai-html-is-str: behaviour changed (< as noted here, > now)" >&2; exit 1; }
