"""The library that `library.yaml` describes, on a free port. It goes on by itself, for ten minutes at most; the files
`address` and `process` say where it is and how it is ended."""
import http.server
import json
import os
import signal
import sys
import urllib.parse

BOOKS = [{"id": 1, "title": "Solaris", "kind": "novel"}, {"id": 2, "title": "Eden", "kind": "novel"},
         {"id": 3, "title": "Summa", "kind": "essay"}]


class Library(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def say(self, status, value):
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        kinds = query.get("kinds", ["novel,essay"])[0].split(",")
        self.say(200, [book for book in BOOKS if book["kind"] in kinds])

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["X-Card"] != "7":
            self.say(403, {"why": "no such card"})
        elif self.path == "/books/2/loans":
            self.say(409, {"until": "2026-12-24"})
        else:
            self.say(201, {"due": f"2026-12-{1 + asked['days']:02}"})


with http.server.HTTPServer(("127.0.0.1", 0), Library) as server:
    with open("address", "w", encoding="utf-8") as file:
        file.write(f"http://127.0.0.1:{server.server_port}")
    child = os.fork()
    if child != 0:
        with open("process", "w", encoding="utf-8") as file:
            file.write(str(child))
        sys.exit()
    for descriptor in range(3):
        os.dup2(os.open(os.devnull, os.O_RDWR), descriptor)
    signal.alarm(600)
    server.serve_forever()
