"""The functions on text and numbers as flows call them."""
import unittest

from flow_case import FlowCase


class Functions(FlowCase):
    def show(self, *expressions):
        """What each expression prints, a line each."""
        body = "".join(f"  print({expression})\n" for expression in expressions)
        done = self.flow("flow main() {\n" + body + "}\n")
        self.assert_done(done)
        return done.stdout.splitlines()

    def test_case_and_space(self):
        self.assertEqual(
            self.show(
                '"straße Ähre привет".upper()',
                'lower("ÀÉÎ ΑΒΓ")',
                '"[" + " \\t x \\n".trim() + "]"',
                '"[" + "  x  ".trim_start() + "]"',
                '"[" + "  x  ".trim_end() + "]"',
            ),
            ["STRAßE ÄHRE ПРИВЕТ", "àéî αβγ", "[x]", "[x  ]", "[  x]"],
        )

    def test_lists_of_texts(self):
        self.assertEqual(
            self.show(
                '"a,b,,c".split(",")',
                '"a\\r\\nb\\n".lines()',
                '" two  words ".words()',
                '"né😀".chars()',
                '["a", "b"].join(" & ")',
                '"a b c".words().map(w => w.upper()).filter(w => w != "B").join("")',
                '"x".split(",").join()',
            ),
            [
                '["a","b","","c"]',
                '["a","b"]',
                '["two","words"]',
                '["n","é","😀"]',
                "a & b",
                "AC",
                "x",
            ],
        )

    def test_search_and_replace(self):
        self.assertEqual(
            self.show(
                '"banana".replace("an", "-")',
                '"banana".contains("nan")',
                '"banana".starts_with("ba") and "banana".ends_with("na")',
                '"a1b22".find_all("[0-9]+")',
                '"a1b22".matches(r"\\d\\d$")',
                '"john smith".replace_re(r"(\\w+) (\\w+)", "$2, $1")',
                '"Hello, World!".lower().replace_re(r"[^a-z0-9]+", "-")',
            ),
            ["b--a", "true", "true", '["1","22"]', "true", "smith, john", "hello-world-"],
        )

    def test_shape(self):
        self.assertEqual(
            self.show(
                '"7".pad_start(3, "0")',
                '"[" + "é".pad_end(3) + "]"',
                '"ab".repeat_text(3)',
                '"a\\nb".indent("> ")',
                'dedent("    a\\n      b")',
            ),
            ["007", "[é  ]", "ababab", "> a", "> b", "a", "  b"],
        )

    def test_numbers(self):
        self.assertEqual(
            self.show("round(2.5)", "floor(-1.5)", "ceil(1.2)", "sqrt(2.25)", "pow(2, 10)"),
            ["3", "-2", "2", "1.5", "1024.0"],
        )

    def test_failures_stand_at_the_call(self):
        done = self.flow('flow main(n: int) {\n  print("ab".repeat_text(n))\n}\n', "--n=-1")
        self.assert_failed(done, "PF0912", "`count` is -1; expected 0 or more")
        self.assertIn("--> flow.pf:2:", done.stderr)
        done = self.flow('flow main(p: str) {\n  print("ab".matches(p))\n}\n', "(")
        self.assert_failed(done, "PF0912", "the regular expression `(` is malformed")

    def test_functions_in_function_nodes(self):
        source = """node slug(title: str) -> str {
  let s = title.trim().lower()
  s.replace_re(r"[^a-z0-9]+", "-")
}

flow main(title: str) { slug(title) >> print() }
"""
        self.assert_done(self.flow(source, "  Hello World "), "hello-world\n")


if __name__ == "__main__":
    unittest.main()
