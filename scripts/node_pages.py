"""The pages of the nodes: docs/nodes/MODULE.md from each interface file in stdlib-nodes/, and the
index docs/nodes.md. A node's example is a ```pf block of its doc comment."""
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs/nodes"
INDEX = ROOT / "docs/nodes.md"
# Written by hand: what frontend/sema/calls/builtins.cpp implements.
BUILTIN = FOLDER / "builtin.md"
WIDTH = 96

EXAMPLE = re.compile(r"\n*^```pf\n.*?^```$", re.MULTILINE | re.DOTALL)
SIGNATURE = re.compile(r"^```\n(.*)\n```$", re.MULTILINE)
DECLARED = re.compile(r"^(pure )?extern node (\w+)(.*?)(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
ATTRIBUTE = re.compile(r"\b(effects|retries|actions)\(([^)]*)\)|\b(async|preflight|settings)\b")
DOCUMENTED = re.compile(r"##[^\n]*\n\s*(?:out )?\w+: ")
ROW = re.compile(r"^- `", re.MULTILINE)
SAID = {"async": "Waits without blocking other stages.",
        "preflight": "Checked before the flow begins.",
        "settings": "Its settings are part of the key of `cache`."}

INDEX_HEAD = """# The standard nodes

Made from the interface files in `stdlib-nodes/` by `scripts/check_docs.py --update`; the functions of
the compiler itself are in [builtin](nodes/builtin.md). On the pages of the modules

- a port with `= default` may be left out; `in` marks what `>>` feeds, `out` what it passes on;
- *pure* nodes may be called inside expressions and as methods, the others have the effects named;
- a stage of a node ends with the action `default` or `error`, and with others where its page names them.

How ports are bound is in [keys](language/keys.md#binding-ports-by-name).
"""


class Declared(NamedTuple):
    """What an interface file says of a node beside what `--emit-node-docs` tells."""
    said: str      # of its attributes
    effects: str   # for the index
    outputs: int   # how many of them have a doc comment


def declared(interface):
    """The nodes of an interface file by their names."""
    found = {}
    for pure, name, declaration in DECLARED.findall(interface.read_text()):
        effects, said = "pure" if pure else "", []
        for key, value, word in ATTRIBUTE.findall(declaration.splitlines()[-1]):
            if key == "effects":
                effects = ", ".join(f"`{effect.strip()}`" for effect in value.split(","))
            elif key == "retries":
                said.append(f"Retries of its own: {value}.")
            elif key == "actions":
                said.append(f"Actions besides `default` and `error`: {value}.")
            else:
                said.append(SAID[word])
        said.insert(0, "Pure." if pure else f"Effects: {effects}.")
        outputs = declaration.partition(") -> (")[2]
        found[name] = Declared(" ".join(said), effects, len(DOCUMENTED.findall(outputs)))
    return found


def split_ports(ports):
    """At the commas between ports."""
    depth, parts = 0, [""]
    for char in ports:
        depth += (char in "([{<") - (char in ")]}>")
        if char == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts]


def laid_out(signature):
    """A long signature with a line for each port."""
    if len(signature) <= WIDTH:
        return signature
    name, inputs, outputs = re.fullmatch(r"([^(]*)\((.*?)\)(?: -> \((.*)\))?", signature).groups()
    text = f"{name}(\n  " + ",\n  ".join(split_ports(inputs)) + "\n)"
    return text + f" -> ({outputs})" if outputs else text


def with_outputs_apart(text, outputs):
    """The rows of the outputs are the last ones."""
    rows = [row.start() for row in ROW.finditer(text)]
    if outputs == 0:
        return text
    at = rows[-outputs]
    return text[:at] + ("\n" if len(rows) > outputs else "") + "Outputs:\n\n" + text[at:]


def node_section(text, node):
    """Signature and ports behind what the node does, its attributes and the example last."""
    example = EXAMPLE.search(text)
    text = EXAMPLE.sub("", text, count=1)
    text = SIGNATURE.sub(lambda found: f"```\n{laid_out(found[1])}\n```", text)
    text = with_outputs_apart(text, node.outputs)
    parts = [text.strip(), node.said] + ([example[0].strip()] if example else [])
    return "\n\n".join(parts) + "\n\n"


def module_page(pflowc, interface):
    text = subprocess.run([pflowc, "--emit-node-docs", str(interface)], capture_output=True,
                          text=True, check=True).stdout
    known = declared(interface)
    head, *sections = re.split(r"^### ", text, flags=re.MULTILINE)
    page = head.replace("## ", "# ", 1)
    for section in sections:
        name = section.split("\n")[0]
        made = node_section(section, known[name]) if name in known else section
        page += "## " + made
    return page.rstrip("\n") + "\n"


def sections_of(page):
    """Name and text of each section of a page."""
    for section in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        name, text = section.split("\n", 1)
        yield name, text.strip()


def summary(text):
    paragraph = text.split("\n\n")[0].replace("\n", " ")
    return re.split(r"(?<=\.) ", paragraph)[0].replace("|", "\\|")


def index_part(module, page, known):
    """The rows of a page in the index."""
    lines = [f"\n## {module}\n", "| | | effects |", "|---|---|---|"]
    for name, text in sections_of(page):
        effects = known[name].effects if name in known else ""
        lines.append(f"| [`{name}`](nodes/{module}.md#{name.lower()}) | {summary(text)} | {effects} |")
    return "\n".join(lines) + "\n"


def pages(pflowc):
    """Each page that is made, with its text."""
    made, index = {}, INDEX_HEAD
    interfaces = sorted((ROOT / "stdlib-nodes").glob("*/*.pf"))
    index += "\n" + " · ".join(f"[{name}](#{name})" for name in
                               sorted([*(each.stem for each in interfaces), "builtin"])) + "\n"
    index += index_part("builtin", BUILTIN.read_text(), {})
    for interface in interfaces:
        page = module_page(pflowc, interface)
        made[FOLDER / f"{interface.stem}.md"] = page
        index += index_part(interface.stem, page, declared(interface))
    return {**made, INDEX: index}


def builtin_problems():
    """Where the page of the builtin functions is not what the compiler has."""
    source = (ROOT / "frontend/sema/calls/builtins.cpp").read_text()
    shown = dict(sections_of(BUILTIN.read_text()))
    rows = re.findall(r'\{Builtin::\w+, "(\w+)", \{(.*)\}.*\},', source)
    yield from (f"docs/nodes/builtin.md: `{name}` is no function of the compiler"
                for name in shown.keys() - {name for name, _ in rows})
    for name, params in rows:
        signature = SIGNATURE.search(shown.get(name, ""))
        ports = re.findall(r"(\w+): ", signature[1]) if signature else []
        if ports != re.findall(r'"(\w+)"', params):
            yield f"docs/nodes/builtin.md: the signature of `{name}` has not the compiler's parameters"


def example_problems():
    """Nodes without an example."""
    for page in sorted(FOLDER.glob("*.md")):
        for name, text in sections_of(page.read_text()):
            if name[0].islower() and "```pf\n" not in text:
                yield f"docs/nodes/{page.name}: `{name}` has no example"


def orphan_problems():
    """Pages of modules that are gone."""
    modules = {interface.stem for interface in (ROOT / "stdlib-nodes").glob("*/*.pf")}
    return [f"docs/nodes/{page.name}: there is no such module" for page in FOLDER.glob("*.md")
            if page != BUILTIN and page.stem not in modules]


def problems():
    return [*builtin_problems(), *example_problems(), *orphan_problems()]
