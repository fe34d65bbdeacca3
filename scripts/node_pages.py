"""The pages of the nodes: docs/nodes/MODULE.md is what `pflowc nodes` prints of an interface file in
stdlib-nodes/, the index docs/nodes.md is made of what it knows of all nodes."""
import json
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs/nodes"
INDEX = ROOT / "docs/nodes.md"
# Written by hand: what frontend/sema/calls/builtins.cpp implements.
BUILTIN = FOLDER / "builtin.md"
WIDTH = 96

SIGNATURE = re.compile(r"^```\n(.*)\n```$", re.MULTILINE)

INDEX_HEAD = """# The standard nodes

Made from the interface files in `stdlib-nodes/` by `scripts/check_docs.py --update`; the functions of
the compiler itself are in [builtin](nodes/builtin.md). `pflowc nodes` prints the same. On the pages of the modules

- a port with `= default` may be left out; `in` marks what `>>` feeds, `out` what it passes on;
- *pure* nodes may be called inside expressions and as methods, the others have the effects named;
- a stage of a node ends with the action `default` or `error`, and with others where its page names them.

How ports are bound is in [keys](language/keys.md#binding-ports-by-name).
"""


def sections_of(page):
    """Name and text of each section of a page."""
    for section in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        name, text = section.split("\n", 1)
        yield name, text.strip()


def nodes_of(pflowc, *arguments):
    """What `pflowc nodes` says as text, or as JSON."""
    return subprocess.run([pflowc, "nodes", *arguments], capture_output=True, text=True,
                          check=True).stdout


def effects_of(node):
    return "pure" if node.get("pure") else ", ".join(f"`{each}`" for each in node.get("effects", []))


def index_part(module, nodes):
    """The rows of a module in the index."""
    lines = [f"\n## {module}\n", "| | | effects |", "|---|---|---|"]
    for node in nodes:
        name, summary = node["name"], node["summary"].replace("|", "\\|")
        lines.append(f"| [`{name}`](nodes/{module}.md#{name.lower()}) | {summary} | {effects_of(node)} |")
    return "\n".join(lines) + "\n"


def pages(pflowc):
    """Each page that is made, with its text."""
    interfaces = sorted((ROOT / "stdlib-nodes").glob("*/*.pf"))
    made = {FOLDER / f"{each.stem}.md": nodes_of(pflowc, str(each)) for each in interfaces}
    index, nodes = INDEX_HEAD, json.loads(nodes_of(pflowc, "--json"))
    modules = sorted({node["module"] for node in nodes})
    index += "\n" + " · ".join(f"[{name}](#{name})" for name in modules) + "\n"
    for module in modules:
        index += index_part(module, [node for node in nodes if node["module"] == module])
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


def kinds_in(*folders):
    """The kinds of errors that sources name, without what no flow can handle."""
    text = "".join(path.read_text() for folder in folders for path in (ROOT / folder).rglob("*.[ch]*"))
    return {kind.lower() for kind in re.findall(r"\bPF_E_(\w+)", text)} - {"cancelled", "internal"}


def error_problems():
    """Where the kinds that interfaces name are not those that their sources raise. What the runtime
    raises for a node, such as `network`, stands in its own folders."""
    shared = kinds_in("runtime/src/http", "runtime/src/json", "runtime/src/recorder", "stdlib-nodes/files")
    for interface in sorted((ROOT / "stdlib-nodes").glob("*/*.pf")):
        said = {kind for kinds in re.findall(r"\berrors\(([^)]*)\)", interface.read_text())
                for kind in re.findall(r"\w+", kinds)}
        raised = kinds_in(f"stdlib-nodes/{interface.stem}")
        yield from (f"{interface.name}: no node names the kind `{kind}`" for kind in raised - said)
        yield from (f"{interface.name}: nothing fails with the kind `{kind}`"
                    for kind in said - raised - shared)


def problems():
    return [*builtin_problems(), *example_problems(), *orphan_problems(), *error_problems()]
