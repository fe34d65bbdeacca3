"""Asks through vcrpy: `vcr_client.py MODE CASSETTE` reads requests as JSON from standard input and
prints the answers as JSON. Run with the Python that has python3-vcr."""
import base64
import json
import sys
import urllib.error
import urllib.request

import vcr


def ask(request):
    body = request.get("body")
    sent = urllib.request.Request(request["url"], method=request["method"],
                                  data=body.encode() if body is not None else None,
                                  headers=request.get("headers", {}))
    try:
        answer = urllib.request.urlopen(sent, timeout=60)
    except urllib.error.HTTPError as failed:
        answer = failed
    return {"status": answer.status, "reason": answer.reason,
            "headers": [[name.lower(), value] for name, value in answer.headers.items()],
            "body": base64.b64encode(answer.read()).decode()}


def main():
    mode, path = sys.argv[1:]
    with vcr.use_cassette(path, record_mode=mode, match_on=["method", "uri", "body"]):
        json.dump([ask(request) for request in json.load(sys.stdin)], sys.stdout)


main()
