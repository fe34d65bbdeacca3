"""Answers of models that are shown while they come, and what becomes of broken ones."""
import json
import subprocess
import unittest

from model_mock import Answer, Delivery, Failure, Reasoning, ToolCall, Usage
from raw_server import RESET, RawServer
from stream_case import LONG, StreamCase, chunk, reply, sse
from test_providers import MODELS, sent_by_client

LIVE = """flow main(m: str, prompt: str = "hi") {
  llm(prompt, model: m, live: true) -> text as asked
  print("${text}|${asked.finish}|${asked.model}|${asked.usage.input_tokens}+${asked.usage.output_tokens}")
}
"""
PRINTED = 'flow main(m: str) { llm("hi", model: m, live: true%s) >> print() }\n'


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
                         f"/v1beta/models/{MODELS['gemini']}:streamGenerateContent?alt=sse")

    def test_a_query_of_the_address_stays(self):
        self.env["GEMINI_BASE_URL"] += "/?key=1"
        self.assert_done(self.flow(PRINTED % "", MODELS["gemini"]))
        self.assertEqual(self.mock.requests[-1]["path"],
                         f"/v1beta/models/{MODELS['gemini']}:streamGenerateContent?alt=sse&key=1")

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
        self.assert_done(done)
        self.assertEqual(json.loads(done.stdout)["result"], "one two")
        self.assertEqual(done.stderr, "one two\n")
        done = self.run_flow(program, "gpt-4.1", "--json", "--quiet")
        self.assertEqual((json.loads(done.stdout)["result"], done.stderr), ("one two", ""))

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

    def test_a_parameter_may_have_its_name(self):
        source = 'flow main(live: bool) -> r { print(str(live)); llm("hi") -> r }\n'
        done = self.flow(source, "--model", "gpt-4.1", "--live", "--pflow-live")
        self.assert_done(done, "true\none two\n")

    def test_with_json(self):
        done = self.flow('flow main() -> r { llm("hi") -> r }\n', "--model", "gpt-4.1", "--live", "--json")
        self.assertEqual((json.loads(done.stdout)["result"], done.stderr), ("one two", "one two\n"))


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
                self.assertRegex(done.stderr, r"error\[PF0907\]: \w+/.*: the provider limits the rate of requests "
                                              r"\(HTTP 429\): slow down")
                self.assertIn("Retry-After is 7", done.stderr)
                self.assertEqual(done.stdout, "")

    def test_what_is_no_stream(self):
        html = b"<html><p>data: please log in</p></html>"
        whole = b'{"model": "m",\n "choices": [{"message": {"content": "h\xc3\xa9"}}]}'
        self.raw(reply(html, "Content-Type: text/html\r\n"))
        self.assertIn("parse|openai/gpt-4.1: the answer of the provider is not JSON", self.told())
        self.raw(reply(b""))
        self.assertIn("network|openai/gpt-4.1: the answer ended before it was whole: it is empty", self.told())
        self.raw(reply(b": nothing yet\n\n"))
        self.assertIn("network|openai/gpt-4.1: the answer ended before it was whole", self.told())
        self.raw(reply(b"data: {\"choices\": oops}\n\n"))
        self.assertIn("parse|openai/gpt-4.1: an event in the answer of the provider is not JSON", self.told())
        self.raw(reply(whole, "Content-Type: application/json\r\n"))
        self.assertEqual(self.told(), "hé\n")
        self.raw(reply(b"h\xe9", "Content-Type: text/plain; charset=latin-1\r\n"))
        self.assertIn("parse|openai/gpt-4.1: the answer of the provider is not UTF-8", self.told())

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


if __name__ == "__main__":
    unittest.main()
