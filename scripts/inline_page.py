#!/usr/bin/env python3
"""inline_page.py OUT PAGE FOLDER...: a page with the scripts and style sheets that it names, found in the
folders, written into it, as a literal of C++ for an #include in an expression.

Where its Content-Security-Policy says 'self', their hashes stand instead: nothing else in the page runs."""
import base64
import hashlib
import pathlib
import re
import sys

SCRIPT = re.compile(r'<script src="([^"]+)"></script>')
STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


def main():
    out, page, *folders = map(pathlib.Path, sys.argv[1:])
    hashes = {"script": [], "style": []}

    def inlined(kind):
        def replacement(match):
            name = match[1]
            path = next(folder / name for folder in folders if (folder / name).exists())
            text = path.read_text()
            if f"</{kind}" in text.lower() or "<!--" in text:
                sys.exit(f"{path} cannot stand in a page")
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            hashes[kind].append(f"'sha256-{digest}'")
            return f"<{kind}>{text}</{kind}>"
        return replacement

    text = STYLE.sub(inlined("style"), SCRIPT.sub(inlined("script"), page.read_text()))
    for kind, found in hashes.items():
        text = text.replace(f"{kind}-src 'self'", f"{kind}-src {' '.join(found)}")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(f'R"PFLOWPAGE({text})PFLOWPAGE"\n')


if __name__ == "__main__":
    main()
