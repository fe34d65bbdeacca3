#!/usr/bin/env python3
"""embed_text.py OUT FILE: a text as a literal of C++, for an #include in an expression."""
import pathlib
import sys


def main() -> None:
    out, source = map(pathlib.Path, sys.argv[1:])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(f'R"PFLOWTEXT({source.read_text()})PFLOWTEXT"\n')


if __name__ == "__main__":
    main()
