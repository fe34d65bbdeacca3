"""http and http_json against a real server on loopback."""
import http.server
import json
import resource
import threading

from flow_case import FlowCase


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.seen.append((self.command, self.path, dict(self.headers.items()), body))
        whole = self.server.answers.get(self.path.split("?")[0], (404, {}, "no"))
        status, headers, text = self.server.answers.get(self.path, whole)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text if isinstance(text, bytes) else text.encode())

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = answer


class HttpCase(FlowCase):
    def setUp(self):
        super().setUp()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.seen = []
        self.server.answers = {"/ok": (200, {"X-Kind": "plain"}, "hello\n"),
                               "/moved": (302, {"Location": "/ok"}, ""),
                               "/bytes": (200, {}, b"\xff\xfe"),
                               "/busy": (503, {"Retry-After": "7"}, "later"),
                               "/user": (200, {}, '{"name": "Ada", "age": 36, "more": [1]}')}
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.env["PFLOW_VIRTUAL_TIME"] = "1"
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    def run_at(self, body, *arguments, **options):
        return self.flow("flow main(base: str, x: str = \"\") {\n" + body + "\n}\n", self.base,
                         *arguments, **options)


class Requests(HttpCase):
    def test_body_status_and_headers(self):
        done = self.run_at('http("${base}/ok") as call\n'
                           'print("${call.status} ${call.headers["x-kind"]} ${call.body}")')
        self.assert_done(done, "200 plain hello\n\n")

    def test_every_method(self):
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"):
            self.assert_done(self.run_at(f'http("${{base}}/ok", method: "{method}") -> body'))
        self.assertEqual([call[0] for call in self.server.seen],
                         ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"])

    def test_values_are_encoded_for_their_part(self):
        done = self.run_at('http("${base}/ok?q=${x}&n=1", query: { "a b": x }) -> body',
                           "--x", "a/b c&d=é")
        self.assert_done(done)
        self.assertEqual(self.server.seen[0][1],
                         "/ok?q=a%2Fb%20c%26d%3D%C3%A9&n=1&a%20b=a%2Fb%20c%26d%3D%C3%A9")

    def test_json_text_and_bytes_as_bodies(self):
        done = self.run_at('http("${base}/ok", method: "POST", json: { "a": [1, x] }) -> one\n'
                           '"plain" >> http("${base}/ok", method: "POST") -> two\n'
                           'read_bytes("raw") -> raw\n'
                           'http("${base}/ok", method: "PUT", data: raw) -> three',
                           "--x", "y", cwd=self.raw_folder())
        self.assert_done(done)
        sent = [(call[2]["Content-Type"], call[3]) for call in self.server.seen]
        self.assertEqual(sent, [("application/json", b'{"a":[1,"y"]}'),
                                ("text/plain; charset=utf-8", b"plain"),
                                ("application/octet-stream", b"\x00\xff")])

    def raw_folder(self):
        (self.work / "raw").write_bytes(b"\x00\xff")
        return self.work

    def test_a_secret_in_a_header(self):
        self.env["DEMO_API_KEY"] = "sk-very-secret"
        done = self.run_at('http("${base}/ok", headers: '
                           '{ "Authorization": "Bearer ${key("demo")}" }) -> body')
        self.assert_done(done)
        self.assertEqual(self.server.seen[0][2]["Authorization"], "Bearer sk-very-secret")

    def test_redirects_are_followed_unless_told(self):
        done = self.run_at('http("${base}/moved") -> body\n'
                           'http("${base}/moved", redirects: 0) as stay\n'
                           'print("${body} ${stay.status}")')
        self.assert_done(done, "hello\n 302\n")


class Failures(HttpCase):
    def test_a_status_of_400_or_more(self):
        done = self.run_at('http("${base}/none?key=${x}") -> body', "--x", "hidden")
        self.assert_failed(done, "PF0906", f"GET {self.base}/none was answered with HTTP 404")
        self.assertNotIn("hidden", done.stderr.splitlines()[0])
        self.assertEqual(len(self.server.seen), 1)

    def test_a_status_as_a_value(self):
        done = self.run_at('http("${base}/none", check: false) as call\nprint("${call.status}")')
        self.assert_done(done, "404\n")

    def test_what_the_error_knows(self):
        done = self.run_at('http("${base}/none") -> body as call\n'
                           'call - "error" >> print("${error.kind} ${error.data}")')
        self.assert_done(done, 'http {"status":404,"body":"no"}\n')

    def test_retries_keep_to_the_server(self):
        done = self.run_at('http("${base}/busy") with (retries: 2) -> body')
        self.assert_failed(done, "PF0906", f"GET {self.base}/busy was answered with HTTP 503")
        self.assertEqual(len(self.server.seen), 3)

    def test_a_post_is_not_repeated_by_itself(self):
        done = self.run_at('http("${base}/busy", method: "POST") with (retries: 2) -> body')
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(self.server.seen), 1)
        done = self.run_at('http("${base}/busy", method: "POST", '
                           'headers: { "Idempotency-Key": "7" }) with (retries: 2) -> body')
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(self.server.seen), 4)

    def test_a_body_that_is_no_text(self):
        done = self.run_at('http("${base}/bytes") -> body')
        self.assert_failed(done, "PF0910", "the body of the answer is not UTF-8: byte 0xff at offset 0")

    def test_two_bodies(self):
        done = self.run_at('http("${base}/ok", body: "a", json: 1) -> body')
        self.assert_failed(done, "PF0912", "more than one of `body`, `json` and `data` is given")
        self.assertEqual(self.server.seen, [])

    def test_nobody_there(self):
        self.server.shutdown()
        self.server.server_close()
        done = self.run_at('http("${base}/ok") with (retries: 0) -> body')
        self.assert_failed(done, "PF0905", f"GET {self.base}/ok: ")


    def test_no_descriptor_left(self):
        """The answers, or an error that says why not; never that the server is not there."""
        limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
        for base in (self.base, self.base.replace("127.0.0.1", "localhost")):
            program = self.compile('flow main(base: str) {\n'
                                   '  range(100) >> each i with (parallel: 100) {\n'
                                   '    http("${base}/ok") with (retries: 0) } -> bodies\n'
                                   '  print("${bodies.len()}")\n}\n')
            done = self.run_flow(program, base, preexec_fn=limit)
            if done.returncode != 0:
                self.assertIn("error[PF0904]", done.stderr)
                self.assertIn("too many open files", done.stderr)
                self.assertIn("or raise `ulimit -n`", done.stderr)
            else:
                self.assertEqual(done.stdout, "100\n")


class Typed(HttpCase):
    FLOW = ('schema User {{ name: str; age: {} }}\n'
            'flow main(base: str) -> user {{ http_json("${{base}}/user", schema: User) -> user }}\n')

    def test_a_record(self):
        done = self.flow(self.FLOW.format("int"), self.base)
        self.assert_done(done)
        self.assertEqual(json.loads(done.stdout), {"name": "Ada", "age": 36})

    def test_another_shape(self):
        done = self.flow(self.FLOW.format("str"), self.base)
        self.assert_failed(done, "PF0911", "$.age: expected str, found ")

    def test_json_by_navigation(self):
        done = self.run_at('http_json("${base}/user") -> user\nprint("${user.more[0]} ${user.no}")')
        self.assert_done(done, "1 null\n")
