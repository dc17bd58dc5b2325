#!/usr/bin/env bash
# Guess: when the search API answers with an HTML page instead of a feed (a notice of maintenance or
# of "rate exceeded", status 200), arxiv.py raises, or at least retries as it does for an empty
# second page.
# What happens: the page is parsed as XML with recovery, holds no entries, and so the search has "no
# results": no exception, no retry, no warning. A nightly run then believes that nothing was
# announced. An empty first page counts as a valid answer; only later pages are checked.
# Version: arxiv 4.0.2. The server is one on loopback.
# Seen: an empty list after one request, nothing logged at WARNING or above.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q arxiv==4.0.2

cat >try.py <<'PROGRAM'
import logging
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import arxiv

requests = []
logged = []


class Notes(logging.Handler):
    def emit(self, record):
        logged.append(record.getMessage())


class Notice(BaseHTTPRequestHandler):
    def do_GET(self):
        requests.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<html><body>Rate exceeded.</body></html>")

    def log_message(self, *args):
        pass


logging.getLogger().addHandler(Notes(level=logging.WARNING))
server = HTTPServer(("127.0.0.1", 0), Notice)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = arxiv.Client(delay_seconds=0, num_retries=3)
client.query_url_format = f"http://127.0.0.1:{server.server_port}/query?{{}}"
found = list(client.results(arxiv.Search("cat:cs.CV")))
print("found:", found)
print("requests:", len(requests))
print("warnings:", logged)
PROGRAM

cat >expected <<'SEEN'
found: []
requests: 1
warnings: []
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "arxiv-py-error-page: behaviour changed (< as noted here, > now)" >&2; exit 1; }
