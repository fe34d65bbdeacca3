"""Fragments: texts by name, from addresses, loaders, the store and files."""
import http.server
import threading
import unittest

from test_home import HomeCase

LOADERS = """flow notes(day: str) -> text { let text = "notes of ${day}" }
flow slow(day: str) -> text {
  sleep(5ms)
  let text = "slowly ${day}"
}
flow broken(day: str) -> text {
  if day != "" { fail("no notes of ${day}") }
  let text = ""
}
flow number(day: str) -> n { let n = 3 }
flow empty() -> text { let text = "" }
flow two(day: str, more: str) -> text { let text = day + more }
"""
SHOW = """flow main(name: str) {
  fragment(name, loaders: [notes, slow, broken, number, empty, two]) -> { text: text, source: source }
  print("${source}: ${text}")
}
"""


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        answers = {"/guide": (200, b"be kind\n"), "/large": (200, b"x" * (16 * 1024 * 1024 + 1)),
                   "/picture": (200, b"\x89PNG\xff")}
        status, body = answers.get(self.path, (404, b"not here"))
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass  # it was too large

    def log_message(self, *_):
        pass


class Fragments(HomeCase):
    def setUp(self):
        super().setUp()
        self.program = self.compile(LOADERS + SHOW)

    def gets(self, name, stdout, **options):
        self.assert_done(self.run_flow(self.program, name, **options), stdout)

    def lacks(self, name, *parts, kind="PF0912", **options):
        done = self.run_flow(self.program, name, **options)
        self.assert_failed(done, kind, parts[0])
        for part in parts[1:]:
            self.assertIn(part, done.stderr)

    def test_the_places(self):
        (self.work / "rules.txt").write_text("no rules\n")
        self.gets("rules.txt", "rules.txt: no rules\n\n")
        self.gets("-", "/dev/stdin: piped\n", stdin="piped")
        self.gets("notes:today", "notes:today: notes of today\n")
        self.gets("slow:a:b", "slow:a:b: slowly a:b\n")
        self.says("", "fragments", "set", "rules", input="kept")
        self.gets("rules", f"{self.home}/fragments/rules: kept\n")

    def test_their_order(self):
        for name in ("-", "notes:today", "rules"):
            (self.work / name).write_text("a file")
        self.says("", "fragments", "set", "rules", input="kept")
        self.gets("-", "/dev/stdin: piped\n", stdin="piped")
        self.gets("notes:today", "notes:today: notes of today\n")
        self.gets("rules", f"{self.home}/fragments/rules: kept\n")
        self.gets("./rules", "./rules: a file\n")
        (self.work / "old:rules").write_text("a file with a colon")
        self.gets("old:rules", "old:rules: a file with a colon\n")

    def test_addresses(self):
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
            self.addCleanup(server.shutdown)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            url = f"http://127.0.0.1:{server.server_port}"
            self.gets(f"{url}/guide", f"{url}/guide: be kind\n\n")
            self.lacks(f"{url}/gone", f"GET {url}/gone was answered with HTTP 404", kind="PF0906")
            self.lacks(f"{url}/picture", "the body of the answer is not UTF-8", kind="PF0910")
            self.lacks(f"{url}/large", f"GET {url}/large: the response is longer than 16777216 bytes", kind="PF0905")

    def test_what_is_nowhere(self):
        self.says("", "fragments", "set", "style", input="kept")
        self.lacks("styel", "there is no fragment `styel`: none of this name is stored, no file is called so",
                   "one with a similar name is `style`")
        self.lacks("guide", "there is no fragment `guide`", "`pflowc fragments set guide FILE` stores it")
        self.lacks("nots:today", "there is no fragment `nots:today`: no loader `nots` is known, no file is called so",
                   "one with a similar name is `notes:today`")
        self.lacks("", "the name of the fragment is empty")
        self.lacks("../style/x", "there is no fragment `../style/x`: no file is called so")

    def test_what_is_none(self):
        (self.work / "picture").write_bytes(b"\x89PNG\xff")
        with open(self.work / "large", "wb") as large:
            large.truncate(16 * 1024 * 1024 + 1)
        self.lacks("picture", "`picture` is not UTF-8: byte 0x89 at offset 0")
        self.lacks("large", "`large` is larger than 16 MiB, too large for a fragment")
        self.lacks(".", "`.` is a folder, not a file", kind="PF0904")
        self.lacks("-", "standard input is larger than 16 MiB", stdin="x" * (16 * 1024 * 1024 + 1))

    def test_loaders_that_fail(self):
        self.lacks("broken:today", "no notes of today", kind="PF0917")
        self.lacks("number:x", "the loader `number` gives no text")
        self.lacks("empty:x", "the loader `empty` takes no text")
        self.lacks("two:x", "the loader `two` does not take one text", "more")

    def test_in_tests(self):
        source = LOADERS + """
test "a loader and a stub" {
  fragment("notes:now", loaders: [notes]) -> { text: text }
  assert text == "notes of now"
}
test "a stub" {
  stub fragment = (name) => "stub of ${name}"
  fragment("https://example.org/guide") -> { text: text }
  assert text == "stub of https://example.org/guide"
}
test "no network" {
  fragment("https://example.org/guide") with (fallback: "none") -> text
  assert text == "none"
}
"""
        (self.folder / "tests.pf").write_text(source)
        done = self.pflowc("test", "tests.pf", cwd=self.folder)
        self.assertIn("2 passed", done.stdout + done.stderr)
        self.assertIn("https://example.org", done.stdout + done.stderr)


class Stored(HomeCase):
    def test_the_way_of_a_fragment(self):
        self.says("no fragments are stored\n", "fragments")
        self.says(f"{self.home}/fragments/\n", "fragments", "path")
        (self.work / "guide.md").write_text("# Guide\n")
        self.says("", "fragments", "set", "guide", str(self.work / "guide.md"))
        self.says("", "fragments", "set", "a-1", "-", input="one")
        self.says("a-1\nguide\n", "fragments", "list")
        self.says('["a-1","guide"]\n', "fragments", "--json")
        self.says("# Guide\n", "fragments", "get", "guide")
        self.says("", "fragments", "remove", "guide")
        self.says("a-1\n", "fragments")
        self.assertEqual([path.name for path in (self.home / "fragments").iterdir()], ["a-1"])

    def test_bad_input(self):
        (self.work / "picture").write_bytes(b"\x89PNG\xff")
        self.says("", "fragments", "set", "style", input="kept")
        for code, arguments, *parts in (
                ("PF0717", ("set",), "`set NAME [FILE]`"), ("PF0717", ("get", "a", "b"), "`get NAME`"),
                ("PF0718", ("set", "../keys"), "letters, digits, `_` and `-`"),
                ("PF0718", ("set", "x", str(self.work / "picture")), "is not UTF-8 text"),
                ("PF0718", ("set", "x", str(self.work / "gone")), "No such file"),
                ("PF0719", ("get", "styl"), "did you mean `style`?"),
                ("PF0719", ("remove", "styl"), "did you mean `style`?")):
            done = self.pflowc("fragments", *arguments)
            self.assertNotEqual(done.returncode, 0)
            for part in (code, *parts):
                self.assertIn(part, done.stderr)
        self.says("style\n", "fragments")


if __name__ == "__main__":
    unittest.main()
