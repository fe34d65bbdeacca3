#!/usr/bin/env python3
"""An addition stays small: one op, one policy and one type stand for all, and are named
by no more files than docs/contributing.md lists under `## Add …`, within a limit.

A file of that list begins a point: - `path`: why. Comments do not count.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = "docs/contributing.md"
FOLDERS = ["support", "ir", "frontend", "codegen", "runtime", "stdlib-nodes", "tools", "grammar"]
SUFFIXES = (".cpp", ".h", ".hpp", ".def", ".g4")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)

# Heading -> what stands for all of its kind, what names it, how many files at most.
EXAMPLES = {
    "Add an op of the IR": ("JsonField", r"\bJsonField\b|\bemit_JsonField\b|\bpf_json_field\b", 6),
    "Add a policy": ("MaxWait", r"\bMaxWait\b|\bmax_wait\b|\b(PF_P_)?MAX_WAIT\b", 5),
    "Add a type": ("Url", r"\bTypeKind::Url\b|\bPF_URL\b|\btypes(_|\(\))?\.url\b"
                          r"|\bTypeTable::url\b|\bPF_TYPE\(Url\b", 8),
}


def listed(page, heading):
    """The text of the section, and the files that it lists; None without such a section."""
    section = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page, re.M | re.S)
    if section is None:
        return None, set()
    return section.group(1), set(re.findall(r"^- `([\w./-]+)`", section.group(1), re.M))


def problems(texts, page, examples):
    for heading, (name, pattern, limit) in examples.items():
        section, shown = listed(page, heading)
        if section is None or f"`{name}`" not in section:
            yield f"{PAGE}: `## {heading}` does not follow `{name}`"
            continue
        naming = {path for path, text in texts.items() if re.search(pattern, text)}
        for path in sorted(naming - shown):
            yield f"{path}: names {name}, and `## {heading}` of {PAGE} does not list it"
        for path in sorted(shown - naming):
            yield f"{PAGE}: `## {heading}` lists {path}, which does not name {name}"
        if len(naming) > limit:
            yield f"{name}: {len(naming)} files name it, the limit is {limit}"


def self_test():
    """The check refuses what it is for."""
    examples = {"Add a fruit": ("Pear", r"\bPear\b", 2)}
    page = "## Add a fruit\n`Pear` is one.\n\n- `a.def`: the row\n- `b.cpp`: what it does\n\n## Other\n"
    texts = {"a.def": "FRUIT(Pear)", "b.cpp": "eat(Pear);", "c.cpp": COMMENT.sub("", "// Pear\n")}
    assert not list(problems(texts, page, examples))
    assert list(problems({**texts, "c.cpp": "Pear"}, page, examples))
    assert list(problems({**texts, "b.cpp": ""}, page, examples))
    assert list(problems(texts, page.replace("Pear", "Plum"), examples))
    assert list(problems(texts, "", examples))
    many = {"Add a fruit": ("Pear", r"\bPear\b", 1)}
    assert list(problems(texts, page, many))


def main():
    self_test()
    texts = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in SUFFIXES and path.is_file():
                text = path.read_text(errors="replace")
                texts[path.relative_to(ROOT).as_posix()] = COMMENT.sub("", text)
    found = list(problems(texts, (ROOT / PAGE).read_text(), EXAMPLES))
    print("\n".join(found) or "additions stay within their lists")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
