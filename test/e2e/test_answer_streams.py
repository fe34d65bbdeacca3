"""Answers of models as streams: bounded waits, pieces of text, items of lists."""
import json
import os
import time
import unittest

from model_mock import Answer, Delivery, Failure, Hang, Reasoning
from raw_server import RawServer
from stream_case import LONG, Stepped, StreamCase, chunk, reply, sse
from test_providers import MODELS


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
        told = "timeout|openai/gpt-4.1: no text of the answer came within 50ms\n"
        for call in self.CALLS[:2]:
            self.assertEqual(self.told(call, "50ms", Hang()), told)
            # A head and an event without text are none.
            self.assertEqual(self.told(call, "50ms", Answer(
                "x", delivery=Delivery(stop_after=1, end="silence"))), told)

    def test_of_a_stream(self):
        self.script(Hang())
        done = self.flow('llm_stream("hi", model: "gpt-4.1", first_token: 50ms) >> each p { print(p) }\n')
        self.assert_failed(done, "PF0908", "openai/gpt-4.1: no text of the answer came within 50ms")
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
            self.assertRegex(done.stderr, r"error\[PF0905\]: \w+/.*: the answer broke off, from http://127.0.0.1")

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
