"""each, par and policies of whole programs: what ends, in which order, and what is left."""
import http.server
import signal
import threading
import unittest

from flow_case import FlowCase


class Cancelled(FlowCase):
    """Whatever ends a flow early, no program that it started is left."""

    # Each shell says by a file that it runs; the marker finds it among all processes.
    WAITING = 'shell("touch ${name}.started; exec sleep ${marker}") -> said'

    def marker(self):
        return f"98{id(self) % 1_000_000_007}"

    def assert_none_left(self):
        self.assertEqual(self.processes(self.marker()), [])

    def waiting(self, form):
        return self.compile(form.replace("WAITING", self.WAITING))

    def wait_for(self, *names):
        for name in names:
            self.wait_until((self.work / f"{name}.started").exists, f"`{name}` to run")

    def test_each_ends_its_programs_when_an_item_fails(self):
        program = self.waiting("""flow main(marker: str) {
          ["a", "b", "bad"] >> each name with (parallel: 3) {
            if name == "bad" {
              shell("until [ -e a.started ] && [ -e b.started ]; do sleep 0.01; done; exit 3")
            } else { WAITING }
          }
        }
        """)
        done = self.run_flow(program, self.marker())
        self.assert_failed(done, "PF0914", 'item at index 2 ("bad"): the command failed')
        self.assertRegex(done.stderr, r"= note: \d+ of \d+ items were done")
        self.assert_none_left()
        self.assert_left("a.started", "b.started")

    def test_par_ends_the_other_branch(self):
        program = self.waiting("""flow main(marker: str, name: str = "a") {
          par {
            WAITING
            shell("until [ -e a.started ]; do sleep 0.01; done; exit 3") -> other
          }
          write_file("after", "x")
        }
        """)
        done = self.run_flow(program, self.marker())
        self.assert_failed(done, "PF0914", "the command failed with exit code 3")
        self.assert_none_left()
        self.assert_left("a.started")

    def test_a_timeout_ends_the_program(self):
        program = self.compile("""flow main(marker: str) {
          shell("exec sleep ${marker}") with (timeout: 300ms) -> said
        }
        """)
        done = self.run_flow(program, self.marker())
        self.assert_failed(done, "PF0908", "timed out after 300ms")
        self.assert_none_left()

    def test_a_stream_that_is_left_ends_what_it_began(self):
        program = self.compile("""flow main(marker: str) {
          let times: stream<str> = ["0", marker, marker, marker]
          times >> each time with (parallel: 3) {
            shell("[ ${time} = 0 ] || exec sleep ${time}; echo ${time}") -> said
            said
          } -> all
          repeat one in all { print(one) } until one == "0"
          print("left")
        }
        """)
        self.assert_done(self.run_flow(program, self.marker()), "0\nleft\n")
        self.assert_none_left()

    def test_signals_end_all_items(self):
        program = self.waiting("""flow main(marker: str) {
          ["a", "b", "c"] >> each name with (parallel: 3, on_error: skip, retries: 5) { WAITING }
          write_file("after", "x")
        }
        """)
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            process = self.start(program, self.marker())
            self.wait_for("a", "b", "c")
            done = self.interrupt(process, number)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assert_none_left()
            self.assert_left("a.started", "b.started", "c.started")
            for name in "abc":
                (self.work / f"{name}.started").unlink()


class Policies(FlowCase):
    def setUp(self):
        super().setUp()
        self.env["PFLOW_VIRTUAL_TIME"] = "1"

    def test_each_keeps_the_order_and_skips(self):
        done = self.flow("""flow main() -> all {
          ["3", "x", "1"] >> each text with (parallel: 3, on_error: skip) {
            let n = int(text)
            sleep(1s * n)
            n * 10
          } -> all
        }
        """)
        self.assert_done(done, "[30,10]\n")
        self.assertEqual(
            done.stderr.splitlines()[:2],
            ["flow.pf:2:30: skipped 1 of 3 items",
             '  item at index 1 ("x"): expected an int, found `x`'],
        )

    def test_a_fallback_sees_the_last_try(self):
        done = self.flow("""flow main() -> said {
          shell("echo x >> tries; exit 4") with (retries: 2, fallback: "try ${error.attempt}") -> said
        }
        """)
        self.assert_done(done, "try 3\n")
        self.assertEqual((self.work / "tries").read_text(), "x\nx\nx\n")

    def test_on_error_fails_with_the_same_error(self):
        done = self.flow("""flow main() {
          shell("exit 4") with (retries: 1)
          on error { eprint("gave up on ${error.node}") }
        }
        """)
        self.assert_failed(done, "PF0914", "the command failed with exit code 4")
        self.assertIn("gave up on shell\n", done.stderr)
        self.assertIn("= note: the last of 2 tries\n", done.stderr)

    def test_a_stream_is_worked_on_as_it_comes(self):
        done = self.flow("""flow main(in lines: stream<str>) -> all {
          lines >> each line with (parallel: 2) {
            sleep(2s)
            line.upper()
          } -> upper
          collect(upper) -> all
        }
        """, stdin="a\nb\nc\n")
        self.assert_done(done, '["A","B","C"]\n')

    def test_recursion_through_each_is_limited(self):
        done = self.flow("""flow down(n: int) -> (r: int) {
          [n] >> each m { down(m + 1) -> x
            x } -> all
          let r = all[0]
        }
        flow main() -> r { down(0) -> r }
        """)
        self.assertEqual(done.returncode, 1)
        self.assertIn("flows call each other more than 1000 deep", done.stderr)


class Busy(http.server.BaseHTTPRequestHandler):
    """Says 503 twice and asks for an hour, then answers."""

    asked = 0

    def do_GET(self):
        Busy.asked += 1
        body = b"busy" if Busy.asked < 3 else b"here"
        self.send_response(503 if Busy.asked < 3 else 200)
        self.send_header("Retry-After", "3600")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Server(FlowCase):
    def test_the_server_says_when_to_come_back(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Busy)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.env["PFLOW_VIRTUAL_TIME"] = "1"
        done = self.flow("""flow main(base: str) -> said {
          now() -> before
          http("${base}/x") with (retries: 3) -> said
          now() -> after
          eprint("${before} ${after}")
        }
        """, f"http://127.0.0.1:{server.server_port}")
        self.assert_done(done, "here\n")
        self.assertRegex(done.stderr, "^2026-01-01T00:00:0.*Z 2026-01-01T02:00:0.*Z\n$")
        self.assertEqual(Busy.asked, 3)


if __name__ == "__main__":
    unittest.main()
