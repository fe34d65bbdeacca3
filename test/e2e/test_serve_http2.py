"""An executable as a server of HTTP/2: what clients do, and what they should not."""
import json
import os
import signal
import struct
import subprocess
import unittest

import http2_frames as h2
from flow_case import PATIENCE
from serve_case import ServeCase

FLOWS = """## Gives the text back.
flow echo(text: str) -> said {
  let said = text
}

## Waits for the file.
flow wait(name: str) -> done {
  print("begun ${name}")
  shell("echo $$ > pid; while ! test -e go; do sleep 0.05; done; echo yes") -> out
  let done = "in time"
}

## Sleeps.
flow dream(name: str) -> done {
  print("begun ${name}")
  sleep(5m)
  let done = "late"
}

## Gives the lines of a file.
flow lines_of(name: str) -> (lines: stream<str>) {
  read_lines(name) -> lines
}

flow main() { print("x") }
"""


class Http2Case(ServeCase):
    flows = FLOWS

    def curl(self, path, *arguments, stdin=None):
        """Status and body."""
        done = subprocess.run(["curl", "-sS", "--http2-prior-knowledge", "-w", "\n%{http_version} %{http_code}",
                               *arguments, f"http://127.0.0.1:{self.port}{path}"],
                              capture_output=True, text=True, input=stdin, timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stderr)
        body, _, said = done.stdout.rpartition("\n")
        self.assertEqual(said.split()[0], "2")
        return int(said.split()[1]), body

    def begun(self, server, *names):
        self.assertEqual(sorted(server.stdout.readline() for _ in names), sorted(f"begun {name}\n" for name in names))

    def assert_alive(self):
        self.assertEqual(self.curl("/flows/echo", "-d", '{"text":"alive"}'), (200, '{"result":"alive"}'))


class ClientsTest(Http2Case):
    def test_curl(self):
        with self.serving():
            self.assertEqual(self.curl("/flows/echo", "-d", '{"text":"é"}'), (200, '{"result":"é"}'))
            self.assertEqual(self.curl("/health"), (200, '{"status":"ok"}'))
            self.assertEqual(self.curl("/flows/none", "-d", "{}")[0], 404)
            self.assertEqual(self.curl("/flows/echo")[0], 405)
            self.assertIn("content-length: 15", self.curl("/health", "-I")[1])
            (self.work / "lines").write_text("one\ntwo\n")
            asked = ["-d", '{"name":"lines"}', "-H", "Accept: text/event-stream"]
            self.assertEqual(self.curl("/flows/lines_of", *asked),
                             (200, 'data: "one"\n\ndata: "two"\n\nevent: end\ndata: {}\n\n'))
            call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
                    "params": {"name": "echo", "arguments": {"text": "m"}}}
            status, body = self.curl("/mcp", "-d", json.dumps(call), "-H", "Content-Type: application/json")
            self.assertEqual((status, json.loads(body)["result"]["structuredContent"]), (200, {"result": "m"}))

    def test_bodies_larger_than_the_room_for_them(self):
        asked = json.dumps({"text": "x" * 3_000_000})
        with self.serving():
            status, body = self.curl("/flows/echo", "-H", "Content-Type: application/json", "-d", "@-", stdin=asked)
            self.assertEqual((status, len(json.loads(body)["result"])), (200, 3_000_000))
            waits = ["-H", "Expect: 100-continue"]
            self.assertEqual(self.curl("/flows/echo", *waits, "-d", '{"text":"a"}')[0], 200)

    def test_nghttp(self):
        with self.serving():
            address = f"http://127.0.0.1:{self.port}/openapi.json"
            done = subprocess.run(["nghttp", "-m", "40", address], capture_output=True, text=True, timeout=PATIENCE)
            self.assertEqual(done.stdout.count('"openapi":"3.1.0"'), 40, done.stdout[-500:] + done.stderr)

    def test_many_streams_at_once(self):
        with self.serving():
            (self.work / "body").write_text('{"text":"a"}')
            done = subprocess.run(["h2load", "-n", "4000", "-c", "4", "-m", "100", "-d", self.work / "body",
                                   f"http://127.0.0.1:{self.port}/flows/echo"],
                                  capture_output=True, text=True, timeout=PATIENCE)
            self.assertIn("4000 2xx, 0 3xx, 0 4xx, 0 5xx", done.stdout)

    def test_both_versions_on_one_port(self):
        with self.serving():
            self.assert_alive()
            self.assertEqual(self.call("echo", text="a"), (200, {"result": "a"}))
            # A client that would rather be asked to change is answered in the version that it speaks.
            done = subprocess.run(["curl", "-sS", "--http2", "-w", "%{http_version}", "-d", '{"text":"a"}',
                                   f"http://127.0.0.1:{self.port}/flows/echo"],
                                  capture_output=True, text=True, timeout=PATIENCE)
            self.assertEqual(done.stdout, '{"result":"a"}1.1')

    def test_who_may_ask(self):
        with self.serving(PFLOW_SERVE_TOKEN="t"):
            asked = ["-d", '{"text":"a"}']
            self.assertEqual(self.curl("/flows/echo", *asked)[0], 401)
            mine = ["-H", "Authorization: Bearer t"]
            self.assertEqual(self.curl("/flows/echo", *asked, *mine)[0], 200)
            self.assertEqual(self.curl("/flows/echo", *asked, *mine, "-H", "Host: evil.example")[0], 403)
            self.assertEqual(self.curl("/flows/echo", *asked, *mine, "-H", "Origin: https://evil.example")[0], 403)
            # A second name for the host may not get past the check of the first one.
            link = h2.Http2Link(self)
            link.ask(1, "/flows/echo", host="evil.example")
            self.assertEqual(h2.STATUSES[link.until(h2.HEADERS, 1)[1][0]], 400)


class CallsTest(Http2Case):
    def test_a_stream_that_is_reset_cancels_its_call_alone(self):
        with self.serving() as server:
            link = h2.Http2Link(self)
            link.ask(1, "/flows/wait", b'{"name":"a"}')
            self.begun(server, "a")
            pid = self.work / "pid"
            self.wait_until(lambda: pid.exists() and pid.read_text().strip(), "the command")
            process = int(pid.read_text())
            link.reset(1)
            self.wait_until(lambda: not os.path.exists(f"/proc/{process}"), "the end of the command")
            link.ask(3, "/flows/echo", b'{"text":"b"}')
            self.assertEqual(link.body(3), b'{"result":"b"}')

    def test_a_connection_that_ends_cancels_its_calls(self):
        with self.serving() as server:
            link = h2.Http2Link(self)
            link.ask(1, "/flows/wait", b'{"name":"a"}')
            self.begun(server, "a")
            pid = self.work / "pid"
            self.wait_until(lambda: pid.exists() and pid.read_text().strip(), "the command")
            process = int(pid.read_text())
            link.socket.close()
            self.wait_until(lambda: not os.path.exists(f"/proc/{process}"), "the end of the command")

    def test_a_signal_lets_streams_end(self):
        with self.serving() as server:
            link, idle = h2.Http2Link(self), h2.Http2Link(self)
            idle.ask(1, "/flows/echo", b'{"text":"b"}')
            idle.body(1)
            link.ask(1, "/flows/wait", b'{"name":"a"}')
            self.begun(server, "a")
            server.send_signal(signal.SIGTERM)
            payload = link.until(h2.GOAWAY)[1]
            self.assertEqual(struct.unpack(">II", payload[:8]), (1, h2.NO_ERROR))
            self.assertEqual(idle.error(h2.GOAWAY), h2.NO_ERROR)
            self.assertEqual(idle.rest(), b"")
            (self.work / "go").touch()
            self.assertEqual(link.body(1), b'{"result":"in time"}')
            self.assertEqual(link.rest(), b"")
            link.socket.close()
            self.assertEqual(server.wait(PATIENCE), 0)

    def test_a_slow_reader_stops_its_stream_alone(self):
        (self.folder / "lines").write_text(("x" * 1000 + "\n") * 50_000)
        with self.serving() as server:
            link = h2.Http2Link(self)
            link.widen(0, 1 << 30)
            name = json.dumps({"name": str(self.folder / "lines")}).encode()
            link.ask(1, "/flows/lines_of", name, accept="text/event-stream")
            got = 0
            while got < h2.WINDOW:
                got += len(link.until(h2.DATA, 1)[1])
            self.assertEqual(got, h2.WINDOW)
            link.ask(3, "/flows/echo", b'{"text":"b"}')
            kind, _, stream, _ = link.frame()
            self.assertEqual((kind, stream), (h2.HEADERS, 3))
            self.assertEqual(link.body(3), b'{"result":"b"}')
            with open(f"/proc/{server.pid}/status") as status:
                peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
            self.assertLess(peak, 30_000)  # kB, of a file of 50 MB
            link.widen(1, 1 << 30)
            rest = link.body(1)
            self.assertEqual(got + len(rest), 50_000 * 1010 + len("event: end\ndata: {}\n\n"))
            self.assertTrue(rest.endswith(b"event: end\ndata: {}\n\n"))

    def test_slow_clients_are_cut(self):
        (self.folder / "lines").write_text(("x" * 1000 + "\n") * 5_000)
        with self.serving(PFLOW_SERVE_PATIENCE="1"):
            link = h2.Http2Link(self)
            link.widen(0, 1 << 30)
            name = json.dumps({"name": str(self.folder / "lines")}).encode()
            link.ask(1, "/flows/lines_of", name, accept="text/event-stream")
            self.assertEqual(link.error(h2.RST_STREAM, 1), h2.CANCEL)
            link.send(h2.frame(h2.HEADERS, h2.END_HEADERS, 3, h2.head()) + h2.frame(h2.DATA, 0, 3, b"{"))
            self.assertIn(b"too slowly", link.body(3))
            self.assertEqual(link.error(h2.RST_STREAM, 3), h2.NO_ERROR)
            # Nothing else can come while a head is open.
            link.send(h2.frame(h2.HEADERS, 0, 5, h2.head()))
            self.assertEqual(link.error(h2.GOAWAY), h2.ENHANCE_YOUR_CALM)


class BoundsTest(Http2Case):
    def test_heads_are_bounded(self):
        with self.serving():
            link = h2.Http2Link(self)
            large = h2.head(method="GET", path="/health", **{f"x{i}": "x" * 4000 for i in range(9)})
            pieces = [large[at:at + 16000] for at in range(0, len(large), 16000)]
            link.send(h2.frame(h2.HEADERS, h2.END_STREAM, 1, pieces[0])
                      + b"".join(h2.frame(h2.CONTINUATION, h2.END_HEADERS if piece is pieces[-1] else 0, 1, piece)
                                 for piece in pieces[1:]))
            self.assertIn(b"the head of the request is too large", link.body(1))
            link.ask(3, "/flows/echo", b'{"text":"b"}')
            self.assertEqual(link.body(3), b'{"result":"b"}')
            # A head that never ends.
            link.send(h2.frame(h2.HEADERS, 0, 5, h2.head()))
            try:
                for _ in range(1000):
                    link.send(h2.frame(h2.CONTINUATION, 0, 5, h2.field("x", "x" * 8000)))
            except ConnectionError:
                pass
            link.rest()
            self.assert_alive()

    def test_bodies_are_bounded(self):
        with self.serving(PFLOW_SERVE_BODY="100000"):
            link = h2.Http2Link(self)
            link.send(h2.frame(h2.HEADERS, h2.END_HEADERS, 1, h2.head()))
            for _ in range(4):
                link.send(h2.frame(h2.DATA, 0, 1, b"x" * 16000))
            link.until(h2.WINDOW_UPDATE, 1)
            for _ in range(4):
                link.send(h2.frame(h2.DATA, 0, 1, b"x" * 16000))
            self.assertIn(b"the body of the request is too large", link.body(1))
            self.assertEqual(link.error(h2.RST_STREAM, 1), h2.NO_ERROR)
            link.ask(3, "/flows/echo", b'{"text":"b"}')
            self.assertEqual(link.body(3), b'{"result":"b"}')

    def test_bodies_of_many_streams_are_bounded_together(self):
        with self.serving(PFLOW_SERVE_BODY="100000"):
            link = h2.Http2Link(self)
            link.widen(0, 1 << 30)
            for stream in range(1, 21, 2):
                link.send(h2.frame(h2.HEADERS, h2.END_HEADERS, stream, h2.head())
                          + h2.frame(h2.DATA, 0, stream, b'{"text":"' + b"x" * 16000)
                          + h2.frame(h2.DATA, 0, stream, b"x" * 16000) + h2.frame(h2.DATA, 0, stream, b"x" * 8000))
            link.send(h2.frame(h2.PING, payload=b"8 bytes."))
            room = set()
            while (got := link.frame())[0] != h2.PING:
                if got[0] == h2.WINDOW_UPDATE and got[2]:
                    room.add(got[2])
            self.assertIn(1, room)
            self.assertNotIn(19, room)
            # When those before it are whole, it gets the room.
            for stream in range(1, 21, 2):
                link.send(h2.frame(h2.DATA, h2.END_STREAM, stream, b'"}'))
            self.assertEqual(len(json.loads(link.body(19))["result"]), 40000)

    def test_streams_are_bounded(self):
        with self.serving(PFLOW_SERVE_GRACE="1") as server:
            link = h2.Http2Link(self)
            for stream in range(1, 2 * 102, 2):
                link.ask(stream, "/flows/dream", b'{"name":"a"}')
            self.begun(server, *["a"] * 100)
            self.assertEqual(link.error(h2.RST_STREAM, 201), h2.REFUSED_STREAM)

    def test_calls_are_bounded_over_all_streams(self):
        with self.serving(PFLOW_SERVE_CALLS="2", PFLOW_SERVE_GRACE="1") as server:
            link = h2.Http2Link(self)
            for stream in (1, 3):
                link.ask(stream, "/flows/dream", b'{"name":"a"}')
            self.begun(server, "a", "a")
            link.ask(5, "/flows/echo", b'{"text":"b"}')
            self.assertIn(b"too many calls are in flight", link.body(5))


class HostileTest(Http2Case):
    def flood(self, frames):
        """All that comes back; the server has to end the connection, and to go on."""
        link = h2.Http2Link(self)
        try:
            for piece in frames:
                link.send(piece)
        except ConnectionError:
            pass
        got = link.rest()
        self.assert_alive()
        return got

    def test_streams_that_are_reset_at_once(self):
        with self.serving(PFLOW_SERVE_GRACE="1") as server:
            asked = h2.head(path="/flows/dream")
            got = self.flood(h2.frame(h2.HEADERS, h2.END_HEADERS, stream, asked)
                             + h2.frame(h2.DATA, h2.END_STREAM, stream, b'{"name":"a"}')
                             + h2.frame(h2.RST_STREAM, 0, stream, struct.pack(">I", h2.CANCEL))
                             for stream in range(1, 40_000, 2))
            self.assertIn(h2.GOAWAY, h2.kinds(got))
            server.send_signal(signal.SIGTERM)
            server.out, _ = server.communicate(timeout=PATIENCE)
            self.assertLess(server.out.count("begun"), 2000)

    NOTHING = {"ping": h2.frame(h2.PING, payload=b"8 bytes."),
               "settings": h2.frame(h2.SETTINGS),
               "room": h2.frame(h2.WINDOW_UPDATE, payload=struct.pack(">I", 1)),
               "priorities": h2.frame(h2.PRIORITY, stream=1, payload=struct.pack(">IB", 3, 1))}

    def test_frames_that_ask_for_nothing(self):
        with self.serving():
            for name, one in self.NOTHING.items():
                with self.subTest(name):
                    self.flood(one * 100 for _ in range(1000))

    def test_who_asks_for_nothing_is_told_so(self):
        """Too many answers that wait, as those to pings, may cut the connection before that."""
        with self.serving():
            for name in ["room", "priorities"]:
                with self.subTest(name):
                    link = h2.Http2Link(self)
                    link.send(self.NOTHING[name] * 2000)
                    self.assertEqual(link.error(h2.GOAWAY), h2.ENHANCE_YOUR_CALM)

    def test_empty_pieces_of_a_body(self):
        with self.serving():
            pieces = [h2.frame(h2.HEADERS, h2.END_HEADERS, 1, h2.head())] + [h2.frame(h2.DATA, 0, 1) * 100] * 1000
            self.flood(pieces)

    def test_what_breaks_the_rules(self):
        with self.serving():
            for name, sent in [
                ("a stream of a server's", h2.frame(h2.HEADERS, h2.END_HEADERS, 2, h2.head())),
                ("data of no stream", h2.frame(h2.DATA, 0, 1, b"x")),
                ("a frame too large", h2.frame(h2.DATA, 0, 1, b"x" * 20_000)),
                ("no HPACK", h2.frame(h2.HEADERS, h2.END_HEADERS, 1, b"\xff" * 20)),
                ("too much room", h2.frame(h2.WINDOW_UPDATE, payload=struct.pack(">I", 0x7FFFFFFF))),
                ("no frames", b"GET / HTTP/1.1\r\n\r\n"),
            ]:
                with self.subTest(name):
                    link = h2.Http2Link(self)
                    link.send(sent)
                    self.assertIn(h2.GOAWAY, h2.kinds(link.rest()))
            self.assert_alive()

    def test_requests_that_are_none(self):
        with self.serving():
            link = h2.Http2Link(self)
            for stream, asked in enumerate([h2.field(":method", "GET"), h2.head() + h2.field("Upper", "x"),
                                            h2.head() + h2.field("connection", "close"),
                                            h2.head() + h2.field(":method", "GET")]):
                link.send(h2.frame(h2.HEADERS, h2.END_HEADERS | h2.END_STREAM, 2 * stream + 1, asked))
                self.assertEqual(link.error(h2.RST_STREAM, 2 * stream + 1), h2.PROTOCOL_ERROR)
            self.assert_alive()

    def test_a_client_that_reads_nothing(self):
        with self.serving(PFLOW_SERVE_PATIENCE="1") as server:
            link = h2.Http2Link(self)
            link.socket.setsockopt(h2.socket.SOL_SOCKET, h2.socket.SO_RCVBUF, 4096)
            asked = h2.head("GET", "/openapi.json")
            try:
                for stream in range(1, 1_000_000, 2):
                    link.send(h2.frame(h2.HEADERS, h2.END_HEADERS | h2.END_STREAM, stream, asked))
            except ConnectionError:
                pass
            with open(f"/proc/{server.pid}/status") as status:
                peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
            self.assertLess(peak, 30_000)
            self.assert_alive()

    def test_the_first_bytes_one_by_one(self):
        with self.serving():
            link = self.socket()
            for byte in h2.PREFACE + h2.frame(h2.SETTINGS):
                link.sendall(bytes([byte]))
            self.assertEqual(link.recv(9)[3], h2.SETTINGS)
            got = self.exchange(b"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n")
            self.assertTrue(got.startswith(b"HTTP/1.1 505 "), got)


if __name__ == "__main__":
    unittest.main()
