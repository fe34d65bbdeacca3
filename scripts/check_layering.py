#!/usr/bin/env python3
"""Refuses an #include that the tables of folders and rooms do not allow, circles of
units, and files opened where a FileSystem is passed in.

The tables below are those of docs/architecture.md: who may use whom. An include path
is from the repository root; what is found in no folder of ours belongs to a library.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)

# Facts that compiler and executables share.
TABLES = "runtime/include/pflow/tables"

# Folder of ours -> folders of ours it may include. The longest prefix counts.
ALLOWED = {
    "support": ["support", TABLES],
    "ir": ["ir", "support", TABLES],
    "frontend/ast": ["frontend/ast", "support"],
    "frontend/habits": ["frontend/habits", "support"],
    "frontend/parse": ["frontend/parse", "frontend/ast", "frontend/habits", "grammar", "support",
                       TABLES],
    "frontend/format": ["frontend/format", "frontend/parse", "support"],
    "frontend/mcp": ["frontend/mcp", "frontend/json_schema", "support"],
    "frontend/openapi": ["frontend/openapi", "frontend/json_schema", "support"],
    "frontend/json_schema": ["frontend/json_schema", "support"],
    "frontend/packages": ["frontend/packages", "support", "runtime/include"],
    "frontend/sema": ["frontend/sema", "frontend/packages", "frontend/parse", "frontend/ast",
                      "frontend/habits", "frontend/mcp", "frontend/openapi", "ir", "support", TABLES],
    "frontend/lower": ["frontend/lower", "frontend/sema", "frontend/ast", "ir", "support"],
    "frontend/query": ["frontend/query", "frontend/sema", "frontend/packages", "frontend/parse",
                       "frontend/ast", "ir", "support", TABLES],
    "frontend/graph": ["frontend/graph", "frontend/query", "frontend/sema", "frontend/ast", "ir",
                       "support", TABLES],
    "grammar": ["grammar"],
    "codegen": ["codegen", "ir", "support", "runtime/include"],
    "runtime": ["runtime"],
    TABLES: [TABLES],
    "stdlib-nodes": ["stdlib-nodes", "runtime/include"],
    "tools": ["tools", "codegen", "frontend", "ir", "support", "runtime/src/cache", TABLES],
    "tools/driver/run": ["tools", "support", "runtime/include"],
    "tools/driver/packages": ["tools", "codegen", "frontend", "ir", "support", "runtime/include",
                              "stdlib-nodes/models_yaml"],
    "tools/driver/question": ["tools", "codegen", "frontend", "ir", "support", "runtime/include"],
    # What the files of PFLOW_HOME mean to executables.
    "tools/driver/home": ["tools", "support", "runtime/src/recorder", "runtime/include",
                          "stdlib-nodes/models/choice", "stdlib-nodes/models_yaml"],
    # When a tool has changed, executables and `pflowc mcp test` say alike.
    "tools/driver/mcp": ["tools", "frontend", "support", "runtime/include", "stdlib-nodes/mcp"],
    # What is YAML is read as executables read it.
    "tools/driver/schema": ["tools", "frontend", "support", "runtime/include"],
    "test": ["test", "tools", "codegen", "frontend", "ir", "support", "grammar", "runtime",
             "stdlib-nodes"],
}

# Header of a library -> folders of ours that may include it.
LIBRARIES = {
    r"antlr4-runtime|Flow(Lexer|Parser)": ["frontend/parse", "grammar"],
    r"llvm(-c)?/|lld/": ["codegen"],
    r"CLI/": ["tools"],
    r"fmt/": ["support", "ir", "frontend", "codegen", "tools", "test"],
    r"curl/": ["runtime", "test/bench"],
    r"nghttp2/": ["runtime/src/serve"],
    r"uv\.h|boost/": ["runtime", "stdlib-nodes", "frontend/mcp", "frontend/openapi", "frontend/json_schema", "tools/driver/home", "tools/driver/mcp", "tools/driver/openapi", "tools/driver/schema", "tools/driver/play", "tools/driver/question",
               "tools/graph", "tools/json", "tools/lsp",
               "test/unit/runtime", "test/unit/nodes", "test/unit/lsp", "test/fuzz",
              "test/bench"],
    r"toml\+\+/": ["frontend/packages"],
    r"zlib\.h": ["runtime"],
    r"yaml\.h": ["runtime"],
    r"re2/": ["runtime", "stdlib-nodes", "frontend/sema"],
    r"gtest/|gmock/": ["test"],
    r"fstream|dirent\.h|fcntl\.h|unistd\.h|sys/": ["codegen", "tools", "runtime", "stdlib-nodes",
                                                   "test"],
}

# What reads the machine's files; paths as such are text. These folders have a FileSystem instead.
FILE_ACCESS = re.compile(
    r"\b(?:std::filesystem|fs)::(?:\w*directory_iterator|exists|is_\w+|\w*canonical|absolute|"
    r"current_path|file_size|status|read_symlink)\b|\bfopen\(|[^:\w]::open\(|\bstd::\w*fstream\b")
WITHOUT_FILES = ["support", "ir", "grammar", "frontend"]

# Rooms: parent -> room -> rooms of that parent that it may include. "." is the parent
# itself. Rooms may include each other where their units make no circle.
ROOMS = {
    "frontend/parse": {
        ".": ["build"],
        "build": ["."],
    },
    "frontend/sema": {
        ".": ["files", "declare", "exprs", "calls", "stages", "flow"],
        "files": ["."],
        "declare": [".", "files", "types", "exprs", "calls"],
        "types": [".", "files"],
        "exprs": [".", "files", "types", "calls", "stages", "flow"],
        "templates": [".", "types", "exprs"],
        "calls": [".", "files", "types", "exprs", "templates", "stages"],
        "stages": [".", "files", "types", "exprs", "calls", "flow"],
        "flow": ["."],
    },
    "frontend/lower": {
        ".": ["module", "flow", "expr"],
        "module": [],
        "flow": ["module", "expr"],
        "expr": ["module"],
    },
    "codegen": {
        ".": ["module", "object"],
        "forms": ["."],
        "module": [".", "forms", "calls", "function"],
        "function": ["module", "ops"],
        "calls": ["module", "function", "ops"],
        "ops": ["function", "calls"],
        "object": ["."],
        "link": ["."],
    },
    "runtime/src": {
        "values": ["json", "failures", "running", "cleanup", "descriptors"],
        "json": ["values", "failures"],
        "failures": ["values", "json", "cleanup", "descriptors"],
        "running": ["values", "failures", "cleanup", "cache", "cores"],
        "templates": ["values", "failures"],
        "program": [
            "values", "json", "failures", "running", "cleanup", "descriptors", "cache", "cores", "recorder",
            "testing", "cassettes",
        ],
        "testing": ["values", "failures", "running", "cassettes"],
        "cleanup": [],
        "descriptors": [],
        "http": ["values"],
        "loop": ["running"],
        "cache": ["values", "json", "failures", "running", "program", "descriptors", "recorder"],
        "cores": ["values", "failures", "running", "cleanup"],
        "home": ["values", "program"],
        "recorder": ["values", "failures", "running", "json", "descriptors", "program"],
        "watching": ["values", "json", "failures", "descriptors", "program", "recorder", "running"],
        "otlp": ["values", "json", "failures", "descriptors", "recorder", "running", "watching"],
        "json_schema": [],
        "serve": ["values", "json", "failures", "running", "program", "recorder", "descriptors",
                  "cleanup"],
        "restate": ["values", "json", "failures", "running", "descriptors", "recorder", "journal",
                    "serve"],
        "journal": ["values", "json", "failures", "descriptors", "cleanup", "program", "recorder",
                    "running", "watching"],
        "yaml": ["values"],
        "platform": [],
        "cassettes": ["values", "failures", "program", "cleanup", "descriptors", "http", "yaml"],
    },
}


def room_of(path, parent):
    """The room of the parent in which the path lies, or None."""
    if not path.startswith(parent + "/"):
        return None
    first, _, rest = path.removeprefix(parent + "/").partition("/")
    return first if rest else "."


def wrong_rooms(path, target):
    for parent, rooms in ROOMS.items():
        source, goal = room_of(path, parent), room_of(target, parent)
        if source is None or goal is None or source == goal:
            continue
        if goal not in rooms.get(source, []):
            yield f"{parent}: {source} may not include {target}"


def unit_circles(texts):
    """Sets of units that include each other, in any number of steps. A unit is the files of
    one stem in a folder: a .cpp with its header."""
    unit = lambda path: path.rpartition(".")[0]
    wanted = {}
    for path, text in texts.items():
        goals = {unit(from_root(target)) for _, target in INCLUDE.findall(text)
                 if from_root(target) in texts}
        wanted.setdefault(unit(path), set()).update(goals - {unit(path)})

    def reached(start):
        seen, at = set(), [start]
        while at:
            at += (fresh := wanted.get(at.pop(), set()) - seen)
            seen |= fresh
        return seen

    below = {start: reached(start) for start in wanted}
    found = {frozenset(other for other in below[start] if start in below.get(other, ()))
             for start in wanted if start in below[start]}
    return sorted(map(sorted, found))


def from_root(target):
    """Node authors and generated code see runtime/include as pflow/."""
    return "runtime/include/" + target if target.startswith("pflow/") else target


def page_problems(page):
    """What the tables of docs/architecture.md say otherwise than ROOMS."""
    said = {}
    for path, allowed in re.findall(r"^\| `([\w/-]+)/` \| .* \| (.*) \|$", page, re.M):
        own = ["."] if "the folder itself" in allowed else []
        said[path] = sorted(own + re.findall(r"`([\w-]+)`", allowed))
    for parent, rooms in ROOMS.items():
        for room, allowed in rooms.items():
            path = parent if room == "." else f"{parent}/{room}"
            if said.get(path) != sorted(allowed):
                yield f"docs/architecture.md: {path} may include {', '.join(allowed) or 'nothing'}"


def folder_of(path, table):
    fits = [folder for folder in table if path == folder or path.startswith(folder + "/")]
    return max(fits, key=len) if fits else None


def problems_of(path, text):
    folder = folder_of(path, ALLOWED)
    if folder is None:
        return
    for match in INCLUDE.finditer(text):
        kind, target = match.groups()
        line = text.count("\n", 0, match.start()) + 1
        target = from_root(target)
        ours = folder_of(target, ALLOWED)
        if ours is not None:
            if not any(target.startswith(ok + "/") for ok in ALLOWED[folder]):
                yield f"{path}:{line}: {folder} may not include {target}"
            for wrong in wrong_rooms(path, target):
                yield f"{path}:{line}: {wrong}"
            continue
        if ".." in target.split("/"):
            yield f"{path}:{line}: {target} is not a path from the root"
        for pattern, users in LIBRARIES.items():
            if re.match(pattern, target) and not any(
                path.startswith(user + "/") for user in users
            ):
                yield f"{path}:{line}: only {', '.join(users)} may include {target}"


def opened_files(path, text):
    if path.split("/")[0] in WITHOUT_FILES:
        for match in FILE_ACCESS.finditer(re.sub(r"//.*", "", text)):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{path}:{line}: files are read through FileSystem, not by {match.group()}"


def self_test():
    """The check refuses what it is for."""
    refused = [
        ("ir/x.cpp", '#include "frontend/ast/ast.h"\n'),
        ("support/x.cpp", "#include <llvm/ADT/StringRef.h>\n"),
        ("runtime/src/x.cpp", '#include "support/source.h"\n'),
        ("runtime/include/pflow/tables/x.h", '#include "pflow/abi.h"\n'),
        ("stdlib-nodes/files/x.cpp", '#include "runtime/src/frames.h"\n'),
        ("frontend/sema/x.cpp", "#include <antlr4-runtime.h>\n"),
        ("frontend/sema/flow/x.cpp", '#include "frontend/sema/calls/calls.h"\n'),
        ("frontend/sema/newroom/x.cpp", '#include "frontend/sema/checked.h"\n'),
        ("frontend/sema/x.cpp", "#include <fstream>\n"),
    ]
    for path, text in refused:
        assert list(problems_of(path, text)), path
    assert not list(problems_of("codegen/x.cpp", '#include "pflow/abi.h"\n'))
    assert list(opened_files("frontend/sema/x.cpp", "if (fs::exists(path)) return;"))
    assert list(opened_files("frontend/sema/x.cpp", "std::ifstream in(path);"))
    assert not list(opened_files("frontend/sema/x.cpp", "fs::path(name).stem(); reopen(x);"))
    assert not list(opened_files("tools/x.cpp", "std::ifstream in(path);"))
    assert unit_circles({"a.h": "", "a.cpp": '#include "b.h"', "b.h": "",
                         "b.cpp": '#include "a.h"', "c.cpp": '#include "a.h"'}) == [["a", "b"]]
    assert not unit_circles({"a.h": "", "a.cpp": '#include "a.h"\n#include "b.h"', "b.h": ""})
    assert list(page_problems(""))


def main():
    self_test()
    texts = {}
    for folder in sorted({name.split("/")[0] for name in ALLOWED}):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".cpp", ".h", ".hpp", ".c", ".inc", ".def") and path.is_file():
                texts[path.relative_to(ROOT).as_posix()] = path.read_text(errors="replace")
    found = [wrong for name, text in texts.items() for wrong in problems_of(name, text)]
    found += [wrong for name, text in texts.items() for wrong in opened_files(name, text)]
    found += ["circle of units: " + ", ".join(circle) for circle in unit_circles(texts)]
    found += page_problems((ROOT / "docs/architecture.md").read_text())
    print("\n".join(found) or "layering holds")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
