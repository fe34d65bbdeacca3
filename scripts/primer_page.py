"""docs/primer.md, which `pflowc primer` prints: its lists of nodes and commands are made, it names all
that there is, and its mistakes are mistakes.

A block ```pf wrong PFnnnn gives that code; with each line in front of a line `# right: …` replaced
by what stands there, it is a program without errors.
"""
import json
import re
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/primer.md"
WORDS = 6000
MADE = re.compile(r"(<!-- printed: (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
WRONG = re.compile(r"^```pf wrong (PF\d{4})\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RIGHT = re.compile(r"^.*\n( *)# right: (.*)$", re.MULTILINE)


def said(pflowc, *arguments):
    return subprocess.run([pflowc, *arguments], capture_output=True, text=True, check=True).stdout


def port(each):
    """`in items: [T]`; of an optional `?` says that it is `none` when left out."""
    text = ("in " if each.get("in") else "") + f"{each['name']}: {each['type']}"
    default = each.get("default")
    says_so = default == "none" and each["type"].endswith("?")
    return text if default is None or says_so else f"{text} = {default}"


def listed(node):
    if node["kind"] == "schema":
        return f"{node['name']} {{ {'; '.join(map(port, node['fields']))} }}"
    if node["kind"] == "type":
        return node["signature"]
    if node["module"] == "builtin":
        return node["signature"]
    outputs = ", ".join(f"{each['name']}: {each['type']}" for each in node["outputs"])
    arrow = f" -> ({outputs})" if len(node["outputs"]) > 1 else f" -> {outputs}" if outputs else ""
    effects = f"  # {', '.join(node['effects'])}" if node["effects"] else ""
    return f"{node['signature'].split('(')[0]}({', '.join(map(port, node['ports']))}){arrow}{effects}"


def nodes(pflowc):
    parts, module = [], None
    for node in json.loads(said(pflowc, "nodes", "--json")):
        if node["module"] == "recordings":  # nobody calls these: they are what `cassette` does
            continue
        if node["module"] != module:
            module = node["module"]
            parts.append(f"{module}:")
        parts.append("  " + listed(node))
    return "```\n" + "\n".join(parts) + "\n```\n"


def command_lines(pflowc):
    """Those of `pflowc help`: a name and what it does."""
    return said(pflowc, "help").partition("\nCommands:\n")[2].partition("\n\n")[0].splitlines()


def commands(pflowc):
    return "```\n" + "\n".join(re.sub(r"^ +(\S+) +", r"pflowc \1: ", line)
                               for line in command_lines(pflowc)) + "\n```\n"


LISTS = {"nodes": nodes, "commands": commands}


def pages(pflowc):
    text = PAGE.read_text()
    return {PAGE: MADE.sub(lambda made: made[1] + LISTS[made[2]](pflowc) + made[4], text)}


def names(pflowc):
    """What a reader must find: nodes, policies, kinds of errors, commands."""
    yield from (node["name"] for node in json.loads(said(pflowc, "nodes", "--json"))
                if node["module"] != "recordings")
    yield from (line.split()[0] for line in command_lines(pflowc))
    policies = (ROOT / "ir/policies.def").read_text()
    yield from re.findall(r"^PFLOW_POLICY\(\w+, \w+, (\w+), \w+, (?!Skipping)", policies, re.MULTILINE)
    yield from re.findall(r"^PFLOW_LANGUAGE_POLICY\(\w+, (\w+),", policies, re.MULTILINE)
    kinds = (ROOT / "runtime/include/pflow/tables/error_kinds.def").read_text()
    yield from re.findall(r"^PF_ERROR_KIND\(\w+, (\w+),", kinds, re.MULTILINE)


def check(pflowc, program):
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run([pflowc, "--check", "-Werror", "--error-format=short", "-"],
                              input=program, cwd=folder, capture_output=True, text=True)


def mistake_problems(pflowc, text):
    for code, program in WRONG.findall(text):
        wrong = check(pflowc, program)
        if f"[{code}]" not in wrong.stderr:
            yield f"docs/primer.md: a mistake does not give {code}\n{program}{wrong.stderr}"
        right = check(pflowc, RIGHT.sub(r"\1\2", program))
        if right.returncode != 0 or not RIGHT.search(program):
            yield f"docs/primer.md: what is right of {code} is not\n{program}{right.stderr}"


def problems(pflowc):
    text = said(pflowc, "primer")
    count = len(text.split())
    if count > WORDS:
        yield f"docs/primer.md has {count} words, more than {WORDS}"
    known = set(re.findall(r"\w+", text))
    yield from (f"docs/primer.md does not name `{name}`" for name in sorted({*names(pflowc)} - known))
    if not WRONG.search(text):
        yield "docs/primer.md shows no mistakes"
    yield from mistake_problems(pflowc, text)
