"""A small program over a file: start, size, memory."""

import random
import subprocess

from bench import HERE


def bench_files(bench):
    flow, c = bench.compile(HERE / "flows" / "upper.pf"), bench.compile_c("upper")
    source = bench.folder / "input.txt"
    words = ["Flow", "node", "stage", "action", "store", "and", "the", "a"]
    chooser = random.Random(1)
    text = " ".join(chooser.choice(words) for _ in range(20_000))[:65_536]
    source.write_text(text)
    outputs = [bench.folder / "flow.txt", bench.folder / "c.txt"]
    ours_command = [flow, str(source), str(outputs[0])]
    ours, baseline = bench.in_turns(ours_command, [c, str(source), str(outputs[1])], times=201)
    assert outputs[0].read_text() == outputs[1].read_text() == text.upper()
    bench.ratio("read, upper-case, write 64 KB / the same in C with raw system calls",
                ours, baseline, 2.0)
    needed = subprocess.run(["readelf", "-d", flow], check=True, capture_output=True,
                            text=True).stdout
    libraries = [line.split("[")[1].rstrip("]") for line in needed.splitlines()
                 if "(NEEDED)" in line]
    symbols = subprocess.run(["nm", "-D", "--undefined-only", flow], check=True,
                             capture_output=True, text=True).stdout
    loop = any("epoll" in s for s in symbols.split())
    bench.add("shared libraries of the file flow", ", ".join(libraries) or "none",
              "no event loop", not loop)
    peak = bench.peak(ours_command)
    bench.add("peak memory of the file flow", f"{peak / 1024:.1f} MiB", "< 4 MB", peak < 3906)
