#!/usr/bin/env python3
"""embed_pages.py OUT PAGE...: the pages of docs/errors as rows of support/explain.cpp."""
import pathlib
import sys


def main() -> None:
    out = pathlib.Path(sys.argv[1])
    rows = []
    for name in sorted(sys.argv[2:]):
        page = pathlib.Path(name)
        code = int(page.stem.removeprefix("PF"))
        rows.append(f'{{{code}, R"PFLOWPAGE({page.read_text()})PFLOWPAGE"}},\n')
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("".join(rows))


if __name__ == "__main__":
    main()
