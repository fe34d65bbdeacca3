"""What models write, read by parse_llm: the value that is meant, and what is told of it."""
import json
import unittest

from flow_case import FlowCase
from test_llm import LlmCase
from written_answers import CUT, PROSE, ROWS, Wrong

TYPES = {
    "item": "Item",
    "items": "[Item]",
    "order": "Order",
    "pet": "Pet",
    "place": "Place",
    "shape": "Shape",
    "number": "int",
    "truth": "bool",
    "some": "int?",
    "word": "Word",
    "words": "[Word]",
    "texts": "[str]",
    "counts": "map<int>",
}
HEAD = """schema Item { name: str; price: float; count: int = 1; note: str? }
schema Order { id: int; items: [Item]; paid: bool; status: "open" | "on hold" | "shipped" }
schema Place { street_name: str; number: int as "houseNumber" }
schema Cat { name: str; lives: int }
schema Dog { name: str; barks: bool }
type Pet = Cat | Dog
schema Circle as "circle" { r: float }
schema Square as "square" { type: str }
type Shape = Circle | Square by "shape_kind"
type Word = "spam" | "not spam" | "unsure"
"""


def program():
    kinds = " | ".join(f'"{kind}"' for kind in TYPES)
    arms = "".join(
        f'    "{kind}" => {{ parse_llm(text, schema: {name}) -> {{ value: {kind}, mended: mended }}; '
        f'to_json({kind}) -> value }}\n' for kind, name in TYPES.items())
    return HEAD + f"flow main(kind: {kinds}, in text: str) -> (value, mended) {{\n" \
                  f"  match kind {{\n{arms}  }}\n}}\n"


class TypedAnswers(FlowCase):
    maxDiff = None

    def read(self, flow, kind, answer):
        """What a run tells: its result, or its error."""
        done = self.run_flow(flow, "--kind", kind, "--json", stdin=answer)
        told = json.loads(done.stdout or done.stderr)
        return told.get("result"), told.get("error")

    def test_as_they_are_meant(self):
        flow = self.compile(program())
        self.assertGreaterEqual(len(ROWS), 80)
        for kind, answer, meant, *mended in ROWS:
            with self.subTest(kind=kind, answer=answer[:200]):
                result, error = self.read(flow, kind, answer)
                if isinstance(meant, Wrong):
                    self.assertIsNotNone(error, result)
                    self.assertEqual((error["kind"], error["message"]), (meant.kind, meant.message))
                    self.assertEqual(error["data"], {"text": answer})
                else:
                    self.assertIsNotNone(result, error)
                    self.assertEqual(json.loads(result["value"]), meant)
                    self.assertEqual(result["mended"], mended)


class Executables(FlowCase):
    def test_without_client_and_event_loop(self):
        asks = self.compile('llm("x") >> print()\n').read_bytes()
        reads = self.compile('flow main(in x: str) -> n { parse_llm(x, schema: int) -> n }\n').read_bytes()
        for part in (b"CONNECT tunnel failed", b"UV_THREADPOOL_SIZE"):
            self.assertTrue(part in asks, part)
            self.assertFalse(part in reads, part)


class OfModels(LlmCase):
    """llm reads what a model answers as parse_llm does."""

    PROGRAM = """schema Entry { name: str; tags: [str] }
flow main(ask: str, parse: "strict" | "lenient" = "lenient", partial: bool = false)
  -> (name, tags, mended) {
  llm(ask, schema: Entry, parse: parse, partial: partial) -> entry as asked
  asked.mended -> mended
  entry.name -> name
  entry.tags -> tags
}
"""

    def answer(self, text, *arguments, program=PROGRAM):
        self.provider.script.on("", text)
        return self.run_flow(self.compile(program), "x", "--json", "--model", "scripted",
                             *arguments)

    def test_mended(self):
        done = self.answer("Here:\n```json\n{'name': 'Jo', 'tags': 'a'}\n```")
        self.assertEqual(json.loads(done.stdout)["result"], {
            "name": "Jo", "tags": ["a"],
            "mended": [PROSE, "$: other quotes than `\"` (and 2 more)",
                       "$.tags: one value read as a list of one"]})

    def test_exact_alone(self):
        text = "{'name': 'Jo', 'tags': []}"
        done = self.answer(text, "--parse", "strict")
        error = json.loads(done.stderr)["error"]
        self.assertEqual((error["kind"], error["data"]), ("parse", {"text": text}))
        self.assertEqual(error["message"], "the answer is no JSON: expected a string as key")

    def test_what_cannot_be_read_is_kept(self):
        text = "I am sorry, " * 20
        self.provider.script.on("", text)
        program = self.compile(self.PROGRAM)
        done = self.run_flow(program, "x", "--model", "scripted")
        self.assert_failed(done, "PF0910", "the answer is no JSON: there is no JSON in it")
        self.assertIn('the answer is "I am sorry, I am sorry, I am sorry, I am"...', done.stderr)
        done = self.run_flow(program, "x", "--model", "scripted", "--json")
        self.assertEqual(json.loads(done.stderr)["error"]["data"], {"text": text})

    def test_without_the_object_around_it(self):
        program = 'flow main(x: str) -> (n, mended) {\n' \
                  '  llm(x, schema: int) -> { response: n, mended: mended }\n}\n'
        done = self.answer("It is 42.", program=program)
        self.assertEqual(json.loads(done.stdout)["result"],
                         {"n": 42, "mended": ['$: "It is 42." read as 42']})

    def test_cut_off(self):
        program = self.compile(self.PROGRAM)
        text = '{"name": "Jo", "tags": ["a", "b"'
        done = self.run_flow(program, text, "--model", "ends:length", "--json")
        error = json.loads(done.stderr)["error"]
        self.assertEqual((error["kind"], error["data"]["text"]), ("model", text))
        done = self.run_flow(program, text, "--model", "ends:length", "--json", "--partial")
        self.assertEqual(json.loads(done.stdout)["result"],
                         {"name": "Jo", "tags": ["a", "b"], "mended": [CUT + " (and 1 more)"]})


if __name__ == "__main__":
    unittest.main()
