"""Cassettes: requests are recorded into a file, and answered from it without key and server."""
import base64
import gzip
import json
import re
import signal
import subprocess
import unittest
import zlib

from flow_case import PATIENCE, PFLOWC
from model_mock import Answer, Delivery, Failure, ToolCall
from raw_server import RawServer, ok
from test_providers import ProviderCase

KEY = "sk-test-0123456789abcdefghij42"
VCR = "/usr/bin/python3"

PARALLEL = """flow main(base: str, prompt: str = "first") {
  par {
    llm(prompt, model: "mock") -> a
    llm("second", model: "mock") -> b
    llm("third", model: "mock", system: "be brief") -> c
  }
  http("${base}/page?b=2&a=1", method: "POST", json: { "x": [1, 2], "y": "z" }) -> { body: page }
  print("${a}|${b}|${c}|${page}")
}
"""
GET = """flow main(address: str) {
  http("${address}", check: false) as got
  print("${got.status} ${got.body}")
}
"""
COUNT = """flow main(base: str, n: int) {
  range(0, n) >> each i with (parallel: 1000) {
    http("${base}/next") -> { body: answer }
    "${answer}"
  } -> answers
  print(answers.join(" "))
}
"""


def cassette(*interactions):
    return "interactions:\n" + "".join(interactions) + "version: 1\n"


def interaction(url, answer, method="GET", body="null", headers="{}"):
    return (f"- request:\n    body: {body}\n    headers: {headers}\n    method: {method}\n"
            f"    uri: {url}\n  response:\n    body:\n      string: {answer}\n    headers: {{}}\n"
            "    status:\n      code: 200\n      message: OK\n")


def by_vcr(case, mode, requests):
    done = subprocess.run([VCR, "-B", __file__.replace("test_cassettes", "vcr_client"), mode,
                           "c.yaml"], cwd=case.work, input=json.dumps(requests), text=True,
                          capture_output=True, timeout=PATIENCE)
    case.assertEqual(done.returncode, 0, done.stderr)
    return json.loads(done.stdout)


class CassetteCase(ProviderCase):
    """`self.server` is stopped by `stop`; what it answers is `self.answers`, by path."""

    def setUp(self):
        super().setUp()
        self.env["OPENAI_API_KEY"] = KEY
        self.answers = {"/page": ok(b"hello")}
        self.asked = []
        self.server = RawServer(self.answer)
        self.server.__enter__()
        self.base = self.server.url
        self.running = True
        self.addCleanup(self.stop)

    def answer(self, request):
        self.asked.append(request)
        path = request.path.split("?")[0]
        if path == "/next":
            return ok(str(len(self.asked)).encode())
        return self.answers.get(path, ok(b"no", status="404 Not Found"))

    def stop(self):
        if self.running:
            self.running = False
            self.server.__exit__()

    def run_at(self, program, *arguments, **options):
        """The first argument is the server; of GET a path behind it."""
        if program.name == "get":
            path = arguments[0] if arguments and arguments[0].startswith("/") else "/page"
            return self.run_flow(program, self.base + path, *arguments[path in arguments:], **options)
        return self.run_flow(program, self.base, *arguments, **options)

    def record(self, program, *arguments, **options):
        return self.run_at(program, *arguments, "--record", "c.yaml", **options)

    def replay(self, program, *arguments, **options):
        """Without server, models and key."""
        self.stop()
        self.mock.requests.clear()
        env = {"OPENAI_API_KEY": "", **options.pop("env", {})}
        done = self.run_at(program, *arguments, "--replay", "c.yaml", env=env, **options)
        self.assertEqual(self.mock.requests, [])
        return done

    @property
    def file(self):
        return self.work / "c.yaml"

    def written(self):
        return self.file.read_text(encoding="ascii")


class Replays(CassetteCase):
    def test_parallel_calls_of_models_and_a_request(self):
        program = self.compile(PARALLEL)
        recorded = self.record(program)
        self.assert_done(recorded, "mock: first|mock: second|mock: third|hello\n")
        self.assert_left("c.yaml")
        self.assert_done(self.replay(program), recorded.stdout)
        (self.work / "new").touch()
        self.assertEqual(self.file.stat().st_mode, (self.work / "new").stat().st_mode)

    def test_answers_that_are_played_count_as_those_that_were_asked(self):
        """So that a test of a budget sees what the run saw."""
        program = self.compile(PARALLEL)
        recorded = json.loads(self.record(program, "--json").stdout.splitlines()[-1])
        played = json.loads(self.replay(program, "--json").stdout.splitlines()[-1])
        self.assertEqual((recorded["usage"]["calls"], recorded["usage"]["output_tokens"]), (3, 6))
        self.assertEqual(played["usage"], recorded["usage"])

    def test_the_file_is_in_the_order_of_the_requests(self):
        program = self.compile(PARALLEL)
        self.assert_done(self.record(program))
        self.assertEqual(re.findall(r'"role":"user","content":"(\w+)"', self.written()),
                         ["first", "second", "third"])
        again = self.written()
        self.file.unlink()
        self.assert_done(self.record(program))
        self.assertEqual(re.sub(r"0000\d+mock", "", self.written()),
                         re.sub(r"0000\d+mock", "", again))

    def test_order_of_keys_and_of_the_query_do_not_matter(self):
        self.assert_done(self.record(self.compile(PARALLEL)))
        changed = PARALLEL.replace("b=2&a=1", "a=1&b=2").replace(
            '{ "x": [1, 2], "y": "z" }', '{ "y": "z", "x": [1, 2] }')
        self.assert_done(self.replay(self.compile(changed, "changed")))

    def test_streams_tools_embeddings_and_downloads(self):
        source = """flow weather(city: str) -> report { let report = "cold in ${city}" }
flow main(base: str) {
  llm("tell", model: "gpt-4o", tools: [weather]) -> told
  llm("stream", model: "gpt-4o", live: true) -> shown
  embed(["a", "b"], model: "text-embedding-3-small", dimensions: 4) -> vectors
  download("${base}/bytes", "got.bin") as got
  print("${told}|${shown}|${vectors}|${got.size}")
}
"""
        self.answers["/bytes"] = ok(bytes(range(256)))
        self.mock.script.on("tell", Answer(tool_calls=(ToolCall("weather", {"city": "Oslo"}),)))
        self.mock.script.on("cold in Oslo", "It is cold.")
        self.mock.script.on("stream", Answer("one two three", delivery=Delivery(octets=3)))
        program = self.compile(source)
        recorded = self.record(program)
        self.assert_done(recorded)
        self.assertIn("It is cold.|one two three|", recorded.stdout)
        self.assertIn("!!binary", self.written())
        (self.work / "got.bin").unlink()
        self.assert_done(self.replay(program), recorded.stdout)
        self.assertEqual((self.work / "got.bin").read_bytes(), bytes(range(256)))

    def test_each_try_is_one_and_waits_are_as_they_were(self):
        self.mock.script.on("x", Failure(429, retry_after="1"), "It is cold.")
        program = self.compile('flow main(base: str) { llm("x", model: "gpt-4o") >> print() }\n')
        self.assert_done(self.record(program), "It is cold.\n")
        self.assertEqual(self.written().count("- request:"), 2)
        self.assertIn("code: 429", self.written())
        self.assert_done(self.replay(program), "It is cold.\n")

    def test_redirects_and_answers_of_errors(self):
        self.answers["/moved"] = ok(status="302 Found", headers="Location: /page\r\n")
        program = self.compile(GET, "get")
        self.assert_done(self.record(program, "/moved"), "200 hello\n")
        self.assertEqual(self.written().count("- request:"), 2)
        self.assert_done(self.replay(program, "/moved"), "200 hello\n")

    def test_a_thousand_in_flight_get_their_own(self):
        program = self.compile(COUNT)
        self.assert_done(self.record(program, "1000"))
        bodies = re.findall(r"string: '(\d+)'", self.written())
        self.assertEqual(sorted(map(int, bodies)), list(range(1, 1001)))
        self.assert_done(self.replay(program, "1000"), " ".join(bodies) + "\n")

    def test_bodies_of_every_form(self):
        program = self.compile('flow main(base: str) { download("${base}/body", "got") }\n')
        for body in (b"", b"\n", b"a\n", b"a\n\n\n", b" a\nb", b"a \nb", b"\n\na", b"'", b"it's\n'",
                     b"yes", b"182", b"~", b"2001-01-01", b"a: b", b"a #b", b"- a", b"\ta\r\nb",
                     "é — 🦅\n\u2028\x85".encode(), b"\x00\x01\x7f", b"\xff\xfe", b"%a", b"&a",
                     b"x" * 300, b"data: {}\n\ndata: [DONE]\n\n", b"a,b: c", b"a:", b"/a:b c",
                     "\ufeffa".encode(), b"null", b"|", b"a\n\tb", b"...", b"a\n---\nb\n"):
            self.answers["/body"] = ok(body)
            self.file.unlink(missing_ok=True)
            self.assert_done(self.record(program))
            (self.work / "got").unlink()
            done = self.run_at(program, "--replay", "c.yaml")
            self.assert_done(done)
            self.assertEqual((self.work / "got").read_bytes(), body)
            (answer,) = by_vcr(self, "none", [{"method": "GET", "url": self.base + "/body"}])
            self.assertEqual(base64.b64decode(answer["body"]), body)

    def test_the_environment_says_it_too(self):
        program = self.compile(GET, "get")
        self.assert_done(self.run_at(program, env={"PFLOW_RECORD": "c.yaml"}))
        self.stop()
        self.assert_done(self.run_at(program, env={"PFLOW_REPLAY": "c.yaml"}),
                         "200 hello\n")
        # The command line goes before it.
        self.assert_done(self.run_at(program, "--replay", "c.yaml",
                                       env={"PFLOW_RECORD": "other.yaml"}), "200 hello\n")
        self.assert_left("c.yaml")

    def test_keys_that_programs_read_themselves_are_not_needed(self):
        program = self.compile('flow main(base: str) {\n  key("demo") -> token\n'
                               '  http("${base}/page", headers: { "X-Demo": token }) '
                               '-> { body: b }\n  print(b) }\n')
        self.assert_done(self.record(program, env={"DEMO_API_KEY": "demokey-12345"}), "hello\n")
        self.assertNotIn("demokey", self.written())
        self.assert_done(self.replay(program), "hello\n")


class Misses(CassetteCase):
    def test_the_nearest_recording_and_what_differs(self):
        program = self.compile(PARALLEL)
        self.assert_done(self.record(program))
        self.assert_failed(
            self.replay(program, "--prompt", "second one"), "PF0902",
            f"openai/mock: no answer from {self.mock.url}: `c.yaml` holds no recording of this request: the "
            "nearest one, in line 2, differs in `messages[0].content` of the body: recorded is "
            '`"first"`, asked is `"second one"`')

    def test_parts_of_the_address(self):
        program = self.compile(GET, "get")
        self.assert_done(self.record(program, "/page?a=1&b=2"))
        for path, differs in (("/page?a=1&b=3", "`b` of the query: recorded is `2`, asked is `3`"),
                              ("/page?a=1", "`b` of the query: recorded is `2`, asked is nothing"),
                              ("/other?a=1&b=2", "the path: recorded is `/page`, asked is `/other`")):
            self.assert_failed(self.replay(program, path), "PF0902", f"GET {self.base}"
                               f"{path.split('?')[0]}: `c.yaml` holds no recording of this request: "
                               f"the nearest one, in line 2, differs in {differs}")

    def test_method_and_body(self):
        source = 'flow main(base: str) { http("${base}/page", method: "%s", body: "%s") -> b }\n'
        self.assert_done(self.record(self.compile(source % ("POST", "some text"))))
        done = self.replay(self.compile(source % ("PUT", "some text"), "put"))
        self.assertIn("differs in the method: recorded is `POST`, asked is `PUT`", done.stderr)
        done = self.replay(self.compile(source % ("POST", "some test"), "post"))
        self.assertIn("differs in the body: recorded is `some text`, asked is `some test`", done.stderr)

    def test_played_already(self):
        program = self.compile(COUNT)
        self.assert_done(self.record(program, "2"))
        done = self.replay(program, "3")
        self.assertEqual(done.returncode, 1)
        self.assertIn("all 2 recordings of this request in `c.yaml`, lines 2, 16, have been played "
                      "already", done.stderr)

    def test_a_miss_is_not_tried_again(self):
        self.file.write_text(cassette(interaction("http://127.0.0.1:1/", "x")))
        program = self.compile('flow main(base: str) { http("${base}/page") with (retries: 3) -> b }\n')
        done = self.replay(program)
        self.assertEqual(done.returncode, 1)
        self.assertNotIn("attempt", done.stderr)
        self.file.write_text("interactions: []\nversion: 1\n")
        self.assertIn("it holds none at all", self.replay(program).stderr)


class Modes(CassetteCase):
    def test_once_plays_a_file_that_is_there(self):
        program = self.compile(GET, "get")
        self.assert_done(self.record(program))
        before = self.written()
        self.answers["/page"] = ok(b"changed")
        self.assert_done(self.record(program), "200 hello\n")
        self.assertEqual(len(self.asked), 1)
        done = self.record(program, "/other")
        self.assertEqual(done.returncode, 1)
        self.assertIn("holds no recording", done.stderr)
        self.assertEqual((len(self.asked), self.written()), (1, before))

    def test_new_episodes_adds_what_is_not_there(self):
        program = self.compile(GET, "get")
        self.assert_done(self.record(program))
        before = self.written()
        self.answers["/page"] = ok(b"changed")
        mode = ("--record-mode", "new_episodes")
        self.assert_done(self.record(program, "/page", *mode), "200 hello\n")
        self.assertEqual(self.written(), before)
        self.assert_done(self.record(program, "/other", *mode), "404 no\n")
        self.assertEqual(self.written().count("- request:"), 2)
        self.assertTrue(self.written().startswith(before.removesuffix("version: 1\n")))
        self.assert_done(self.replay(program, "/other"), "404 no\n")

    def test_all_asks_anew_and_keeps_what_was(self):
        program = self.compile(GET, "get")
        self.assert_done(self.record(program))
        self.answers["/page"] = ok(b"changed")
        self.assert_done(self.record(program, "--record-mode", "all"), "200 changed\n")
        self.assertEqual(self.written().count("- request:"), 2)
        self.assert_done(self.record(program, "--record-mode", "none"), "200 hello\n")

    def test_wrong_options(self):
        program = self.compile(GET, "get")
        for arguments, headline in (
                (("--replay", "a", "--record", "b"), "`--replay` and `--record` are both given"),
                (("--replay", "a", "--record-mode", "all"),
                 "`--replay` records nothing, and the mode is `all`"),
                (("--record", "a", "--record-mode", "twice"), "there is no way to record `twice`"),
                (("--record-mode", "all"), "`--record-mode` is given without `--record`")):
            self.assert_failed(self.run_at(program, *arguments), "PF0901", headline, 2)
        self.assert_failed(self.run_at(program, "--replay", "no.yaml"), "PF0902",
                           "cannot read the cassette `no.yaml`: No such file or directory", 2)
        self.assert_failed(self.run_at(program, "--record", "no/c.yaml"), "PF0902",
                           "cannot record into `no/c.yaml`: No such file or directory", 2)
        self.assertEqual(self.asked, [])

    def test_flows_that_make_no_request(self):
        program = self.compile('flow main() { print("hi") }\n')
        self.assert_failed(self.run_flow(program, "--replay", "c.yaml"), "PF0901",
                           "nothing can be recorded or replayed here", 2)
        self.assert_done(self.run_flow(program, env={"PFLOW_REPLAY": "c.yaml"}), "hi\n")


class Ends(CassetteCase):
    def test_a_run_that_fails_keeps_what_it_has_recorded(self):
        program = self.compile('flow main(base: str) { http("${base}/page") -> a\n'
                               '  http("${base}/other") -> b }\n')
        self.assertEqual(self.record(program).returncode, 1)
        self.assertEqual(self.written().count("- request:"), 2)
        self.assertEqual(self.replay(program).returncode, 1)

    def hanging(self, *arguments):
        """A program whose second request stays without an answer."""
        self.mock.script.on("", "fine")
        program = self.compile('flow main(base: str) { http("${base}/page") -> a\n'
                               '  llm("x", model: "hang") -> b }\n')
        process = self.start(program, self.base, "--record", "c.yaml", *arguments)
        self.wait_until(lambda: self.mock.requests, "the second request")
        return process

    def test_a_run_that_is_interrupted_keeps_what_it_has_recorded(self):
        process = self.hanging()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 130)
        self.assertEqual(self.written().count("- request:"), 1)
        self.assert_left("c.yaml")

    def test_a_reader_that_goes_away(self):
        program = self.compile('flow main(base: str) { http("${base}/page") -> { body: b }\n'
                               '  range(0, 100000) >> each i { print(b) } -> none_\n}\n')
        done = subprocess.run(f"{program} {self.base} --record c.yaml | head -n 1", shell=True,
                              cwd=self.work, env=self.env, capture_output=True, timeout=PATIENCE)
        self.assertEqual(done.stdout, b"hello\n")
        self.wait_until(lambda: self.file.exists(), "the cassette")
        self.assertEqual(self.written().count("- request:"), 1)

    def test_two_recorders(self):
        process = self.hanging()
        second = self.record(self.compile(GET, "get"))
        self.assert_failed(second, "PF0902", "another program records into `c.yaml`", 2)
        self.assertEqual(len(self.asked), 1)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
        self.assertEqual(self.written().count("- request:"), 1)

    def test_a_link_leads_to_the_file(self):
        (self.work / "there").mkdir()
        (self.work / "there" / "real.yaml").write_text("interactions: []\nversion: 1\n")
        (self.work / "there" / "real.yaml").chmod(0o600)
        self.file.symlink_to("there/real.yaml")
        self.assert_done(self.record(self.compile(GET, "get"), "--record-mode", "all"))
        self.assertTrue(self.file.is_symlink())
        self.assertEqual((self.work / "there" / "real.yaml").stat().st_mode & 0o777, 0o600)
        self.assertIn("hello", self.written())

    def test_what_does_not_begin_leaves_nothing(self):
        program = self.compile('flow main(base: str) { llm("x", model: "mock") -> a }\n')
        done = self.record(program, env={"OPENAI_API_KEY": ""})
        self.assert_failed(done, "PF0902", "no key for `openai` is set", 2)
        self.assert_left()

    def test_answers_that_never_came_are_not_recorded(self):
        self.stop()
        program = self.compile(GET, "get")
        self.assertEqual(self.record(program).returncode, 1)
        self.assert_left()


class Secrets(CassetteCase):
    def test_none_is_written(self):
        self.answers["/page"] = ok(
            f'{{"echo": "{KEY}", "access_token": "tok-en", "id": 1}}'.encode(),
            headers="Set-Cookie: session=abc123\r\nopenai-organization: my-org\r\n"
                    f"X-Echo: {KEY}\r\nX-Plain: stays\r\n")
        program = self.compile("""flow main(base: str) {
  llm("hello", model: "mock") -> a
  http("${base}/page?key=in-query&page=2&path=%s", method: "POST", headers: { "X-Token": "in-header",
    "Authorization": "Bearer in-auth", "Cookie": "in-cookie", "Accept": "text/plain" },
    body: "{\\"password\\": \\"in-body\\", \\"key\\": \\"%s\\"}") -> { body: page }
  print(page)
}
""" % (KEY, KEY))
        done = self.record(program)
        self.assertIn(KEY, done.stdout)
        text = self.written()
        for secret in (KEY, "in-query", "in-header", "in-auth", "in-cookie", "in-body", "abc123",
                       "my-org", "tok-en"):
            self.assertNotIn(secret, text)
        for kept in ("page=2", "text/plain", "stays"):
            self.assertIn(kept, text)
        replayed = self.replay(program)
        self.assert_done(replayed, done.stdout.replace(KEY, "[removed]").replace("tok-en", "[removed]"))

    def test_users_and_passwords_of_addresses(self):
        program = self.compile(GET, "get")
        self.base = self.base.replace("//", "//ada:in-url@")
        self.assert_done(self.record(program))
        self.assertNotIn("in-url", self.written())
        self.assert_done(self.replay(program), "200 hello\n")

    def test_parameters_that_are_secrets(self):
        self.answers["/page"] = ok(b"you sent param-secret-1")
        program = self.compile("""flow main(base: str, token: secret) {
  http("${base}/page", headers: { "X-Token": token }) -> { body: page }
  print(page)
}
""")
        secret = ("--token", "param-secret-1")
        self.assert_done(self.record(program, *secret), "you sent param-secret-1\n")
        self.assertNotIn("param-secret", self.written())
        self.assert_done(self.replay(program, *secret), "you sent [removed]\n")

    def test_forms(self):
        program = self.compile('flow main(base: str) { http("${base}/page", method: "POST", '
                               'headers: { "Content-Type": "application/x-www-form-urlencoded" }, '
                               'body: "grant_type=code&client_secret=in-form&x=1") -> b }\n')
        self.assert_done(self.record(program))
        self.assertIn("body: 'grant_type=code&x=1'", self.written())
        self.assert_done(self.replay(program))


class BadFiles(CassetteCase):
    def refused(self, text, line, problem):
        """Before anything is asked."""
        self.file.write_bytes(text if isinstance(text, bytes) else text.encode())
        for option in ("--replay", "--record"):
            done = self.run_at(self.compile(GET, "get"), option, "c.yaml")
            self.assert_failed(done, "PF0902", f"c.yaml:{line}: {problem}", 2)
        self.assertEqual(self.asked, [])

    def test_what_is_no_cassette(self):
        good = cassette(interaction(self.base + "/page", "hello"))
        self.refused("", 1, "the file is empty")
        self.refused("a: 'b\n", "1:4", "the cassette cannot be read: the quoted text is not closed")
        self.refused("just text\n", 1, "the cassette is no map")
        self.refused(good.removesuffix("version: 1\n"), 1,
                     "the cassette names no version: it is of a vcrpy before 1.0, or cut")
        self.refused("- request: {}\n", 1, "the cassette names no version")
        self.refused(good.replace("version: 1", "version: 2"), 14,
                     "the cassette is of version `2`; this program reads version 1")
        self.refused(good.replace("    method: GET\n", ""), 3, "the request has no `method`")
        self.refused(good.replace("    method: GET\n", "    method: GET\n    verb: GET\n"), 6,
                     "the request has a key `verb`, which is unknown here")
        self.refused(good.replace("code: 200", "code: fine"), 12,
                     "the status of the response is no number from 100 to 999")
        self.refused(good.replace("code: 200", "code: !!python/object/apply:os.system [ls]"), "12:13",
                     "the cassette cannot be read: the tag `!!python/object/apply:os.system`")
        self.refused(good.replace("uri: http", "uri: [http]\n    #"), 6,
                     "the `uri` of the request is no address")

    def test_bodies_that_are_broken(self):
        packed = base64.b64encode(gzip.compress(b"hello" * 99)[:-12]).decode()
        for encoding, problem in (("gzip", "its body is no whole gzip"),
                                  ("br", "its body is compressed in a way that is not read here")):
            text = interaction(self.base, f"!!binary {packed}")
            self.refused(cassette(text.replace("headers: {}\n    status", "headers:\n      Content-"
                                               f"Encoding: [{encoding}]\n    status")), 2, problem)

    def test_secrets(self):
        for text, where in (
                (interaction(self.base, "x", headers="{Authorization: [Bearer abcdef1234567890]}"),
                 "the header `Authorization` of its request"),
                (interaction(self.base + "/?key=abcdef1234567890", "x"),
                 "`key` in the query of its address"),
                (interaction(self.base, f"'{KEY}'"), "a key in the body of its answer")):
            self.refused(cassette(text), 2,
                         f"the recording holds what looks like a secret: {where}")

    def test_stand_ins_for_secrets(self):
        self.file.write_text(cassette(interaction(
            self.base + "/page?key=DUMMY", "hello",
            headers="{authorization: [Bearer DUMMY_KEY], x-api-key: [XXX]}")))
        self.assert_done(self.replay(self.compile(GET, "get"), "/page?key=other"), "200 hello\n")


class InTests(CassetteCase):
    """`pflowc test` of programs/t.pf, from the folder above."""

    PROGRAM = """flow ask(question: str) -> answer {
  llm(question, model: "mock") -> answer
}
test "asks" {
  cassette "first.yaml" {
    ask("one") -> one
    llm("two", model: "mock") -> two
  }
  cassette "more/second.yaml" { ask("%s") -> three }
  assert one == "mock: one"
  assert "${two}, ${three}" == "mock: two, mock: three"
}
"""

    def setUp(self):
        super().setUp()
        self.programs = self.work / "programs"
        (self.programs / "more").mkdir(parents=True)

    def run_tests(self, *arguments, asked="three", program=PROGRAM, key=KEY):
        (self.programs / "t.pf").write_text(program % asked)
        self.mock.requests.clear()
        return subprocess.run([PFLOWC, "test", "programs", *arguments], cwd=self.work,
                              env={**self.env, "OPENAI_API_KEY": key}, capture_output=True, text=True,
                              timeout=PATIENCE)

    def test_blocks_play_and_need_no_key(self):
        recorded = self.run_tests("--record-mode", "once")
        self.assertEqual(recorded.returncode, 0, recorded.stdout + recorded.stderr)
        self.assertEqual(len(self.mock.requests), 3)
        self.assert_left("first.yaml", "more", "t.pf", folder=self.programs)
        self.assert_left("second.yaml", folder=self.programs / "more")
        played = self.run_tests(key="")
        self.assertEqual(played.returncode, 0, played.stdout + played.stderr)
        self.assertEqual(self.mock.requests, [])

    def test_without_a_recording(self):
        done = self.run_tests()
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot read the cassette `programs/first.yaml`: No such file", done.stdout)
        self.assertIn("`pflowc test --record-mode once` records it", done.stdout)
        self.assertEqual(self.mock.requests, [])

    def test_a_changed_question(self):
        self.assertEqual(self.run_tests("--record-mode", "once").returncode, 0)
        done = self.run_tests(asked="four")
        self.assertEqual(done.returncode, 1)
        self.assertIn("`programs/more/second.yaml` holds no recording of this request", done.stdout)
        self.assertEqual(self.mock.requests, [])
        done = self.run_tests("--record-mode", "new_episodes", asked="four")
        self.assertEqual(self.mock.requests[0]["body"]["messages"][0]["content"], "four")
        self.assertEqual(len(self.mock.requests), 1)
        text = (self.programs / "more" / "second.yaml").read_text()
        self.assertEqual(text.count("- request:"), 2)

    def test_behind_a_block_requests_go_out(self):
        program = """test "two" {
  cassette "first.yaml" { llm("%s", model: "mock") -> inside }
  llm("outside", model: "mock") -> outside
  assert inside == "mock: three" and outside == "mock: outside"
}
"""
        self.assertEqual(self.run_tests("--record-mode", "once", "--allow-net", program=program).returncode, 0)
        self.assertEqual((self.programs / "first.yaml").read_text().count("- request:"), 1)
        done = self.run_tests("--allow-net", program=program)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(len(self.mock.requests), 1)

    def test_behind_a_block_there_is_no_network(self):
        program = """test "two" {
  cassette "first.yaml" { llm("%s", model: "mock") -> inside }
  llm("outside", model: "mock") -> outside
}
"""
        done = self.run_tests("--record-mode", "once", program=program)
        self.assertEqual(done.returncode, 1)
        self.assertIn("`llm` would use the network, and a test does not", done.stdout)
        self.assertEqual([one["body"]["messages"][0]["content"] for one in self.mock.requests], ["three"])

    def test_tests_that_share_a_file_wait_for_each_other(self):
        program = "%.0s" + "".join(f"""test "number {i}" {{
  cassette "first.yaml" {{ llm("number {i}", model: "mock") -> a }}
  assert a == "mock: number {i}"
}}
""" for i in range(6))
        done = self.run_tests("--record-mode", "new_episodes", program=program)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual((self.programs / "first.yaml").read_text().count("- request:"), 6)
        self.assertEqual(self.run_tests(program=program, key="").returncode, 0)
        self.assertEqual(self.mock.requests, [])


class OfVcrpy(CassetteCase):
    def test_it_plays_what_is_recorded_here(self):
        self.answers["/page"] = ok("grün\n\nund\n".encode(),
                                   headers="Set-Cookie: a=1\r\nX-Two: 1\r\nX-Two: 2\r\n")
        program = self.compile(PARALLEL)
        self.assert_done(self.record(program))
        self.stop()
        second = {"model": "mock", "messages": [{"role": "user", "content": "second"}]}
        answers = by_vcr(self, "none", [
            {"method": "POST", "url": self.base + "/page?b=2&a=1", "body": '{"x":[1,2],"y":"z"}'},
            {"method": "POST", "url": self.mock.url + "/chat/completions",
             "headers": {"Content-Type": "application/json"}, "body": json.dumps(second)}])
        self.assertEqual((answers[0]["status"], answers[0]["reason"]), (200, "OK"))
        self.assertEqual(base64.b64decode(answers[0]["body"]).decode(), "grün\n\nund\n")
        self.assertEqual([value for name, value in answers[0]["headers"] if name == "x-two"], ["1", "2"])
        self.assertIn(b"mock: second", base64.b64decode(answers[1]["body"]))

    def test_what_it_records_is_played_here(self):
        long = "word " * 60 + "\n\n'quoted' \"twice\" é\n"
        self.answers.update({
            "/gzip": ok(gzip.compress(b"packed"), headers="Content-Encoding: gzip\r\n"),
            "/deflate": ok(zlib.compress(b"deflated"), headers="Content-Encoding: deflate\r\n"),
            "/text": ok(long.encode()), "/bytes": ok(b"\xff\x00"),
            "/two": ok(b"two", headers="X-Two: 1\r\nX-Two: 2\r\n"),
            "/digits": ok(b"182"), "/lines": ok(b"data: {}\n\ndata: [DONE]\n\n")})
        by_vcr(self, "once", [{"method": "GET", "url": self.base + path} for path in self.answers])
        program = self.compile("""flow main(base: str) {
  http("${base}/gzip") as a
  http("${base}/deflate") as b
  http("${base}/text") as c
  http("${base}/two") as d
  http("${base}/digits") as e
  http("${base}/lines") as f
  http_bytes("${base}/bytes") as g
  print("${a.body}|${b.body}|${c.body}|${d.headers["x-two"]}|${e.body}|${f.body}|${g.data.len()}")
}
""")
        self.assert_done(self.replay(program), f"packed|deflated|{long}|1, 2|182|data: {{}}\n\n"
                                               "data: [DONE]\n\n|2\n")

    def test_the_older_form_of_its_httpx(self):
        self.file.write_text(f"""interactions:
- request:
    body: ''
    headers:
      accept:
      - '*/*'
    method: GET
    uri: {self.base}/page
  response:
    content: '{{"a": 1}}'
    headers:
      content-encoding: gzip
      content-type: application/json
    http_version: HTTP/1.1
    status_code: 200
version: 1
""")
        self.assert_done(self.replay(self.compile(GET, "get")), '200 {"a": 1}\n')

    def test_json_is_yaml(self):
        self.file.write_text(json.dumps({"version": 1, "interactions": [
            {"request": {"method": "GET", "uri": self.base + "/page", "body": None, "headers": {}},
             "response": {"status": {"code": 200, "message": "OK"}, "headers": {"X-A": ["1"]},
                          "body": {"string": "of JSON"}}}]}, indent=4) + "\n")
        self.assert_done(self.replay(self.compile(GET, "get")), "200 of JSON\n")


if __name__ == "__main__":
    unittest.main()
