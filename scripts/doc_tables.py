"""Tables of docs/language/ that are made from tables of the sources.

In a page a table stands between `<!-- made: NAME -->` and `<!-- end -->`. `updated(page)` is the page's
text with its tables made anew. Cells that the sources do not know are kept by the row's first cell;
such a cell that is empty is one of `unfilled(text)`.
"""
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE = re.compile(r"(<!-- made: (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)

# PolicyValue and PolicyScope of ir/policies.h.
VALUES = {"Count": "`int`", "Number": "`int`", "Factor": "`float`", "Positive": "`float`",
          "Duration": "`duration`", "Switch": "`bool`", "Kinds": "`[str]`",
          "Lifetime": "`bool` or `duration`", "Doubt": "a text", "Reaction": "a word", "Result": "of the stage",
          "Bound": "`int`"}
SCOPES = {"Stage": "stage", "Whole": "whole", "Each": "each", "Repeated": "repeated"}
POLICY_HEAD = ["policy", "type", "value", "scope", "default", "who takes it"]
KIND_HEAD = ["kind", "code", "when", "tried again", "handled by a flow"]


def definition_rows(path, macro):
    """The arguments of each `macro(…)` of a .def file."""
    text = re.sub(r"^//.*$", "", (ROOT / path).read_text(), flags=re.MULTILINE)
    for call in re.finditer(rf'^{macro}\(((?:[^()"]|"(?:\\.|[^"\\])*")*)\)', text, re.MULTILINE):
        cells = re.findall(r'"(?:\\.|[^"\\])*"|[^,\s][^,"]*', call.group(1))
        yield [cell.strip() for cell in cells]


def policy_row(word, value, scope, flags, expects):
    expects = expects[1:-1].replace('\\"', '"')
    needs = "; needs `retries`" if "NeedsRetries" in flags else ""
    return [f"`{word}`", VALUES[value], expects + needs, SCOPES[scope]]


def policies():
    """Those of `with (…)`; a bound of `skip(…)` stands with `on_error`."""
    rows = [policy_row(word, value, scope, flags, expects) for _, _, word, value, scope, flags, expects
            in definition_rows("ir/policies.def", "PFLOW_POLICY") if scope != "Skipping"]
    rows += [policy_row(word, value, scope, "", expects) for _, word, value, scope, expects
             in definition_rows("ir/policies.def", "PFLOW_LANGUAGE_POLICY")]
    return POLICY_HEAD, rows


def first_sentence(code):
    """Of the page of an error."""
    body = (ROOT / f"docs/errors/{code}.md").read_text().split("\n\n")[1]
    return re.split(r"(?<=\.)\s", body.strip())[0].replace("\n", " ")


def error_kinds():
    source = (ROOT / "runtime/src/failures/taken_failures.cpp").read_text()
    uncaught = set(re.findall(r"pending->kind == PF_E_(\w+)", source))
    rows = []
    for name, word, number, tries in definition_rows("runtime/include/pflow/tables/error_kinds.def",
                                                     "PF_ERROR_KIND"):
        code = f"PF09{int(number):02}"
        rows.append([f"`{word}`", f"[{code}](../errors/{code}.md)", first_sentence(code),
                     "yes" if tries == "true" else "no", "no" if name in uncaught else "yes"])
    return KIND_HEAD, rows


TABLES = {"policies": policies, "kinds": error_kinds}


def cells_of(line):
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def table(name, old):
    head, rows = TABLES[name]()
    kept = {cells[0]: cells for cells in map(cells_of, old.splitlines())}
    full = [row + kept.get(row[0], [""] * len(head))[len(row):] for row in rows]
    lines = [head, ["---"] * len(head), *full]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def updated(text):
    return MADE.sub(lambda made: made[1] + table(made[2], made[3]) + made[4], text)


def unfilled(text):
    """The first cells of rows that lack a cell which nobody but an author can fill."""
    return [cells_of(line)[0] for made in MADE.finditer(text)
            for line in made[3].splitlines() if "" in cells_of(line)]
