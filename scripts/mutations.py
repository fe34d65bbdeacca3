"""Small changes of C++ sources that a test should notice, found by tokens: one operator,
constant, condition or call each. Templates are told from comparisons by the blanks that
clang-format sets around operators."""

import re
from dataclasses import dataclass

# What holds no code of its own to change.
SKIPPED = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|R"(\w*)\(.*?\)\1"
      |^[ \t]*\#(?:\\\n|[^\n])*|^[ \t]*(?:static_assert|using|namespace|template)\b[^;{]*""",
    re.VERBOSE | re.DOTALL | re.MULTILINE)

OPERATORS = {
    "==": "!=", "!=": "==", "<": "<=", "<=": "<", ">": ">=", ">=": ">", "&&": "||", "||": "&&",
    "+": "-", "-": "+", "+=": "-=", "-=": "+=", "|": "&", "&": "|", "<<": ">>", ">>": "<<",
}
OPERATOR = re.compile(r"(?<= )(" + "|".join(re.escape(op) for op in
                                            sorted(OPERATORS, key=len, reverse=True)) + r")(?=\s)")
CONSTANT = re.compile(r"(?<![\w.'])(\d+|true|false)(?![\w.'])")
CONDITION = re.compile(r"\b(?:if|while) \(")
CALL = re.compile(r"^[ ]+((?:[\w:>.\-]|\[\w+\])+\([^;{}]*\);)[ ]*$", re.MULTILINE)
NO_CALL = re.compile(r"return|delete|throw|else|case|co_")


@dataclass(frozen=True)
class Mutation:
    offset: int
    old: str
    new: str

    def applied(self, text):
        assert text.startswith(self.old, self.offset)
        return text[:self.offset] + self.new + text[self.offset + len(self.old):]

    def shown(self):
        def short(part):
            return part if len(part) <= 40 else part[:39] + "…"
        return f"`{short(self.old)}` became `{short(self.new)}`" if self.new != ";" else \
            f"`{short(self.old)}` is gone"


def blanked(text):
    """The text with blanks for what is not changed, line ends kept."""
    return SKIPPED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def closing(code, at):
    """The offset of the bracket that closes the one at `at`; -1 when there is none."""
    depth = 0
    for i in range(at, len(code)):
        depth += {"(": 1, ")": -1}.get(code[i], 0)
        if depth == 0:
            return i
    return -1


def constants(code):
    flipped = {"true": "false", "false": "true", "0": "1", "1": "0"}
    for found in CONSTANT.finditer(code):
        new = flipped.get(found[1]) or str(int(found[1]) + 1)
        yield Mutation(found.start(), found[1], new)


def conditions(code, text):
    """`if (x)` turned round; declarations in conditions are left alone."""
    for found in CONDITION.finditer(code):
        begin, end = found.end() - 1, closing(code, found.end() - 1)
        inner = text[begin + 1:end]
        if end < 0 or ";" in inner or re.search(r"[^=!<>]=[^=]", inner):
            continue
        yield Mutation(begin, text[begin:end + 1], f"(!({inner}))")


def calls(code, text):
    for found in CALL.finditer(code):
        if not NO_CALL.match(found[1]):
            yield Mutation(found.start(1), text[found.start(1):found.end(1)], ";")


def mutations(text):
    """Every change of one source, in the order of the text."""
    code = blanked(text)
    found = [Mutation(op.start(1), op[1], OPERATORS[op[1]]) for op in OPERATOR.finditer(code)]
    found += [*constants(code), *conditions(code, text), *calls(code, text)]
    return sorted(found, key=lambda mutation: (mutation.offset, mutation.new))


def self_test():
    text = ('#define A 1 + 2\n// x == 1\nint f(std::vector<int> a, T&& b) {\n'
            '  if (a.size() < 3 && "1 == 2") return -1;\n  a.push_back(7);\n'
            '  const char* s = "a > b";  // 5 > 4\n  if (auto* x = g()) h = true;\n  return s + a;\n}\n')
    found = [(m.old, m.new) for m in mutations(text)]
    expected = [('(a.size() < 3 && "1 == 2")', '(!(a.size() < 3 && "1 == 2"))'), ("<", "<="),
                ("3", "4"), ("&&", "||"), ("1", "0"), ("a.push_back(7);", ";"), ("7", "8"),
                ("true", "false"), ("+", "-")]
    assert found == expected, found
    for mutation in mutations(text):
        assert mutation.applied(text) != text


if __name__ == "__main__":
    self_test()
