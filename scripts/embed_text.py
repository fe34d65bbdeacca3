#!/usr/bin/env python3
"""embed_text.py OUT FILE...: texts behind each other as a literal of C++, for an #include in an expression."""
import pathlib
import sys


def main() -> None:
    out, *sources = map(pathlib.Path, sys.argv[1:])
    text = "\n".join(source.read_text() for source in sources)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(f'R"PFLOWTEXT({text})PFLOWTEXT"\n')


if __name__ == "__main__":
    main()
