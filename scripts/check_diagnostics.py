#!/usr/bin/env python3
"""Every diagnostic is real: its code is unique, the sources report it, it has a
page docs/errors/PFnnnn.md and a test test/lit/diagnostics/PFnnnn.pf that prints it."""
import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROW = re.compile(r'^PFLOW_DIAGNOSTIC\((\w+), (\d+), (Error|Warning|Note), "', re.M)
KIND = re.compile(r"^PF_ERROR_KIND\(\w+, (\w+), (\d+), ", re.M)
RETIRED = re.compile(r"^PFLOW_RETIRED\((\d+)\)", re.M)
REPORTERS = ["support", "frontend", "ir", "codegen", "tools"]
RUNTIME = ["runtime", "stdlib-nodes"]
# Codes that no test can print, and why.
UNTESTED = {
    909: "a cancelled executable ends with its signal's exit code and says nothing",
    916: "a bug of the runtime",
}


def text_of(folders):
    parts = []
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".cpp", ".h", ".hpp", ".c"):
                parts.append(path.read_text(errors="replace"))
    return "\n".join(parts)


def problems():
    table = (ROOT / "support/diagnostics.def").read_text()
    rows = [(name, int(code)) for name, code, _ in ROW.findall(table)]
    kinds = (ROOT / "runtime/include/pflow/tables/error_kinds.def").read_text()
    rows += [(f"run_{word}", 900 + int(number)) for word, number in KIND.findall(kinds)]
    assert rows and rows[-1][1] > 900, "the catalogue could not be read"
    codes = [code for _, code in rows] + [int(code) for code in RETIRED.findall(table)]
    for code, count in collections.Counter(codes).items():
        if count > 1:
            yield f"PF{code:04}: stands {count} times in the catalogue"

    reporters = set(re.findall(r"\bdiag::(\w+)", text_of(REPORTERS)))
    runtime = set(re.findall(r"\bPF_E_(\w+)", text_of(RUNTIME)))
    for name, code in rows:
        label = f"PF{code:04} ({name})"
        at_run_time = code // 100 == 9
        used = name.removeprefix("run_").upper() in runtime if at_run_time else name in reporters
        if not used and code not in UNTESTED:
            yield f"{label}: nothing reports it"
        page = ROOT / f"docs/errors/PF{code:04}.md"
        if not page.exists():
            yield f"{label}: no page {page.relative_to(ROOT)}"
        elif not page.read_text().startswith(f"# PF{code:04}: "):
            yield f"{label}: the page's title is not `# PF{code:04}: …`"
        test = ROOT / f"test/lit/diagnostics/PF{code:04}.pf"
        if code in UNTESTED:
            if test.exists():
                yield f"{label}: has a test now, so it is no exception"
        elif not test.exists():
            yield f"{label}: no test {test.relative_to(ROOT)}"
        elif not re.search(rf"CHECK.*\[PF{code:04}\]", test.read_text()):
            yield f"{label}: its test does not check for [PF{code:04}]"

    known = {f"PF{code:04}" for _, code in rows}
    for path in [*(ROOT / "docs/errors").glob("PF*"), *(ROOT / "test/lit/diagnostics").glob("PF*")]:
        if path.stem not in known:
            yield f"{path.relative_to(ROOT)}: no such code"


if __name__ == "__main__":
    found = list(problems())
    print("\n".join(found) or "every diagnostic is used, explained and tested")
    sys.exit(1 if found else 0)
