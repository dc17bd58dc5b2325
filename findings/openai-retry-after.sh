#!/usr/bin/env bash
# Guess: the openai client obeys Retry-After up to a minute and otherwise waits by its own schedule
# of half a second to eight, as its 1.x did; in any case it makes max_retries further attempts.
# What happens: up to 120 seconds it sleeps as told, so one call may stand for minutes whatever
# `timeout` says (that is for each request, not for the call); from 121 on it does not try again at
# all and raises at once, even with max_retries=5. Retry-After: 0 counts as absent, and half a
# second or so is waited.
# Version: openai 3.52.0. The server is on loopback; time.sleep is replaced, so nothing is waited
# for.
# Seen: 120 -> two attempts, 120 s; 121 -> one attempt, RateLimitError; 0 -> two attempts, under a
# second.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q openai==3.52.0

cat >try.py <<'PROGRAM'
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import openai

REPLY = {
    "id": "a",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "hi"}}
    ],
}
attempts = []
wait = ""


class Busy(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        attempts.append(self.path)
        first = len(attempts) == 1
        self.send_response(429 if first else 200)
        self.send_header("Content-Type", "application/json")
        if first:
            self.send_header("Retry-After", wait)
        self.end_headers()
        self.wfile.write(json.dumps({"error": {"message": "busy"}} if first else REPLY).encode())

    def log_message(self, *args):
        pass


server = HTTPServer(("127.0.0.1", 0), Busy)
threading.Thread(target=server.serve_forever, daemon=True).start()
slept = []
time.sleep = slept.append
client = openai.OpenAI(
    base_url=f"http://127.0.0.1:{server.server_port}/v1", api_key="none", timeout=10, max_retries=5
)
for wait in ("60", "120", "121", "0"):
    attempts.clear()
    slept.clear()
    try:
        messages = [{"role": "user", "content": "q"}]
        outcome = client.chat.completions.create(model="m", messages=messages).choices[0].message.content
    except openai.RateLimitError as error:
        outcome = type(error).__name__
    waits = [round(s) if s >= 1 else "under 1" for s in slept]
    print(f"Retry-After {wait}: {len(attempts)} attempts, slept {waits}, {outcome}")
PROGRAM

cat >expected <<'SEEN'
Retry-After 60: 2 attempts, slept [60], hi
Retry-After 120: 2 attempts, slept [120], hi
Retry-After 121: 1 attempts, slept [], RateLimitError
Retry-After 0: 2 attempts, slept ['under 1'], hi
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "openai-retry-after: behaviour changed (< as noted here, > now)" >&2; exit 1; }
