"""An executable as a server of HTTP: `--serve`."""
import http.client
import json
import os
import signal
import socket
import threading
import unittest

from flow_case import PATIENCE, PFLOWC
from serve_case import ServeCase


class CallsTest(ServeCase):
    def test_flows_over_http(self):
        with self.serving():
            self.assertEqual(self.call("echo", text="é"), (200, {"result": "é1"}))
            self.assertEqual(self.call("echo", text="a", times=3), (200, {"result": "a3"}))
            self.assertEqual(self.call("main"), (200, {"result": "main"}))
            self.assertEqual(self.call("save", name="f"), (200, {"result": {"path": "f", "size": 4}}))
            status, kept = self.call("keep", note={"title": "a", "parent": {"title": "b", "tags": []}})
            self.assertEqual((status, kept["result"]["parent"]["tags"]), (200, []))
            self.assertEqual(self.call("letters", to=3), (200, {"result": ["a", "b", "c"]}))
            # As `curl -d` sends it.
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            self.assertEqual(self.ask("POST", "/flows/echo", '{"text":"c"}', form)[:2], (200, {"result": "c1"}))

    def test_arguments_that_do_not_fit(self):
        with self.serving():
            for flow, body, status, kind, words in [
                ("echo", {"text": 7}, 400, "schema", "$.text: expected str, found int"),
                ("echo", {}, 400, "schema", "$.text: expected str, found nothing"),
                ("echo", {"text": "a", "tims": 1}, 400, "schema", "exists: `times`"),
                ("echo", "{", 400, "parse", "the body: it is no JSON"),
                ("echo", b'{"text":"\xff"}', 400, "parse", "it is "),
                ("echo", "[" * 100000, 400, "parse", "it is no JSON"),
                ("echo", "[]", 400, "schema", "no object of arguments"),
                ("ecko", {}, 404, "usage", "exists: `echo`"),
                ("hidden", {}, 404, "usage", "there is no flow `hidden`"),
                ("broken", {"file": "none"}, 500, "io", "cannot read `none`"),
            ]:
                with self.subTest(str(body)[:40]):
                    got, answer, _ = self.ask("POST", f"/flows/{flow}", body)
                    self.assertEqual((got, answer["error"]["kind"]), (status, kind))
                    self.assertIn(words, answer["error"]["message"])

    def test_addresses_methods_and_types(self):
        with self.serving():
            self.assertEqual(self.ask("GET", "/health")[:2], (200, {"status": "ok"}))
            self.assertEqual(self.ask("HEAD", "/health", raw=True)[1], "")
            status, _, headers = self.ask("GET", "/flows/echo")
            self.assertEqual((status, headers["Allow"]), (405, "POST"))
            status, _, headers = self.ask("POST", "/health", {})
            self.assertEqual((status, headers["Allow"]), (405, "GET, HEAD"))
            self.assertEqual(self.ask("GET", "/mcp")[0], 405)
            self.assertEqual(self.ask("GET", "/nothing")[0], 404)
            self.assertEqual(self.ask("POST", "/flows/echo", {"text": ""}, {"Content-Type": "text/xml"})[0], 415)
            self.assertEqual(self.ask("POST", "/flows/echo", {"text": ""}, {"Content-Encoding": "gzip"})[0], 415)

    def test_events(self):
        with self.serving():
            status, text, headers = self.ask("POST", "/flows/letters", {"to": 3}, {"Accept": "text/event-stream"},
                                             raw=True)
            self.assertEqual((status, headers["Content-Type"]), (200, "text/event-stream"))
            self.assertEqual(text, 'data: "a"\n\ndata: "b"\n\ndata: "c"\n\nevent: end\ndata: {}\n\n')
            old = self.exchange(b"POST /flows/letters HTTP/1.0\r\nAccept: text/event-stream\r\n"
                                b"Content-Length: 8\r\n\r\n{\"to\":3}")
            head, _, body = old.partition(b"\r\n\r\n")
            self.assertNotIn(b"chunked", head)
            self.assertEqual(body.decode(), text)

    def test_the_description(self):
        with self.serving():
            _, document, _ = self.ask("GET", "/openapi.json")
        self.assertEqual(document["openapi"], "3.1.0")
        self.assertNotIn("/flows/hidden", document["paths"])
        echo = document["paths"]["/flows/echo"]["post"]
        self.assertEqual((echo["operationId"], echo["summary"]), ("echo", "Gives the text back."))
        schema = echo["requestBody"]["content"]["application/json"]["schema"]
        self.assertEqual(schema["required"], ["text"])
        note = document["paths"]["/flows/keep"]["post"]["requestBody"]["content"]["application/json"]["schema"]
        self.assertEqual(note["properties"]["note"], {"$ref": "#/components/schemas/Note"})
        self.assertEqual(document["components"]["schemas"]["Note"]["required"], ["title"])
        count = document["paths"]["/flows/letters"]["post"]["responses"]["200"]["content"]
        self.assertEqual(count["text/event-stream"]["schema"], {"type": "string"})


class WireTest(ServeCase):
    BODY = b'{"text":"p"}'
    POST = (b"POST /flows/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 12\r\n")

    def test_pipelined_requests_are_answered_in_order(self):
        asked = b"".join(b'POST /flows/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n{"text":"%d"}'
                         % (len('{"text":"%d"}' % i), i) for i in range(300))
        with self.serving():
            got = self.exchange(asked + self.POST + b"Connection: close\r\n\r\n" + self.BODY)
        self.assertEqual([json.loads(part.split(b"\r\n\r\n")[1])["result"] for part in got.split(b"HTTP/1.1 200 OK\r\n")[1:]],
                         [f"{i}1" for i in range(300)] + ["p1"])

    def test_pieces_of_any_size(self):
        asked = self.POST + b"Connection: close\r\n\r\n" + self.BODY
        chunked = (b"POST /flows/echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                   b"Connection: close\r\n\r\n5\r\n{\"tex\r\n7\r\nt\":\"p\"}\r\n0\r\n\r\n")
        with self.serving():
            for sent in (asked, chunked):
                link = self.socket()
                for at in range(len(sent)):
                    link.sendall(sent[at:at + 1])
                got = b""
                while piece := link.recv(65536):
                    got += piece
                self.assertTrue(got.endswith(b'{"result":"p1"}'), got)

    def test_what_is_no_http(self):
        with self.serving():
            for sent, status in [
                (b"garbage\r\n\r\n", 400),
                (b"GET /health HTTP/3.0\r\n\r\n", 505),
                (b"GET /health HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
                (b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 100_000 + b"\r\n\r\n", 431),
                (b"POST /flows/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
                 b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\n\r\n", 400),
                (b"POST /flows/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n", 400),
            ]:
                with self.subTest(sent[:40]):
                    got = self.exchange(sent)
                    self.assertTrue(got.startswith(b"HTTP/1.1 %d " % status), got[:200])
                    self.assertEqual(got.count(b"Content-Length"), 1)
            self.assertEqual(self.call("echo", text="still"), (200, {"result": "still1"}))

    def test_bodies_are_bounded(self):
        with self.serving(PFLOW_SERVE_BODY="100000"):
            status, body, _ = self.ask("POST", "/flows/echo", {"text": "x" * 100_000})
            self.assertEqual((status, body["error"]["message"]), (413, "the body of the request is too large"))
            got = self.exchange(b"POST /flows/echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + (b"8000\r\n" + b"x" * 0x8000 + b"\r\n") * 4)
            self.assertTrue(got.startswith(b"HTTP/1.1 413 "), got[:100])
            self.assertEqual(self.call("echo", text="x" * 90_000)[0], 200)

    def test_a_client_that_waits_to_be_asked_for_the_body(self):
        with self.serving():
            link = self.socket()
            link.sendall(self.POST + b"Expect: 100-continue\r\nConnection: close\r\n\r\n")
            self.assertEqual(link.recv(1000), b"HTTP/1.1 100 Continue\r\n\r\n")
            link.sendall(self.BODY)
            got = b""
            while piece := link.recv(65536):
                got += piece
            self.assertTrue(got.endswith(b'{"result":"p1"}'), got)

    def test_slow_clients_are_cut(self):
        with self.serving(PFLOW_SERVE_PATIENCE="1"):
            head = self.exchange(b"POST /flows/echo HTTP/1.1\r\nHost: loc")
            self.assertTrue(head.startswith(b"HTTP/1.1 408 "), head)
            body = self.exchange(self.POST + b"\r\n{")
            self.assertTrue(body.startswith(b"HTTP/1.1 408 "), body)
            self.assertEqual(self.exchange(b""), b"")


class GuardTest(ServeCase):
    def test_hosts_and_origins(self):
        with self.serving():
            for headers, status in [
                ({"Host": "localhost"}, 200),
                ({"Host": "LOCALHOST:1"}, 200),
                ({"Host": "[::1]:80"}, 200),
                ({"Host": "evil.example"}, 403),
                ({"Host": "127.0.0.1.evil.example"}, 403),
                ({"Origin": "http://localhost:3000"}, 200),
                ({"Origin": "https://evil.example"}, 403),
                ({"Origin": "null"}, 403),
            ]:
                with self.subTest(str(headers)):
                    self.assertEqual(self.ask("POST", "/flows/echo", {"text": ""}, headers)[0], status)

    def test_the_token(self):
        with self.serving(PFLOW_SERVE_TOKEN="se cret"):
            for given, status in [(None, 401), ("Bearer se cret", 200), ("bearer se cret", 200), ("Bearer se cre", 401),
                                  ("Bearer se cretx", 401), ("Bearer ", 401), ("Basic se cret", 401)]:
                headers = {"Authorization": given} if given else {}
                with self.subTest(given):
                    got, _, answer = self.ask("POST", "/flows/echo", {"text": ""}, headers)
                    self.assertEqual(got, status)
                    self.assertEqual(answer["WWW-Authenticate"], "Bearer" if status == 401 else None)
            self.assertEqual(self.ask("GET", "/openapi.json")[0], 401)
            self.assertEqual(self.ask("GET", "/health")[0], 200)

    def test_an_address_that_others_reach(self):
        with self.serving(address="0.0.0.0:0", PFLOW_SERVE_TOKEN="t"):
            got = self.ask("POST", "/flows/echo", {"text": ""}, {"Host": "any.example", "Authorization": "Bearer t"})
            self.assertEqual(got[0], 200)

    def test_a_port_that_is_taken(self):
        with self.serving():
            done = self.run_flow(self.folder / "flow", "--serve", str(self.port))
            self.assert_failed(done, "PF0902", f"cannot listen at http://127.0.0.1:{self.port}", exit_code=2)


class LoadTest(ServeCase):
    def begin(self, name):
        """A call that is in flight."""
        connection = self.connection()
        connection.request("POST", "/flows/wait", json.dumps({"name": name}))
        self.addCleanup(connection.close)
        return connection

    def begun(self, server, *names):
        self.assertEqual(sorted(server.stdout.readline() for _ in names), sorted(f"begun {name}\n" for name in names))

    def test_many_at_once(self):
        with self.serving():
            failed = []

            def client(number):
                connection = self.connection()
                for i in range(50):
                    connection.request("POST", "/flows/echo", json.dumps({"text": f"{number}-{i}"}))
                    if json.loads(connection.getresponse().read()) != {"result": f"{number}-{i}1"}:
                        failed.append((number, i))
                connection.close()

            threads = [threading.Thread(target=client, args=(number,)) for number in range(20)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(failed, [])

    def test_a_call_of_mcp_that_is_cancelled_gets_no_answer(self):
        def post(connection, session, **message):
            connection.request("POST", "/mcp", json.dumps({"jsonrpc": "2.0", **message}),
                               {"Mcp-Session-Id": session, "Accept": "application/json, text/event-stream"})
            return connection

        with self.serving(PFLOW_SERVE_GRACE="1") as server:
            asked = {"method": "tools/call", "params": {"name": "wait", "arguments": {"name": "a"}}}
            mine, other = (post(self.connection(), session, id=1, **asked) for session in ("mine", "other"))
            self.begun(server, "a", "a")
            self.addCleanup(other.close)
            answer = post(self.connection(), "mine", method="notifications/cancelled", params={"requestId": 1})
            self.assertEqual(answer.getresponse().status, 202)
            ended = mine.getresponse()
            self.assertEqual((ended.status, ended.read()), (202, b""))
            # The other's request of that id goes on.
            refused = post(self.connection(), "other", id=1, **asked).getresponse()
            self.assertIn("in flight", json.loads(refused.read())["error"]["message"])

    def test_calls_are_bounded(self):
        with self.serving(PFLOW_SERVE_CALLS="2", PFLOW_SERVE_GRACE="1") as server:
            self.begin("a"), self.begin("b")
            self.begun(server, "a", "b")
            status, body, headers = self.ask("POST", "/flows/echo", {"text": ""})
            self.assertEqual((status, body["error"]["kind"], headers["Retry-After"]), (503, "limit", "1"))

    def test_connections_are_bounded(self):
        with self.serving(PFLOW_SERVE_CONNECTIONS="1"):
            kept = self.connection()
            kept.request("GET", "/health")
            self.assertEqual(kept.getresponse().read(), b'{"status":"ok"}')
            self.assertEqual(self.ask("GET", "/health")[0], 503)
            kept.close()

            def is_free():
                try:
                    return self.ask("GET", "/health")[0] == 200
                except (http.client.HTTPException, OSError):
                    return False
            self.wait_until(is_free, "a free connection")

    def test_a_client_that_leaves_cancels_its_call(self):
        source = """## Waits.
flow wait(name: str) -> done {
  shell("echo $$ > pid; exec sleep 300") -> out
  let done = "late"
}
flow main() { print("x") }
"""
        with self.serving(program=self.compile(source)):
            connection = self.begin("a")
            pid = self.work / "pid"
            self.wait_until(lambda: pid.exists() and pid.read_text().strip(), "the command")
            process = int(pid.read_text())
            connection.close()
            self.wait_until(lambda: not os.path.exists(f"/proc/{process}"), "the end of the command")

    def test_temporary_folders_go_with_their_calls(self):
        source = """## Makes a folder.
flow make() -> made {
  temp_dir() -> made
}
flow main() { print("x") }
"""
        with self.serving(program=self.compile(source), TMPDIR=str(self.folder)):
            made = {self.call("make")[1]["result"] for _ in range(100)}
            self.assertEqual(len(made), 100)
            self.assertEqual([path for path in made if os.path.exists(path)], [])

    def test_a_signal_lets_calls_end(self):
        source = """## Waits for the file.
flow wait(name: str) -> done {
  print("begun ${name}")
  shell("while ! test -e go; do sleep 0.05; done; echo yes") -> out
  let done = "in time"
}
flow main() { print("x") }
"""
        with self.serving(program=self.compile(source)) as server:
            connection = self.begin("a")
            idle = self.connection()
            idle.request("GET", "/health")
            idle.getresponse().read()
            self.begun(server, "a")
            server.send_signal(signal.SIGTERM)
            self.assertEqual(idle.sock.recv(1), b"")

            def refuses():
                try:
                    socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE).close()
                except OSError:
                    return True
                return False
            self.wait_until(refuses, "the end of listening")
            (self.work / "go").touch()
            answer = connection.getresponse()
            self.assertEqual(json.loads(answer.read()), {"result": "in time"})
            self.assertEqual(answer.headers["Connection"], "close")
            self.assertEqual(server.wait(PATIENCE), 0)

    def test_calls_that_take_too_long_after_a_signal(self):
        with self.serving(PFLOW_SERVE_GRACE="1") as server:
            connection = self.begin("a")
            self.begun(server, "a")
            server.send_signal(signal.SIGTERM)
            with self.assertRaises((http.client.HTTPException, OSError)):
                connection.getresponse()
            self.assertEqual(server.wait(PATIENCE), 0)

    def test_a_second_signal_ends_at_once(self):
        with self.serving() as server:
            self.begin("a")
            self.begun(server, "a")
            server.send_signal(signal.SIGTERM)
            self.wait_until(lambda: not self.listens(), "the end of listening")
            server.send_signal(signal.SIGTERM)
            self.assertEqual(server.wait(PATIENCE), 143)

    def listens(self):
        with socket.socket() as link:
            return link.connect_ex(("127.0.0.1", self.port)) == 0


class ReadBackTest(ServeCase):
    flows = """schema Item { name: str; price: float?; tags: [str] = [] }

## Sums prices.
flow total(items: [Item], level: "low" | "high" = "low") -> (sum: float, names: [str]) {
  let sum = items.map(item => item.price ?? 0.0).sum()
  let names = items.map(item => "${level} ${item.name}")
}

flow main() { print("x") }
"""

    def test_the_description_is_read_back_to_the_same_types(self):
        with self.serving():
            done = self.run_flow(PFLOWC, "openapi", "add", "shop", f"http://127.0.0.1:{self.port}/openapi.json")
            self.assert_done(done, "2 nodes in `packages/shop/shop.pf`\n")
            (self.work / "use.pf").write_text("""import shop

flow main() {
  let items = [shop.TotalItemsItem { name: "tea", price: 2.5 }, shop.TotalItemsItem { name: "cup", tags: ["blue"] }]
  shop.total(items, level: "high") -> total
  let sum: float = total.result.sum
  let names: [str] = total.result.names
  print("${sum} ${names}")
}
""")
            self.assert_done(self.run_flow(PFLOWC, "run", "use.pf"), '2.5 ["high tea","high cup"]\n')
            wrong = (self.work / "use.pf").read_text().replace('"high"', '"higher"')
            (self.work / "wrong.pf").write_text(wrong)
            self.assertIn("PF0318", self.run_flow(PFLOWC, "check", "wrong.pf").stderr)


if __name__ == "__main__":
    unittest.main()
