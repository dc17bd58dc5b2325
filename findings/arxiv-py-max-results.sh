#!/usr/bin/env bash
# Guess: arxiv.Search(max_results=0) finds nothing, and max_results=2 asks the server for two
# records.
# What happens: 0 is falsy and means "no limit": every record of the query comes back. And the
# number sent to the server is always the client's page_size (100), cut only after the page has
# arrived; a program that looks at two records a night has the server prepare a hundred. Only
# Client(page_size=2) changes that.
# Version: arxiv 4.0.2. The server here is a small one on loopback with five made-up records.
# Seen: 0 -> five records; 2 -> two records, asked for 100; with page_size=2, asked for 2.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q arxiv==4.0.2

cat >try.py <<'PROGRAM'
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlparse

import arxiv

ENTRY = (
    "<entry><id>http://arxiv.org/abs/2401.0000{0}v1</id><title>T{0}</title>"
    "<updated>2024-01-01T00:00:00Z</updated><published>2024-01-01T00:00:00Z</published></entry>"
)
asked = []


class Api(BaseHTTPRequestHandler):
    def do_GET(self):
        query = parse_qs(urlparse(self.path).query)
        asked.append(query["max_results"][0])
        start, size = int(query["start"][0]), int(query["max_results"][0])
        entries = "".join(ENTRY.format(n) for n in range(1, 6)[start : start + size])
        feed = (
            '<feed xmlns="http://www.w3.org/2005/Atom" '
            'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
            f"<opensearch:totalResults>5</opensearch:totalResults>{entries}</feed>"
        )
        self.send_response(200)
        self.end_headers()
        self.wfile.write(feed.encode())

    def log_message(self, *args):
        pass


server = HTTPServer(("127.0.0.1", 0), Api)
threading.Thread(target=server.serve_forever, daemon=True).start()


def look(limit, **options):
    asked.clear()
    client = arxiv.Client(delay_seconds=0, **options)
    client.query_url_format = f"http://127.0.0.1:{server.server_port}/query?{{}}"
    found = list(client.results(arxiv.Search("cat:cs.CV", max_results=limit)))
    print(f"max_results={limit} {options}: {len(found)} found, asked for {asked}")


look(0)
look(2)
look(2, page_size=2)
PROGRAM

cat >expected <<'SEEN'
max_results=0 {}: 5 found, asked for ['100']
max_results=2 {}: 2 found, asked for ['100']
max_results=2 {'page_size': 2}: 2 found, asked for ['2']
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "arxiv-py-max-results: behaviour changed (< as noted here, > now)" >&2; exit 1; }
