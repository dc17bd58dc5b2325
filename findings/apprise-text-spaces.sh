#!/usr/bin/env bash
# Guess: a body given as text to a target whose format is HTML (that of mail by default) is escaped,
# with line breaks turned into <br>.
# What happens: every single blank becomes &nbsp; as well. A paragraph is then one long word that no
# mail program can break, so it runs out of the window on a phone, and the text grows by five bytes
# a blank against the service's limit. With no body_format at all nothing is converted, and "p <
# 0.05" arrives as broken HTML; only body_format="markdown" or "html" gives blanks that are blanks.
# Version: apprise 2.2.0, its json:// plugin set to format=html, sent to loopback.
# Seen: "p&nbsp;&lt;&nbsp;0.05&nbsp;for<br/>both" against "p < 0.05 for\nboth" without a format.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q apprise==2.2.0

cat >try.py <<'PROGRAM'
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import apprise

got = []


class Service(BaseHTTPRequestHandler):
    def do_POST(self):
        got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["message"])
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


server = HTTPServer(("127.0.0.1", 0), Service)
threading.Thread(target=server.serve_forever, daemon=True).start()
sender = apprise.Apprise()
sender.add(f"json://127.0.0.1:{server.server_port}/?format=html")
for kind in ("text", None, "markdown"):
    sender.notify(title="Papers", body="p < 0.05 for\nboth", body_format=kind)
    print(kind, repr(got[-1]))
PROGRAM

cat >expected <<'SEEN'
text 'p&nbsp;&lt;&nbsp;0.05&nbsp;for<br/>both'
None 'p < 0.05 for\nboth'
markdown '<p>p &lt; 0.05 for<br />\nboth</p>'
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "apprise-text-spaces: behaviour changed (< as noted here, > now)" >&2; exit 1; }
