"""download: a file that is whole or not there, and tries that go on where the last one ended."""
import signal
import unittest

from flow_case import FlowCase
from raw_server import CLOSE, RawServer, ok

DATA = bytes(range(256)) * 4096
FETCH = 'flow main(base: str, to: str = "got.bin") { download("${base}/file", to) as call\n' \
        'print("${call.size} ${call.path}") }\n'
AGAIN = FETCH.replace("to) as call", "to) with (retries: 2) as call")


class DownloadCase(FlowCase):
    def setUp(self):
        super().setUp()
        self.env["PFLOW_VIRTUAL_TIME"] = "1"
        self.cuts = []      # after how many bytes of the body the next answers end
        self.etag = '"one"'
        self.data = DATA
        self.ranges = True
        self.server = RawServer(self.answer)
        self.server.__enter__()
        self.addCleanup(self.server.__exit__)

    def answer(self, request):
        tag = f"ETag: {self.etag}\r\n" if self.etag else ""
        wanted = request.headers.get("range", "")
        if wanted and self.ranges and request.headers.get("if-range") == self.etag:
            first = int(wanted.removeprefix("bytes=").removesuffix("-"))
            whole = len(self.data)
            answer = ok(self.data[first:], f"{tag}Content-Range: bytes {first}-{whole - 1}/{whole}\r\n",
                        "206 Partial Content")
        else:
            answer = ok(self.data, tag)
        if not self.cuts:
            return answer
        head = answer.index(b"\r\n\r\n") + 4
        return answer[:head + self.cuts.pop(0)], CLOSE

    def fetch(self, source=FETCH, *arguments, **options):
        return self.flow(source, self.server.url, *arguments, **options)

    def assert_got(self, done, data=DATA, name="got.bin"):
        self.assert_done(done, f"{len(data)} {name}\n")
        self.assertEqual((self.work / name).read_bytes(), data)
        self.assert_left(name)

    def ranges_asked(self):
        return [request.headers.get("range") for request in self.server.seen]


class Whole(DownloadCase):
    def test_a_file(self):
        self.assert_got(self.fetch())
        self.etag = None
        self.assert_got(self.fetch())

    def test_nothing_in_it(self):
        self.data = b""
        self.assert_got(self.fetch(), b"")

    def test_folders_are_made(self):
        self.assert_done(self.fetch(FETCH, "--to", "a/b/got.bin"))
        self.assertEqual((self.work / "a/b/got.bin").read_bytes(), DATA)

    def test_a_device(self):
        source = 'flow main(base: str) { download("${base}/file", "/dev/stdout") }\n'
        self.data = b"to the screen"
        self.assert_done(self.fetch(source), "to the screen")

    def test_behind_a_redirect(self):
        first = RawServer(lambda request: ok(
            b"moved", f"Location: {self.server.url}/file\r\n", "302 Found"))
        with first:
            self.assert_got(self.flow(FETCH, first.url))


class Failures(DownloadCase):
    def test_the_old_file_stays(self):
        (self.work / "got.bin").write_text("old")
        self.etag = None
        self.cuts = [1000]
        done = self.fetch()
        self.assert_failed(done, "PF0905", f"GET {self.server.url}/file: ")
        self.assert_left("got.bin")
        self.assertEqual((self.work / "got.bin").read_text(), "old")

    def test_a_status(self):
        with RawServer(lambda request: ok(b"no such thing", status="404 No")) as server:
            done = self.flow(FETCH, server.url)
        self.assert_failed(done, "PF0906", f"GET {server.url}/file was answered with HTTP 404")
        self.assertIn("= note: the answer: no such thing", done.stderr)
        self.assert_left()

    def test_a_redirect_that_is_not_followed(self):
        with RawServer(lambda request: ok(b"", "Location: /x\r\n", "302 Found")) as server:
            done = self.flow(FETCH.replace(", to)", ", to, redirects: 0)"), server.url)
        self.assert_failed(done, "PF0906", "`got.bin` is not written: the answer is HTTP 302")
        self.assert_left()

    def test_where_no_file_can_be(self):
        (self.work / "folder").mkdir()
        done = self.fetch(FETCH, "--to", "folder")
        self.assert_failed(done, "PF0904", "cannot write `folder`: ")
        self.assert_left("folder")

    def test_a_disk_that_is_full(self):
        done = self.fetch(FETCH, "--to", "/dev/full")
        self.assert_failed(done, "PF0904", "cannot write `/dev/full`: the disk is full")


class GoingOn(DownloadCase):
    def test_the_next_try_asks_for_the_rest(self):
        self.cuts = [300_000, 200_000]
        self.assert_got(self.fetch(AGAIN))
        self.assertEqual(self.ranges_asked(), [None, "bytes=299999-", "bytes=499998-"])

    def test_the_next_run_does(self):
        self.cuts = [300_000]
        program = self.compile(FETCH)
        done = self.run_flow(program, self.server.url)
        self.assert_failed(done, "PF0905", f"GET {self.server.url}/file: ")
        self.assertFalse((self.work / "got.bin").exists())
        self.assert_got(self.run_flow(program, self.server.url))
        self.assertEqual(self.ranges_asked(), [None, "bytes=299999-"])

    def test_a_part_that_is_the_whole(self):
        self.cuts = [len(DATA) - 1]
        program = self.compile(FETCH)
        self.run_flow(program, self.server.url)
        part = self.work / ".got.bin.pflow-part"
        part.write_bytes(DATA)
        self.assert_got(self.run_flow(program, self.server.url))

    def test_another_file_by_now(self):
        self.cuts = [300_000]
        program = self.compile(FETCH)
        self.run_flow(program, self.server.url)
        self.etag, self.data = '"two"', b"new" * 1000
        self.assert_got(self.run_flow(program, self.server.url), self.data)

    def test_another_address(self):
        self.cuts = [300_000]
        self.run_flow(self.compile(FETCH), self.server.url)
        self.assert_got(self.run_flow(self.compile(FETCH.replace("/file", "/other"), "other"),
                                      self.server.url))
        self.assertEqual(self.ranges_asked(), [None, None])

    def test_a_weak_tag_is_none(self):
        self.etag = 'W/"one"'
        self.cuts = [300_000]
        self.assert_got(self.fetch(AGAIN))
        self.assertEqual(self.ranges_asked(), [None, None])

    def test_a_server_without_ranges(self):
        self.ranges = False
        self.cuts = [300_000]
        self.assert_got(self.fetch(AGAIN))

    def test_a_server_that_sends_another_part(self):
        self.cuts = [300_000]
        program = self.compile(FETCH)
        self.run_flow(program, self.server.url)
        self.server.answer = lambda request: ok(
            DATA[5:], f"Content-Range: bytes 5-{len(DATA) - 1}/{len(DATA)}\r\n", "206 Partial Content")
        done = self.run_flow(program, self.server.url)
        self.assert_failed(done, "PF0905", "`got.bin`: the server sends another part than it was "
                           "asked for")
        self.assert_left()

    def test_the_file_is_gone(self):
        self.cuts = [300_000]
        program = self.compile(FETCH)
        self.run_flow(program, self.server.url)
        self.server.answer = lambda request: ok(b"", status="410 Gone")
        self.assertEqual(self.run_flow(program, self.server.url).returncode, 1)
        self.assert_left()

    def test_two_at_once(self):
        source = ('flow main(base: str) { par { download("${base}/file", "got.bin") -> a\n'
                  'download("${base}/file", "got.bin") -> b }\nprint("both") }\n')
        done = self.fetch(source)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        if done.returncode == 1:
            self.assertIn("cannot write `got.bin`: another download writes it", done.stderr)
        else:
            self.assertEqual((self.work / "got.bin").read_bytes(), DATA)

    def test_a_signal_keeps_what_there_is(self):
        head = ok(DATA, 'ETag: "one"\r\n')
        self.server.answer = lambda request: head[:head.index(b"\r\n\r\n") + 4 + 1000]
        program = self.compile(FETCH)
        process = self.start(program, self.server.url)
        part = self.work / ".got.bin.pflow-part"
        self.wait_until(lambda: part.exists() and part.stat().st_size == 1000, "the part")
        self.assertEqual(self.interrupt(process, signal.SIGINT).returncode, 130)
        self.server.answer = self.answer
        self.assert_got(self.run_flow(program, self.server.url))


if __name__ == "__main__":
    unittest.main()
