"""How long laying programs out takes."""

import re

from bench import HERE

EXAMPLES = HERE.parent.parent / "examples"


def bench_layout(bench):
    programs = [path.read_text() for path in sorted(EXAMPLES.rglob("*.pf"))]
    whole = "\n".join(text for text in programs if '"""' not in text and "flow main" in text)
    neat = whole * (10_000_000 // len(whole.encode()))
    rough = re.sub(r"^ +", "", neat, flags=re.M).replace(" -> ", "->").replace(", ", " , ")
    for what, text in (("laid out already", neat), ("without indentation", rough)):
        file = bench.folder / "layout.pf"
        file.write_text(text)
        command = ["/bin/sh", "-c", f"exec '{bench.pflowc}' fmt - < '{file}'"]
        (seconds,) = bench.in_turns(command, times=5)
        speed = file.stat().st_size / 1e6 / seconds
        bench.add(f"`pflowc fmt` of 10 MB of programs, {what}", f"{speed:.1f} MB/s", "≥ 10 MB/s",
                  speed >= 10)
