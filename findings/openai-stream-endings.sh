#!/usr/bin/env bash
# Guess: with stream=True the openai client raises when the stream is not one, or ends before data:
# [DONE].
# What happens: a service that ignores stream and sends the usual JSON object gives an iterator with
# no items, and no error: the reply, which was paid for, reads as empty. A stream whose connection
# closes in the middle of an event, without finish_reason and without [DONE], ends like a complete
# one; the half event is dropped. Whoever streams has to look for finish_reason in the last chunk.
# Version: openai 3.52.0. The server is on loopback.
# Seen: [] for the JSON object; ['Half'] for the stream cut short; no exception in either case.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q openai==3.52.0

cat >try.py <<'PROGRAM'
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import openai

FIELDS = {"id": "a", "created": 1, "model": "m"}
WHOLE = FIELDS | {
    "object": "chat.completion",
    "choices": [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "All"}}
    ],
}
CHUNK = FIELDS | {
    "object": "chat.completion.chunk",
    "choices": [{"index": 0, "finish_reason": None, "delta": {"content": "Half"}}],
}
EVENT = "data: " + json.dumps(CHUNK) + "\n\n"
kind, body = "", ""


class Service(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args):
        pass


server = HTTPServer(("127.0.0.1", 0), Service)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = openai.OpenAI(base_url=f"http://127.0.0.1:{server.server_port}/v1", api_key="none")
for name, kind, body in (
    ("JSON object", "application/json", json.dumps(WHOLE)),
    ("cut stream", "text/event-stream", EVENT + EVENT[:60]),
    ("whole stream", "text/event-stream", EVENT + "data: [DONE]\n\n"),
):
    stream = client.chat.completions.create(model="m", messages=[], stream=True)
    print(f"{name}:", [chunk.choices[0].delta.content for chunk in stream])
PROGRAM

cat >expected <<'SEEN'
JSON object: []
cut stream: ['Half']
whole stream: ['Half']
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "openai-stream-endings: behaviour changed (< as noted here, > now)" >&2; exit 1; }
