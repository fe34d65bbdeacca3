"""What models write, read by parse_llm: the value that is meant, and what is told of it."""
import json
import unittest

from flow_case import FlowCase
from written_answers import ROWS, Wrong

TYPES = {
    "item": "Item",
    "items": "[Item]",
    "order": "Order",
    "pet": "Pet",
    "place": "Place",
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


if __name__ == "__main__":
    unittest.main()
