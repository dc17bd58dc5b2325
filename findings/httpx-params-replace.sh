#!/usr/bin/env bash
# Guess: parameters are added to the query that the address already has, as in requests: of a "next
# page" link, or params={"key": ...} set once on the client.
# What happens: they replace the whole query; params={} empties it, and a parameter of the client
# drops the query of every address it is asked for. The server answers 200 with another result.
# Version: HTTPX 0.28.1 (requests 2.32.5 to compare).
# Seen: `?start=0`, no query, and `?key=1` in place of `?set=cs&from=2024`.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q httpx==0.28.1 requests==2.32.5

cat >try.py <<'PROGRAM'
import httpx
import requests

ADDRESS = "https://example.org/api?set=cs&from=2024"


def answer(request):
    return httpx.Response(200, text=str(request.url.query, "ascii"))


def ask(params=None, of_client=None):
    client = httpx.Client(transport=httpx.MockTransport(answer), params=of_client)
    return client.get(ADDRESS, params=params).text


print("none:", ask())
print("start=0:", ask(params={"start": 0}))
print("empty:", repr(ask(params={})))
print("on the client:", ask(of_client={"key": 1}))
print("requests:", requests.Request("GET", ADDRESS, params={"start": 0}).prepare().url)
PROGRAM

cat >expected <<'SEEN'
none: set=cs&from=2024
start=0: start=0
empty: ''
on the client: key=1
requests: https://example.org/api?set=cs&from=2024&start=0
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "httpx-params-replace: behaviour changed (< as noted here, > now)" >&2; exit 1; }
