#!/usr/bin/env python3
"""Refuses an #include that the table of folders does not allow.

The table below is docs/architecture's: who may use whom. An include path is from
the repository root; what is found in no folder of ours belongs to a library.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)

# Folder of ours -> folders of ours it may include. The longest prefix counts.
ALLOWED = {
    "support": ["support"],
    "ir": ["ir", "support"],
    "frontend/ast": ["frontend/ast", "support"],
    "frontend/parse": ["frontend/parse", "frontend/ast", "grammar", "support"],
    "frontend/sema": ["frontend/sema", "frontend/parse", "frontend/ast", "ir", "support"],
    "frontend/lower": ["frontend/lower", "frontend/sema", "frontend/ast", "ir", "support"],
    "grammar": ["grammar"],
    "codegen": ["codegen", "ir", "support", "runtime/include"],
    "runtime": ["runtime"],
    "stdlib-nodes": ["stdlib-nodes", "runtime/include"],
    "tools": ["tools", "codegen", "frontend", "ir", "support"],
    "test": ["test", "tools", "codegen", "frontend", "ir", "support", "grammar", "runtime",
             "stdlib-nodes"],
}

# Header of a library -> folders of ours that may include it.
LIBRARIES = {
    r"antlr4-runtime|Flow(Lexer|Parser)": ["frontend/parse", "grammar"],
    r"llvm/|lld/": ["codegen"],
    r"CLI/": ["tools"],
    r"fmt/": ["support", "ir", "frontend", "codegen", "tools", "test"],
    r"curl/": ["runtime"],
    r"uv\.h|boost/": ["runtime", "stdlib-nodes", "test/unit/runtime"],
    r"re2/": ["runtime", "stdlib-nodes", "frontend/sema"],
    r"gtest/|gmock/": ["test"],
}


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
        if target.startswith("pflow/") or target.startswith("../include/pflow"):
            target = "runtime/include/" + target
        ours = folder_of(target, ALLOWED)
        if ours is not None:
            if not any(target.startswith(ok + "/") for ok in ALLOWED[folder]):
                yield f"{path}:{line}: {folder} may not include {target}"
            continue
        if ".." in target.split("/"):
            yield f"{path}:{line}: {target} is not a path from the root"
        for pattern, users in LIBRARIES.items():
            if re.match(pattern, target) and not any(
                path.startswith(user + "/") for user in users
            ):
                yield f"{path}:{line}: only {', '.join(users)} may include {target}"


def self_test():
    """The check refuses what it is for."""
    refused = [
        ("ir/x.cpp", '#include "frontend/ast/ast.h"\n'),
        ("support/x.cpp", "#include <llvm/ADT/StringRef.h>\n"),
        ("runtime/src/x.cpp", '#include "support/source.h"\n'),
        ("stdlib-nodes/files/x.cpp", '#include "runtime/src/frames.h"\n'),
        ("frontend/sema/x.cpp", "#include <antlr4-runtime.h>\n"),
    ]
    for path, text in refused:
        assert list(problems_of(path, text)), path
    assert not list(problems_of("codegen/x.cpp", '#include "pflow/abi.h"\n'))


def main():
    self_test()
    found = []
    for folder in sorted({name.split("/")[0] for name in ALLOWED}):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".cpp", ".h", ".hpp", ".c", ".inc", ".def") and path.is_file():
                name = path.relative_to(ROOT).as_posix()
                found += problems_of(name, path.read_text(errors="replace"))
    print("\n".join(found) or "layering holds")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
