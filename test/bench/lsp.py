"""How long an editor waits for `pflowc lsp` in a program of 1,000 lines."""

import json
import statistics
import subprocess
import time

from compiler import generated_program

URI = "file:///bench.pf"
KEYSTROKES = 41


class Server:
    def __init__(self, pflowc):
        self.process = subprocess.Popen([pflowc, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.version = 0
        self.send({"id": 0, "method": "initialize", "params": {"capabilities": {}}})
        self.receive()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def receive(self):
        length = int(self.process.stdout.readline().split(b":")[1])
        self.process.stdout.readline()
        return json.loads(self.process.stdout.read(length))

    def open(self, text):
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": {
            "uri": URI, "languageId": "pflow", "version": 0, "text": text}}})
        return self.diagnostics()

    def type(self, line, character, text, replaced=0):
        self.version += 1
        place = {"start": {"line": line, "character": character},
                 "end": {"line": line, "character": character + replaced}}
        self.send({"method": "textDocument/didChange", "params": {
            "textDocument": {"uri": URI, "version": self.version},
            "contentChanges": [{"range": place, "text": text}]}})

    def diagnostics(self):
        """Those of the present version."""
        while True:
            message = self.receive()
            if message.get("method") == "textDocument/publishDiagnostics":
                if message["params"]["version"] == self.version:
                    return message["params"]["diagnostics"]

    def completion(self, line, character):
        self.send({"id": 1, "method": "textDocument/completion", "params": {
            "textDocument": {"uri": URI}, "position": {"line": line, "character": character}}})
        while "result" not in (message := self.receive()):
            pass
        return [item["label"] for item in message["result"]["items"]]

    def end(self):
        self.send({"id": 2, "method": "shutdown"})
        self.send({"method": "exit"})
        self.process.communicate(timeout=30)


def timed(action):
    start = time.perf_counter()
    found = action()
    return time.perf_counter() - start, found


def bench_lsp(bench):
    text = generated_program(1000)
    lines = text.split("\n")
    line = next(i for i, each in enumerate(lines) if "last = step_60(" in each)
    server = Server(bench.pflowc)
    assert server.open(text) == []
    keys, completions, end = [], [], len(lines[line])
    for i in range(KEYSTROKES):
        def key():
            server.type(line, end, "x" if i % 2 == 0 else "", i % 2)
            return server.diagnostics()
        seconds, found = timed(key)
        assert bool(found) == (i % 2 == 0), found
        keys.append(seconds)
    server.type(line, 0, "  print(last.)\n")
    server.diagnostics()
    for i in range(KEYSTROKES):
        server.type(line, 2, " " if i % 2 == 0 else "", i % 2)
        seconds, found = timed(lambda: server.completion(line, 13 + (i + 1) % 2))
        server.diagnostics()  # what runs meanwhile is not waited for
        assert "upper" in found, found
        completions.append(seconds)
    server.end()
    for what, times, limit in (("diagnostics after a keystroke", keys, 50),
                               ("completion after a keystroke", completions, 20)):
        milliseconds = statistics.median(times) * 1e3
        bench.add(f"{what} in a program of {len(lines):,} lines", f"{milliseconds:.1f} ms",
                  f"< {limit} ms", milliseconds < limit)
