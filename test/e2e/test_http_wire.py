"""What http sends and takes, byte for byte: redirects, framing, connections that break."""
import json
import unittest

from flow_case import FlowCase
from raw_server import CLOSE, RESET, RawServer, ok


class WireCase(FlowCase):
    def setUp(self):
        super().setUp()
        self.env["PFLOW_VIRTUAL_TIME"] = "1"

    def serve(self, answer, **options):
        server = RawServer(answer, **options)
        server.__enter__()
        self.addCleanup(server.__exit__)
        return server

    def at(self, server, body, *arguments, **options):
        return self.flow('flow main(base: str, x: str = "") {\n' + body + "\n}\n",
                         server if isinstance(server, str) else server.url, *arguments, **options)


class Redirects(WireCase):
    def moved(self, request):
        if not request.path.startswith("/from/"):
            return ok(b"there")
        return ok(b"gone", "Location: ../to\r\n", request.path[6:] + " Moved")

    def test_methods_and_bodies(self):
        """RFC 9110, 15.4."""
        server = self.serve(self.moved)
        program = self.compile(
            'flow main(base: str, status: str, method: "GET" | "HEAD" | "DELETE" | "PUT" | "PATCH"'
            ' | "POST", text: str? = none) {\n'
            'http("${base}/from/${status}", method: method, body: text) as call\n'
            'print("${call.status}")\n}\n')
        for status in (301, 302, 303, 307, 308):
            for method in ("GET", "HEAD", "DELETE", "PUT", "PATCH", "POST"):
                for body in ((), ("--text", "PAYLOAD")) if method != "HEAD" else ((),):
                    server.seen.clear()
                    done = self.run_flow(program, server.url, str(status), method, *body)
                    self.assert_done(done, "200\n")
                    get = status == 303 if method != "POST" else status < 304
                    get = get and method != "HEAD"
                    last = server.seen[-1]
                    with self.subTest(status=status, method=method, body=body):
                        self.assertEqual(last.path, "/to")
                        self.assertEqual(last.method, "GET" if get else method)
                        self.assertEqual(last.body, b"PAYLOAD" if body and not get else b"")
                        self.assertEqual("content-type" in last.headers, bool(body) and not get)

    def test_nothing_that_may_be_secret_goes_to_another_origin(self):
        other = self.serve(lambda request: ok(b"landed"))
        first = self.serve(lambda request: ok(b"", f"Location: {targets[request.path]}\r\n",
                                              "307 Away") if request.path in targets else ok(b"here"))
        targets = {"/away": other.url + "/there", "/near": "/here", "/back": other.url + "/back"}
        self.env["DEMO_API_KEY"] = "sk-very-secret"
        program = self.compile(
            'flow main(base: str, way: str) {\n'
            'http("${base}/${way}", headers: { "Authorization": "Bearer ${key("demo")}", "X-Own": '
            'key("demo"), "Cookie": "a=${key("demo")}", "Accept": "text/x" }) -> body\n'
            'print(body)\n}\n')
        self.assert_done(self.run_flow(program, first.url, "away"), "landed\n")
        self.assertNotIn("secret", json.dumps(other.seen[0].headers))
        self.assertEqual(other.seen[0].headers["accept"], "text/x")
        self.assert_done(self.run_flow(program, first.url, "near"), "here\n")
        self.assertEqual(json.dumps(first.seen[-1].headers).count("sk-very-secret"), 3)
        # Nor does it come back: who was in between says where to.
        other.answer = lambda request: ok(b"", f"Location: {first.url}/here\r\n", "302 Found")
        self.assert_done(self.run_flow(program, first.url, "back"), "here\n")
        self.assertNotIn("secret", json.dumps(first.seen[-1].headers))

    def test_a_password_stays_at_its_origin(self):
        other = self.serve(lambda request: ok(b"landed"))
        first = self.serve(lambda request: ok(b"", f"Location: {targets[request.path]}\r\n",
                                              "302 Found") if request.path in targets else ok(b"here"))
        targets = {"/away": other.url + "/there", "/near": first.url + "/here"}
        base = first.url.replace("//", "//me:s3cret@")
        self.assert_done(self.at(base, 'http("${base}/away") >> print()'), "landed\n")
        self.assertNotIn("authorization", other.seen[0].headers)
        self.assert_done(self.at(base, 'http("${base}/near") >> print()'), "here\n")
        self.assertIn("authorization", first.seen[-1].headers)

    def test_ends_of_redirects(self):
        server = self.serve(lambda request: ok(b"", f"Location: {where}\r\n", "302 Found"))
        for where, says in (("/again", "more than 10 redirects"),
                            ("ftp://me:s3cret@h/x?key=k", "it redirects to `ftp://h/x`: "),
                            ("http://me:s3cret@h:99999/", "it redirects to `http://h:99999/`: ")):
            done = self.at(server, 'http("${base}/x") >> print()')
            self.assert_failed(done, "PF0905", f"GET {server.url}/x: {says}")
            self.assertNotIn("s3cret", done.stderr)


class Framing(WireCase):
    def test_headers_of_the_connection_are_refused(self):
        server = self.serve(lambda request: ok(request.body))
        for name in ("Content-Length", "transfer-encoding", "Connection", "Expect", "TE", "Trailer",
                     "Upgrade", "Keep-Alive", "Proxy-Connection"):
            done = self.at(server, 'http("${base}/x", method: "POST", body: "hello", '
                           'headers: { "${x}": "3" }) with (retries: 3) >> print()', "--x", name)
            self.assert_failed(done, "PF0912", f"POST {server.url}/x: `{name}` cannot be set")
        self.assertEqual(server.seen, [])

    def test_names_and_values_that_are_none(self):
        server = self.serve(lambda request: ok(request.body))
        for name in ("X A", "X:A", "", "é", "a\nb"):
            done = self.at(server, 'http("${base}/x", headers: { "${x}": "v" }) >> print()',
                           "--x", name)
            self.assert_failed(done, "PF0912", f"GET {server.url}/x: ")
            self.assertIn("is no name of a header", done.stderr)
        done = self.at(server, 'http("${base}/x", headers: { "X-A": x }) >> print()', "--x", "a\r\nb")
        self.assert_failed(done, "PF0912", f"GET {server.url}/x: `X-A` has a value with a line break")
        done = self.at(server, 'http("${base}/x", headers: { "Host": "a", "host": "b" }) >> print()')
        self.assert_failed(done, "PF0912", f"GET {server.url}/x: `")
        self.assertIn("stands twice among the headers", done.stderr)
        self.assertEqual(server.seen, [])


class Connections(WireCase):
    def test_hundreds_at_once_go_on_over_their_connections(self):
        server = self.serve(lambda request: ok(request.path.encode()))
        done = self.at(server, 'range(1200) >> each i with (parallel: 300) { http("${base}/${i}") -> body } -> all\n'
                               'all.enumerate() >> each e { assert(e.value == "/${e.index}") }\n'
                               'print("${all.len()}")')
        self.assert_done(done, "1200\n")
        self.assertEqual(len(server.seen), 1200)
        self.assertLessEqual(max(request.connection for request in server.seen), 300)

    def orders(self, method, headers="{}"):
        server = self.serve(lambda request: (b"", CLOSE) if request.path == "/order" else ok(b"in"))
        done = self.at(server, f'http("${{base}}/login") -> hello\nhttp("${{base}}/order", '
                       f'method: "{method}", headers: {headers}, body: hello) -> said')
        self.assertEqual(done.returncode, 1)
        return [request.path for request in server.seen].count("/order"), done

    def test_what_may_have_been_done_is_not_sent_twice(self):
        for method in ("POST", "PATCH"):
            times, done = self.orders(method)
            self.assertEqual(times, 1)
            self.assertIn("the connection broke before an answer came; what was asked may have been "
                          "done", done.stderr)
        self.assertEqual(self.orders("PUT")[0], 2)
        self.assertEqual(self.orders("POST", '{ "Idempotency-Key": "7" }')[0], 2)

    def test_an_answer_with_a_reset_behind_it(self):
        server = self.serve(lambda request: (ok(b"whole", "Connection: close\r\n"), RESET))
        program = self.compile('flow main(base: str) { http("${base}/x", method: "POST", '
                               'body: "b") >> print() }\n')
        for _ in range(20):
            self.assert_done(self.run_flow(program, server.url), "whole\n")

    def test_an_answer_before_the_body_was_read(self):
        def refuse(request):
            # Between libcurl's look for an answer and what it sends behind it a reset costs the answer.
            request.wait_until_stuck()
            return ok(b"too large", "Connection: close\r\n", "413 Content Too Large"), CLOSE

        server = self.serve(lambda request: ok(), early=refuse)
        program = self.compile('flow main(base: str) { http("${base}/x", method: "POST", body: '
                               '"x".repeat_text(20000000), check: false) as call\n'
                               'print("${call.status} ${call.body}") }\n')
        for _ in range(5):
            self.assert_done(self.run_flow(program, server.url), "413 too large\n")

    def test_a_reset_within_the_body(self):
        server = self.serve(lambda request: (ok(b"x" * 1000)[:500], RESET))
        done = self.at(server, 'http("${base}/x") with (retries: 0) >> print()')
        self.assert_failed(done, "PF0905", f"GET {server.url}/x: ")


    def test_nothing_of_a_request_is_left_for_the_next(self):
        """They may share a handle of libcurl's and a connection."""
        server = self.serve(lambda request: ok(b"in"))
        secret = server.url.replace("//", "//me:s3cret@")
        for first in (f'http("{secret}/a", method: "PUT", body: "text", headers: {{ "X-Own": "1" }})',
                      f'http("{secret}/a", method: "HEAD")', f'http("{secret}/a", method: "POST")'):
            server.seen.clear()
            self.assert_done(self.at(server, f'{first} -> hello\nhttp("${{base}}/b") >> print()'), "in\n")
            first, second = server.seen
            self.assertIn("authorization", first.headers)
            self.assertEqual(second.method, "GET")
            self.assertEqual(sorted(second.headers), ["accept", "accept-encoding", "host", "user-agent"])
            self.assertEqual(second.body, b"")


class Texts(WireCase):
    def test_headers_that_are_not_utf8(self):
        server = self.serve(lambda request: ok(
            b"", "X-Latin: caf\xe9\r\nX-Short: \xf0\r\nX-Utf8: \xc3\xa9\r\n"))
        done = self.at(server, 'http("${base}/x") as call\nlet all = call.headers\n'
                       'print("${all["x-latin"]} ${all["x-latin"].chars().len()} '
                       '${all["x-short"].chars()} ${all["x-utf8"]}")')
        self.assert_done(done, 'café 4 ["ð"] é\n')

    def body(self, data, kind=""):
        return self.serve(lambda request: ok(data, f"Content-Type: {kind}\r\n" if kind else ""))

    def test_bodies_that_are_not_utf8(self):
        for data in (b'{"a":"\xc0\xae"}', b'{"a":"\xed\xa0\x80"}', b'{"a":"x\xf0","b":"T"}',
                     b'{"\xff":1}'):
            for node in ("http", "http_json"):
                done = self.at(self.body(data), node + '("${base}/x") with (retries: 2) -> v\n')
                self.assert_failed(done, "PF0910", "the body of the answer is not UTF-8: byte 0x")

    def test_declared_charsets(self):
        for kind, data in (("iso-8859-1", b'{"a":"caf\xe9"}'), ("UTF-8", b'{"a":"caf\xc3\xa9"}'),
                           ('"windows-1251"', '{"a":"café"}'.replace("é", "ж").encode("cp1251"))):
            done = self.at(self.body(data, f"application/json; charset={kind}"),
                           'http_json("${base}/x") -> v\nprint("${v.a}")')
            self.assert_done(done, '"cafж"\n' if "1251" in kind else '"café"\n')
        done = self.at(self.body(b'\xef\xbb\xbf{"a":1}'), 'http_json("${base}/x") -> v\nprint("${v.a}")')
        self.assert_done(done, "1\n")
        done = self.at(self.body(b"\xff\xff", "text/plain;charset=euc-jp"),
                       'http("${base}/x") >> print()')
        self.assert_failed(done, "PF0910", "the body of the answer is no text in euc-jp, as the "
                           "answer says: byte 0")

    def test_bytes(self):
        data = bytes(range(256)) * 40
        server = self.body(data, "image/png")
        done = self.at(server, 'http("${base}/x") >> print()')
        self.assert_failed(done, "PF0910", "the body of the answer is not UTF-8: byte 0x80 at offset 128")
        self.assertIn("= help: `http_bytes` gives any body as bytes, `download`", done.stderr)
        done = self.at(server, 'http_bytes("${base}/x") -> data\nwrite_bytes("out", data)')
        self.assert_done(done)
        self.assertEqual((self.work / "out").read_bytes(), data)


class Errors(WireCase):
    def test_the_answer_is_told(self):
        server = self.serve(lambda request: ok(b'{"detail":"no name"}' + b" " * 100000,
                                               status="422 No"))
        for node in ("http", "http_json", "http_bytes"):
            done = self.at(server, node + '("${base}/x") as call\nprint("${call.status}")')
            self.assert_failed(done, "PF0906", f"GET {server.url}/x was answered with HTTP 422")
            self.assertIn('= note: the answer: {"detail":"no name"}\n', done.stderr)

    def test_answers_of_other_kinds(self):
        for data, kind, says in ((b"", "", None), (b"\xff\xfe\x00", "image/png",
                                                   "3 bytes of image/png"),
                                 (b"a\x1b[1m\r\n" * 30, "", "a<1B>[1m"),
                                 ("é".encode() * 1000, "", "é" * 300 + " …")):
            server = self.serve(lambda request: ok(
                data, f"Content-Type: {kind}\r\n" if kind else "", "400 No"))
            done = self.at(server, 'http("${base}/x") -> v')
            self.assert_failed(done, "PF0906", f"GET {server.url}/x was answered with HTTP 400")
            if says is None:
                self.assertNotIn("note:", done.stderr)
            else:
                self.assertIn("= note: the answer: " + says, done.stderr)
            self.assertLess(len(done.stderr.splitlines()), 16)

    def test_secrets_are_blotted_out(self):
        server = self.serve(lambda request: ok(
            b"bad key " + request.headers["authorization"].encode(), status="401 No"))
        self.env["DEMO_API_KEY"] = "sk-very-secret"
        for option in ((), ("--json",)):
            done = self.at(server, 'http("${base}/x", headers: '
                           '{ "Authorization": "Bearer ${key("demo")}" }) -> v', *option)
            self.assertEqual(done.returncode, 1)
            self.assertIn("bad key Bearer ***" if not option else "bad key", done.stderr)
            self.assertNotIn("very-secret", done.stderr)

    def test_passwords_of_addresses(self):
        for base in ("http://me:s3cret@127.0.0.1:1", "http://me@x.org:s3cret@127.0.0.1:1",
                     "http://me:s3@s3cret@127.0.0.1:1", "http://me:s3cret@127.0.0.1:1/a b",
                     "http://me:s3cret@[::1", "http://me:a/s3cret@h", "me:s3cret@h", "//me:s3cret@h",
                     "http:/me:s3cret@h"):
            done = self.at(base, 'http("${base}/x") >> print()')
            self.assertEqual(done.returncode, 1, base)
            self.assertNotIn("s3cret", done.stderr)

    def test_proxies(self):
        for proxy in ("foo://me:s3cret@127.0.0.1:1", "http://me:s3cret@[::1"):
            self.env["http_proxy"] = proxy
            done = self.at("http://127.0.0.1:1", 'http("${base}/x") with (retries: 2) >> print()')
            self.assert_failed(done, "PF0902", "GET http://127.0.0.1:1/x: `http_proxy` is `")
            self.assertNotIn("s3cret", done.stderr)
            self.assertNotIn("note: the last of", done.stderr)

    def test_an_empty_value_is_no_segment(self):
        server = self.serve(lambda request: ok(b"gone"))
        for path, value in (("users/${x}", ""), ("users/${x}/mail", " "), ("${x}.json", "\t"),
                            ("users/${x}?a=1", ""), ("${x}${x}", "")):
            done = self.at(server, f'http("${{base}}/{path}", method: "DELETE") >> print()',
                           "--x", value)
            self.assert_failed(done, "PF0912", "an empty value cannot be a part of a URL's path")
        self.assertEqual(server.seen, [])
        for path in ("v${x}", "a?b=${x}"):
            self.assert_done(self.at(server, f'http("${{base}}/{path}") >> print()'), "gone\n")


class RetryAfter(WireCase):
    def test_dates_are_counted_from_the_servers_clock(self):
        """The program runs in virtual time, so what it waited is in the answer to a deadline."""
        forms = ("Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
                 "Sun Nov  6 08:49:37 1994")
        program = self.compile('flow main(base: str) { http("${base}/x") with '
                               '(retries: 1, wait: 1ms, deadline: 50s) >> print() }\n')
        for date, waits in ((forms[0], True), (forms[1], True), (forms[2], True),
                            ("Sun, 06 Nov 1994 08:48:47 GMT", False)):
            server = self.serve(lambda request: ok(
                b"later", f"Date: Sun, 06 Nov 1994 08:48:40 GMT\r\nRetry-After: {date}\r\n",
                "503 Busy"))
            done = self.run_flow(program, server.url)
            self.assertEqual(done.returncode, 1)
            self.assertEqual(len(server.seen), 1 if waits else 2, date)


if __name__ == "__main__":
    unittest.main()
