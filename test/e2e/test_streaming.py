"""Answers of models while they come: shown, as a stream, and what becomes of broken ones."""
import json
import os
import socket
import subprocess
import time
import unittest

from flow_case import PATIENCE, PFLOWC
from model_mock import Answer, Delivery, Failure, Hang, Reasoning, ToolCall, Usage
from raw_server import CLOSE, RESET, RawServer
from test_providers import MODELS, ProviderCase, sent_by_client

LIVE = """flow main(m: str, prompt: str = "hi") {
  llm(prompt, model: m, live: true) -> text as asked
  print("${text}|${asked.finish}|${asked.model}|${asked.usage.input_tokens}+${asked.usage.output_tokens}")
}
"""
PRINTED = 'flow main(m: str) { llm("hi", model: m, live: true%s) >> print() }\n'
LONG = " ".join(f"w{i}" for i in range(40))


def sse(*events):
    return "".join(f"data: {event}\n\n" for event in events)


def chunk(text, finish=None):
    """Of chat completions."""
    return json.dumps({"model": "m", "choices": [{"index": 0, "delta": {"content": text},
                                                  "finish_reason": finish}]}, ensure_ascii=False)


def reply(body, headers="Content-Type: text/event-stream\r\n", status="200 OK"):
    """Its end is that of the connection."""
    return (f"HTTP/1.1 {status}\r\n{headers}Connection: close\r\n\r\n".encode() + body, CLOSE)


class StreamCase(ProviderCase):
    def script(self, answer):
        self.mock.script.pairs.clear()
        self.mock.script.on("", answer)

    def start(self, *arguments, **options):
        process = super().start(*arguments, **options)
        self.addCleanup(self.stop, process)
        return process

    @staticmethod
    def stop(process):
        """What a test that fails has left; by SIGTERM it takes its commands with it."""
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=PATIENCE)
        process.stdout.close()
        process.stderr.close()

    def read_until(self, process, text):
        """What has come on standard output, once that holds `text`."""
        got = ""
        while text not in got:
            piece = os.read(process.stdout.fileno(), 4096).decode()
            self.assertTrue(piece, f"the output ended with {got!r}")
            got += piece
        return got

    def caught(self, call):
        """A program that prints the error of the call, and the text that had come."""
        return self.compile(f"""flow main(m: str) {{
  {call} with (retries: 0) as asking
  asking - "error" >> print("${{error.kind}}|${{error.message}}|${{error.data.text}}")
}}
""")


class Stepped:
    """A server for one connection that sends what the test says, when it says it."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = "http://127.0.0.1:%d" % self.listener.getsockname()[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()
        self.listener.close()

    def accept(self):
        """Reads the request and sends the head of a stream that has no length."""
        self.connection, _ = self.listener.accept()
        self.connection.settimeout(PATIENCE)
        head = b""
        while b"\r\n\r\n" not in head:
            head += self.connection.recv(65536)
        self.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")

    def send(self, text):
        self.connection.sendall(text.encode())

    def close(self):
        self.connection.close()

    def wait_for_the_end(self):
        """Until the client has closed the connection."""
        try:
            while self.connection.recv(65536):
                pass
        except ConnectionResetError:
            pass
        self.connection.close()


class Live(StreamCase):
    def test_text_is_shown_before_the_answer_has_ended(self):
        program = self.compile(PRINTED % "")
        for form, model in MODELS.items():
            self.script(Answer("one two three",
                               delivery=Delivery(stop_after=6, end="silence")))
            process = self.start(program, model)
            self.read_until(process, "one")
            done = self.interrupt(process)
            self.assertEqual(done.returncode, 130, form)

    def test_the_answer_is_that_without_live(self):
        live, plain = self.compile(LIVE, "live"), self.compile(LIVE.replace(", live: true", ""), "plain")
        text = "Ein Wörtchen 😀, \"quoted\"\nand a line"
        for form, model in MODELS.items():
            for how in (Delivery(), Delivery(octets=1), Delivery(octets=3, line_end="\r\n"),
                        Delivery(line_end="\r", octets=7), Delivery(comments=True, leading_space=True),
                        Delivery(done=False, characters=2)):
                if form == "ollama" and how.comments or how.line_end == "\r" and form == "ollama":
                    continue
                self.script(Answer(text, usage=Usage(input=5, output=6), delivery=how,
                                   reasoning=(Reasoning("I think", "c2VhbA=="),)))
                with self.subTest(form=form, how=how):
                    shown, whole = self.run_flow(live, model), self.run_flow(plain, model)
                    self.assert_done(whole)
                    self.assert_done(shown, text + "\n" + whole.stdout)

    def test_bodies_are_those_of_the_clients(self):
        program = self.compile(PRINTED % "", "plain")
        bound = self.compile(PRINTED % ", max_tokens: 100", "bound")
        for form, model in MODELS.items():
            self.assert_done(self.run_flow(bound if form == "anthropic_messages" else program, model))
            self.assertEqual(self.last_body(), sent_by_client(form, "stream"), form)
            request = self.mock.requests[-1]
            self.assertNotIn("accept-encoding", request["headers"])
        self.run_flow(program, MODELS["gemini"])
        self.assertEqual(self.mock.requests[-1]["path"],
                         "/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse")

    def test_a_query_of_the_address_stays(self):
        self.env["GEMINI_BASE_URL"] += "/?key=1"
        self.assert_done(self.flow(PRINTED % "", MODELS["gemini"]))
        self.assertEqual(self.mock.requests[-1]["path"],
                         "/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse&key=1")

    def test_nothing_is_printed_twice(self):
        self.script(Answer("one two\nthree"))
        for source in (PRINTED % "", 'flow main(m: str) -> r { llm("hi", model: m, live: true) -> r }\n'):
            program = self.compile(source)
            self.assert_done(self.run_flow(program, "gpt-4.1"), "one two\nthree\n")
            self.assert_done(self.run_flow(program, "gpt-4.1", "--quiet"), "one two\nthree\n")
        twice = """flow main(m: str) {
  llm("hi", model: m, live: true) -> r
  print(r)
  print(r)
  print("${r}.")
}
"""
        self.assert_done(self.flow(twice, "gpt-4.1"), "one two\nthree\n" * 2 + "one two\nthree.\n")
        between = 'flow main(m: str) { llm("hi", model: m, live: true) -> r\n print("-")\n print(r) }\n'
        self.assert_done(self.flow(between, "gpt-4.1"), "one two\nthree\n-\none two\nthree\n")

    def test_what_cannot_be_shown_is_told_by_who_prints_it(self):
        program = self.compile(PRINTED % "")
        with open("/dev/full", "w") as full:
            done = subprocess.run([program, "echo"], env=self.env, stdout=full, stderr=subprocess.PIPE,
                                  text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot write to standard output: No space left on device", done.stderr)

    def test_echo(self):
        self.assert_done(self.flow(PRINTED % "", "echo"), "hi\n")

    def test_json_has_standard_output_for_itself(self):
        self.script(Answer("one two"))
        program = self.compile('flow main(m: str) -> r { llm("hi", model: m, live: true) -> r }\n')
        done = self.run_flow(program, "gpt-4.1", "--json")
        self.assert_done(done, '{"result":"one two"}\n')
        self.assertEqual(done.stderr, "one two\n")
        done = self.run_flow(program, "gpt-4.1", "--json", "--quiet")
        self.assertEqual((done.stdout, done.stderr), ('{"result":"one two"}\n', ""))

    def test_several_at_once_do_not_mix(self):
        self.mock.script.on("first", Answer("a b c d", delivery=Delivery(between_ms=20)))
        self.mock.script.on("second", Answer("e f g h", delivery=Delivery(between_ms=10)))
        source = """flow main(m: str) {
  par {
    llm("first", model: m, live: true) -> one
    llm("second", model: m, live: true) -> other
  }
}
"""
        done = self.flow(source, "gpt-4.1")
        self.assertIn(done.stdout, ("a b c d\ne f g h\n", "e f g h\na b c d\n"), done.stderr)

    def test_a_value_of_a_schema(self):
        self.script({"n": 7})
        done = self.flow("""schema N { n: int }
flow main(m: str) -> v { llm("hi", model: m, live: true, schema: N) -> v }
""", "gpt-4.1")
        self.assert_done(done, '{"n": 7}\n{"n":7}\n')

    def test_tools_between_the_texts(self):
        source = """## How warm it is
flow weather(city: str) -> said { let said = "12 in ${city}" }
flow main(m: str) {
  llm("hi", model: m, live: true, tools: [weather]) -> text as asked
  print("${asked.usage.input_tokens}")
}
"""
        program = self.compile(source)
        for form, model in MODELS.items():
            self.mock.script.pairs.clear()
            self.mock.script.on("12 in Oslo", Answer("It is 12."))
            self.mock.script.on("hi", Answer("I look.", tool_calls=(ToolCall("weather", {"city": "Oslo"}),),
                                             reasoning=(Reasoning("hm", "c2VhbA=="),)))
            with self.subTest(form=form):
                self.assert_done(self.run_flow(program, model), "I look.\nIt is 12.\n14\n")

    def test_calls_are_not_text(self):
        for form, model in MODELS.items():
            self.script(Answer("so", tool_calls=(ToolCall("look", {"city": "Oslo"}),)))
            done = self.flow(PRINTED % "", model)
            self.assertEqual(done.stdout, "so\n", form)
            self.assert_failed(done, "PF0913", "the model asks for tools, and it was given none")


class LiveOption(StreamCase):
    """--live shows the last answer of a model in `main`."""

    def setUp(self):
        super().setUp()
        self.script(Answer("one two", delivery=Delivery(characters=3)))

    def test_the_last_stage(self):
        for source in ('llm("hi") >> print()\n', 'flow main() -> r { llm("hi") -> r }\n',
                       'flow main() -> r { llm("hi") with (retries: 1) -> r }\n'):
            program = self.compile(source)
            plain = self.run_flow(program, "--model", "gpt-4.1")
            self.assert_done(plain, "one two\n")
            self.assertNotIn("stream", self.last_body())
            for more in (["--live"], ["--live", "--quiet"]):
                live = self.run_flow(program, "--model", "gpt-4.1", *more)
                self.assertEqual((live.stdout, live.stderr), ("one two\n", ""))
                self.assertTrue(self.last_body()["stream"])
            for value, streams in (("1", True), ("0", False), ("", False)):
                self.run_flow(program, "--model", "gpt-4.1", env={"PFLOW_LIVE": value})
                self.assertEqual("stream" in self.last_body(), streams)
            self.assert_done(self.run_flow(program, "--model", "echo", "--live"), "hi\n")

    def test_while_it_comes(self):
        self.script(Answer("one two three", delivery=Delivery(stop_after=4, end="silence")))
        process = self.start(self.compile('llm("hi") >> print()\n'), "--model", "gpt-4.1", "--live")
        self.read_until(process, "one")
        self.interrupt(process)

    def test_other_calls_are_not_shown(self):
        source = """flow helper(q: str) -> r { llm("helped ${q}") -> r }
flow main() {
  llm("first") -> one
  helper(one) -> two
  llm("last ${two}") >> write_file("out")
}
"""
        self.mock.script.pairs.clear()
        self.assert_done(self.flow(source, "--model", "mock", "--live"),
                         "mock: last mock: helped mock: first\n")
        self.assertEqual(["stream" in request["body"] for request in self.mock.requests],
                         [False, False, True])

    def test_values_are_not_shown(self):
        self.script({"n": 7})
        done = self.flow('schema N { n: int }\nflow main() -> v { llm("hi", schema: N) -> v }\n',
                         "--model", "gpt-4.1", "--live")
        self.assert_done(done, '{"n":7}\n')

    def test_no_parameter_has_its_name(self):
        (self.folder / "taken.pf").write_text("flow main(live: bool) { print(str(live)) }\n")
        done = subprocess.run([PFLOWC, "--check", self.folder / "taken.pf"], capture_output=True, text=True)
        self.assertIn("error[PF0216]: the parameter `live` has the name of an option", done.stderr)

    def test_with_json(self):
        done = self.flow('flow main() -> r { llm("hi") -> r }\n', "--model", "gpt-4.1", "--live", "--json")
        self.assertEqual((done.stdout, done.stderr), ('{"result":"one two"}\n', "one two\n"))


class Broken(StreamCase):
    """What is not a whole answer fails the call; `error.data` has the text so far."""

    def setUp(self):
        super().setUp()
        self.program = self.caught('llm("hi", model: m, live: true)')

    def told(self, model="gpt-4.1", **options):
        done = self.run_flow(self.program, model, **options)
        self.assert_done(done)
        return done.stdout

    def raw(self, *answers):
        left = list(answers)
        server = RawServer(lambda _: left.pop(0) if len(left) > 1 else left[0])
        server.__enter__()
        self.addCleanup(server.__exit__)
        self.env["OPENAI_BASE_URL"] = server.url
        return server

    def test_cut_before_the_end(self):
        for form, model in MODELS.items():
            for end in ("close", "reset", "end"):
                self.script(Answer(LONG, delivery=Delivery(stop_after=12, end=end)))
                with self.subTest(form=form, end=end):
                    shown, told = self.told(model).rsplit("\n", 2)[:2]
                    kind, why, text = told.split("|")
                    self.assertEqual(kind, "network")
                    self.assertRegex(why, "broke off|ended before it was whole")
                    self.assertEqual(json.loads(text), shown)
                    self.assertTrue(shown.startswith("w0 w1"), text)

    def test_an_error_in_mid_stream(self):
        for form, model in MODELS.items():
            self.script(Answer(LONG, delivery=Delivery(
                stop_after=12, end="error", error=Failure(503, "it is overloaded"))))
            with self.subTest(form=form):
                shown, told = self.told(model).rsplit("\n", 2)[:2]
                kind, why, text = told.split("|")
                self.assertEqual(kind, "model")
                self.assertIn("it is overloaded", why)
                self.assertEqual(json.loads(text), shown)

    def test_another_try_begins_a_line(self):
        broken = Answer("one two", delivery=Delivery(stop_after=2, end="close"))
        self.mock.script.on("hi", broken, Answer("whole"))
        self.assert_done(self.flow(PRINTED % "", "gpt-4.1"), "one\nwhole\n")

    def test_statuses(self):
        for form, model in MODELS.items():
            self.script(Failure(429, "slow down", retry_after="7"))
            with self.subTest(form=form):
                done = self.flow(PRINTED % "", model)
                self.assert_failed(done, "PF0907", "the provider limits the rate of requests (HTTP 429): "
                                                   "slow down")
                self.assertIn("Retry-After is 7", done.stderr)
                self.assertEqual(done.stdout, "")

    def test_what_is_no_stream(self):
        html = b"<html><p>data: please log in</p></html>"
        whole = b'{"model": "m",\n "choices": [{"message": {"content": "h\xc3\xa9"}}]}'
        self.raw(reply(html, "Content-Type: text/html\r\n"))
        self.assertIn("parse|the answer of the provider is not JSON", self.told())
        self.raw(reply(b""))
        self.assertIn("network|the answer ended before it was whole: it is empty", self.told())
        self.raw(reply(b": nothing yet\n\n"))
        self.assertIn("network|the answer ended before it was whole", self.told())
        self.raw(reply(b"data: {\"choices\": oops}\n\n"))
        self.assertIn("parse|an event in the answer of the provider is not JSON", self.told())
        self.raw(reply(whole, "Content-Type: application/json\r\n"))
        self.assertEqual(self.told(), "hé\n")
        self.raw(reply(b"h\xe9", "Content-Type: text/plain; charset=latin-1\r\n"))
        self.assertIn("parse|the answer of the provider is not UTF-8", self.told())

    def test_a_reset_behind_the_end_is_none(self):
        body = sse(chunk("a"), chunk("b", "stop")).encode()
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
        self.raw((head + body, RESET))
        self.assertEqual(self.told(), "ab\n")

    def test_a_connection_that_stays_open_behind_the_end(self):
        self.mock.script.on("hi", Answer("one two", delivery=Delivery(stop_after=5, end="silence")))
        self.assertEqual(self.told(), "one two\n")

    def test_keys_are_not_shown(self):
        key = self.env["OPENAI_API_KEY"]
        self.raw(reply(sse(json.dumps({"error": {"message": f"{key} is out of credit"}})).encode()))
        self.assertIn("[key] is out of credit", self.told())


class FirstToken(StreamCase):
    """`first_token` bounds the wait for the first piece of text."""

    CALLS = ('llm("hi", model: m, first_token: %s)', 'llm("hi", model: m, live: true, first_token: %s)',
             'llm_stream("hi", model: m, first_token: %s) >> collect()')

    def told(self, call, duration, answer):
        self.mock.script.pairs.clear()
        self.mock.script.on("", answer)
        return self.flow("""flow main(m: str) {
  %s with (retries: 0) as asking >> print()
  asking - "error" >> print("${error.kind}|${error.message}")
}
""" % call % duration, "gpt-4.1").stdout

    def test_no_text_within_it(self):
        told = "timeout|no text of the answer came within 50ms\n"
        for call in self.CALLS[:2]:
            self.assertEqual(self.told(call, "50ms", Hang()), told)
            # A head and an event without text are none.
            self.assertEqual(self.told(call, "50ms", Answer(
                "x", delivery=Delivery(stop_after=1, end="silence"))), told)

    def test_of_a_stream(self):
        self.script(Hang())
        done = self.flow('llm_stream("hi", model: "gpt-4.1", first_token: 50ms) >> each p { print(p) }\n')
        self.assert_failed(done, "PF0908", "no text of the answer came within 50ms")
        self.assertIn("the last of 3 tries", done.stderr)
        self.assertEqual(len(self.mock.requests), 3)

    def test_another_try_may_be_faster(self):
        self.mock.script.on("", Hang(), Answer("fine"))
        self.assert_done(self.flow('llm("hi", model: "gpt-4.1", first_token: 50ms) >> print()\n'), "fine\n")

    def test_behind_the_first_piece_it_means_nothing(self):
        slow = Answer("a b c", delivery=Delivery(between_ms=400))
        self.assertEqual(self.told(self.CALLS[0], "1s", slow), "a b c\n")

    def test_values_that_cannot_be(self):
        done = self.flow('flow main(d: duration) { llm("x", model: "gpt-4.1", first_token: d) >> print() }\n',
                         "0s")
        self.assert_failed(done, "PF0912", "`first_token` is 0s; expected more")


PIECES = 'flow main(m: str) { llm_stream("hi", model: m) >> each p { print("<${p}>") } }\n'


class Pieces(StreamCase):
    """llm_stream."""

    def stepped(self):
        server = Stepped()
        self.addCleanup(server.__exit__)
        self.env["OPENAI_BASE_URL"] = server.url
        return server

    def test_pieces_as_the_provider_sends_them(self):
        program = self.compile(PIECES)
        for form, model in MODELS.items():
            self.script(Answer("one two\nthree é", reasoning=(Reasoning("hm", "c2VhbA=="),)))
            with self.subTest(form=form):
                self.assert_done(self.run_flow(program, model), "<one>\n< two\nthree>\n< é>\n")

    def test_a_piece_is_there_before_the_next_one_is_sent(self):
        server = self.stepped()
        process = self.start(self.compile(PIECES), "gpt-4.1")
        server.accept()
        for piece in ("a", "b", "é"):
            server.send(sse(chunk(piece)))
            self.assertEqual(self.read_until(process, "\n"), f"<{piece}>\n")
        server.send(sse(chunk("", "stop")))
        server.close()
        self.assert_done(self.communicate(process), "")

    def test_a_stream_that_is_dropped_closes_its_connection(self):
        os.mkfifo(self.work / "gate")
        server = self.stepped()
        process = self.start(self.compile("""flow main() {
  llm_stream("hi", model: "gpt-4.1") >> stream_take(2) >> collect() -> some
  shell("cat gate") -> rest
  print("${some.join()}${rest}")
}
"""))
        server.accept()
        server.send(sse(chunk("a"), chunk("b"), chunk("c")))
        server.wait_for_the_end()
        (self.work / "gate").write_text("!")
        self.assert_done(self.communicate(process), "ab!\n")

    def test_an_interrupt_while_pulling(self):
        server = self.stepped()
        process = self.start(self.compile(PIECES), "gpt-4.1")
        server.accept()
        server.send(sse(chunk("a")))
        self.read_until(process, "a")
        done = self.interrupt(process)
        self.assertEqual((done.returncode, done.stderr), (130, ""))
        server.wait_for_the_end()

    def test_a_slow_consumer_stops_the_server(self):
        os.mkfifo(self.work / "gate")
        server = self.stepped()
        process = self.start(self.compile("""flow main() {
  llm_stream("hi", model: "gpt-4.1") >> each p { shell("cat gate")
    p } >> stream_take(1) >> collect() -> some
  print(some[0])
}
"""))
        server.accept()
        server.connection.setblocking(False)
        block = sse(chunk("x" * 1000)).encode() * 1000
        sent, most, idle = 0, 64 << 20, 0
        server.connection.setblocking(True)
        server.send(sse(chunk("first")))
        server.connection.setblocking(False)
        while sent < most and idle < 50:
            try:
                sent += server.connection.send(block[sent % len(block):])
                idle = 0
            except BlockingIOError:
                time.sleep(0.02)
                idle += 1
        self.assertLess(sent, most, "it was read although nobody pulls")
        (self.work / "gate").write_text("")
        self.assert_done(self.communicate(process), "first\n")

    def test_all_of_a_long_answer_comes_to_a_slow_consumer(self):
        text = " ".join(f"word{i}" for i in range(1500))
        self.script(Answer(text))
        source = """flow main(m: str) {
  llm_stream("hi", model: m) >> each p { sleep(1ms)
    p } >> collect() -> all
  write_file("out", all.join())
}
"""
        self.assert_done(self.flow(source, "gpt-4.1"))
        self.assertEqual((self.work / "out").read_text(), text)

    def test_before_the_first_piece_the_call_fails_and_is_tried_again(self):
        program = self.compile(PIECES)
        for model in MODELS.values():
            self.mock.script.pairs.clear()
            self.mock.script.on("", Failure(503), Answer("a b", delivery=Delivery(stop_after=0)),
                                Answer("one two"))
            self.assert_done(self.run_flow(program, model), "<one>\n< two>\n")

    def test_behind_it_the_pull_fails(self):
        for form, model in MODELS.items():
            self.script(Answer(LONG, delivery=Delivery(stop_after=12)))
            done = self.flow(PIECES, model)
            self.assertTrue(done.stdout.startswith("<w0>\n< w1>\n"), form)
            self.assert_failed(done, "PF0905", "the answer broke off, from http://127.0.0.1")

    def test_endings(self):
        self.script(Answer("so far", finish="length"))
        self.assert_failed(self.flow(PIECES, "gpt-4.1"), "PF0913", "the answer is cut off")
        self.assert_done(self.flow(PIECES.replace("model: m", "model: m, partial: true"), "gpt-4.1"),
                         "<so>\n< far>\n")
        self.script(Answer(None, refusal="I will not."))
        done = self.flow(PIECES, "gpt-4.1")
        self.assert_failed(done, "PF0913", "the model refused")
        self.assertEqual(done.stdout, "")

    def test_a_whole_body_is_one_piece(self):
        body = b'{"model": "m", "choices": [{"message": {"content": "one two"}}]}'
        with RawServer(lambda _: reply(body)) as server:
            self.env["OPENAI_BASE_URL"] = server.url
            self.assert_done(self.flow(PIECES, "gpt-4.1"), "<one two>\n")

    def test_echo_streams_by_word(self):
        program = self.compile('flow main(p: str) { llm_stream(p, model: "echo") >> each w { print("<${w}>") } }\n')
        self.assert_done(self.run_flow(program, " one  two\nthree "), "< one  >\n<two\n>\n<three >\n")
        self.assert_done(self.run_flow(program, ""), "")


class Items(StreamCase):
    """llm_items."""

    ITEMS = """schema City { name: str; people: int? }
flow main(m: str, prompt: str = "hi") {
  llm_items(prompt, model: m, schema: City) >> each c { print("${c.name}:${c.people ?? 0}") }
}
"""

    def test_each_item_as_soon_as_it_is_whole(self):
        server = Stepped()
        self.addCleanup(server.__exit__)
        self.env["OPENAI_BASE_URL"] = server.url
        process = self.start(self.compile(self.ITEMS), "gpt-4.1")
        server.accept()
        text = '{"value": [{"name": "a]}\\"", "people": null}, {"name": "b", "people": 7}]}'
        for at, character in enumerate(text):
            server.send(sse(chunk(character)))
            if text[:at + 1].endswith("null}"):
                self.assertEqual(self.read_until(process, "\n"), 'a]}":0\n')
        server.send(sse(chunk("", "stop")))
        server.close()
        self.assert_done(self.communicate(process), "b:7\n")

    def test_every_provider_is_asked_for_the_list(self):
        for form, model in MODELS.items():
            self.script(Answer('```json\n{"value":[{"name":"a","people":1},{"name":"b","people":null}]}\n```',
                               delivery=Delivery(characters=3)))
            with self.subTest(form=form):
                self.assert_done(self.flow(self.ITEMS, model), "a:1\nb:0\n")
                self.assertIn('"people"', json.dumps(self.last_body()))

    def test_an_item_that_does_not_fit(self):
        self.script(Answer('[{"name":"a"},{"name":7}]'))
        done = self.flow(self.ITEMS, "gpt-4.1")
        self.assertEqual(done.stdout, "a:0\n")
        self.assert_failed(done, "PF0911", "$[1].name: expected str, found")
        self.assertIn("the model was asked for `[City]`", done.stderr)

    def test_answers_without_a_whole_list(self):
        for text, seen in (("There are none.", ""), ('[{"name":"a"}, {"na', "a:0\n")):
            self.script(Answer(text))
            done = self.flow(self.ITEMS, "gpt-4.1")
            self.assertEqual(done.stdout, seen)
            self.assert_failed(done, "PF0911", "the answer holds no whole list")

    def test_scalars(self):
        source = """flow main(texts: str) {
  llm_items("[1, 22 ,-3]", model: "echo", schema: int) >> collect() -> numbers
  llm_items(texts, model: "echo") >> collect() -> said
  llm_items("[]", model: "echo") >> count() -> none_at_all
  print("${numbers} ${said} ${none_at_all}")
}
"""
        self.assert_done(self.flow(source, '["a b", "c\\"]"]'), '[1,22,-3] ["a b","c\\"]"] 0\n')


if __name__ == "__main__":
    unittest.main()
