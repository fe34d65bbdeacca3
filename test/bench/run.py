#!/usr/bin/env python3
"""Measures pflowc and its executables beside baselines, in one run.

Every time is compared with a baseline measured in turns with it on the same
machine. `--write FILE` records the table as Markdown. Exits 1 when a target is missed.
"""

import argparse
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CLANG = "/usr/bin/clang-19"


@dataclass
class Row:
    what: str
    value: str
    target: str
    met: bool


class Bench:
    def __init__(self, pflowc, folder):
        self.pflowc = pflowc
        self.folder = folder
        self.rows = []

    def add(self, what, value, target, met):
        self.rows.append(Row(what, value, target, met))
        print(f"{'ok  ' if met else 'MISS'} {what}: {value} (target {target})", flush=True)

    def ratio(self, what, ours, baseline, limit):
        self.add(what, f"{ours * 1e3:.2f} ms / {baseline * 1e3:.2f} ms = {ours / baseline:.2f}",
                 f"≤ {limit}", ours / baseline <= limit)

    def compile(self, flow, *options):
        out = self.folder / Path(flow).stem
        subprocess.run([self.pflowc, str(flow), "-o", str(out), *options], check=True)
        return str(out)

    def compile_c(self, name):
        out = self.folder / f"c_{name}"
        subprocess.run([CLANG, "-O2", str(HERE / "baselines" / f"{name}.c"), "-o", str(out)],
                       check=True)
        return str(out)

    def run(self, command):
        """Wall seconds of one process."""
        start = time.perf_counter()
        pid = os.posix_spawn(command[0], command, os.environ, file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, str(self.folder / "stdout"),
             os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)])
        _, status = os.waitpid(pid, 0)
        seconds = time.perf_counter() - start
        if os.waitstatus_to_exitcode(status) != 0:
            sys.exit(f"bench: `{' '.join(command)}` failed")
        return seconds

    def in_turns(self, *commands, times):
        """Median seconds of each command, run in turns so that noise hits all alike."""
        taken = [[] for _ in commands]
        for command in commands:
            self.run(command)
        for _ in range(times):
            for seconds, command in zip(taken, commands):
                seconds.append(self.run(command))
        return [statistics.median(seconds) for seconds in taken]

    def peak(self, command, times=11):
        """Least peak memory of a few runs, in KiB."""
        launcher = self.compile_c("peak")
        return min(int(subprocess.run([launcher, *command], stdout=subprocess.DEVNULL,
                                      stderr=subprocess.PIPE, check=True).stderr)
                   for _ in range(times))


def generated_program(lines):
    """A program of about `lines` lines that uses every common construct."""
    nodes = lines // 8
    out = ["# Generated for the compile-time bench."]
    for i in range(nodes):
        out.append(f"## Doc of node {i}.\nnode step_{i}(n: int, name: str = \"x\") -> str {{\n"
                   f"  let twice = n * 2 + {i}\n"
                   f"  let label = if twice > {i * 3} {{ \"big\" }} else {{ \"small\" }}\n"
                   f"  \"${{label}} ${{name.upper()}} ${{twice}}\"\n}}\n")
    out.append("flow main() -> last {\n  let last = \"\"")
    out += [f"  last = step_{i}({i}, last.trim())" for i in range(nodes)]
    out.append("}")
    return "\n".join(out) + "\n"


def bench_compiler(bench):
    seed = HERE / "flows" / "seed.pf"
    ours, clang = bench.in_turns(
        [bench.pflowc, str(seed), "-o", str(bench.folder / "seed")],
        [CLANG, "-O2", str(HERE / "baselines" / "hello.c"), "-o", str(bench.folder / "hello")],
        times=21)
    bench.ratio("`pflowc seed.pf -o seed` / `clang -O2 hello.c -o hello`", ours, clang, 1.0)
    big = bench.folder / "big.pf"
    big.write_text(generated_program(10_000))
    count = big.read_text().count("\n")
    (seconds,) = bench.in_turns([bench.pflowc, str(big), "-o", str(bench.folder / "big")], times=3)
    bench.add(f"compile a program of {count:,} lines", f"{seconds:.2f} s", "< 2 s", seconds < 2)


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
    stripped = bench.folder / "upper.stripped"
    subprocess.run(["strip", "-o", str(stripped), flow], check=True)
    size = stripped.stat().st_size
    bench.add("stripped executable of the file flow", f"{size / 1024:.0f} KiB", "< 400 KB",
              size < 400_000)
    needed = subprocess.run(["readelf", "-d", flow], check=True, capture_output=True,
                            text=True).stdout
    libraries = [line.split("[")[1].rstrip("]") for line in needed.splitlines()
                 if "(NEEDED)" in line]
    symbols = subprocess.run(["nm", "-D", "--undefined-only", flow], check=True,
                             capture_output=True, text=True).stdout
    loop = any("epoll" in s for s in symbols.split())
    bench.add("shared libraries of the file flow", ", ".join(libraries) or "none",
              "no libcurl, no event loop",
              not loop and not any("curl" in name or "uv" in name for name in libraries))
    peak = bench.peak(ours_command)
    bench.add("peak memory of the file flow", f"{peak / 1024:.1f} MiB", "< 4 MB", peak < 3906)


def bench_machine_code(bench):
    visits = bench.compile(HERE / "flows" / "visits.pf")
    many, one = bench.in_turns([visits, "10000000"], [visits, "1"], times=11)
    nanoseconds = (many - one) * 1e9 / 1e7
    bench.add("a visit through a label with a function node (10,000,000 visits)",
              f"{nanoseconds:.1f} ns", "< 20 ns", nanoseconds < 20)
    fib, c = bench.compile(HERE / "flows" / "fib.pf"), bench.compile_c("fib")
    ours, baseline = bench.in_turns([fib, "32"], [c, "32"], times=21)
    bench.ratio("`fib(32)` / C at -O2 with overflow checks", ours, baseline, 1.5)
    strings = bench.compile(HERE / "flows" / "strings.pf")
    few, lots = bench.peak([strings, "1000"]), bench.peak([strings, "1000000"])
    bench.add("peak memory, 1,000,000 visits that build strings, against 1,000",
              f"{lots} KiB / {few} KiB = {lots / few:.2f}", "≤ 1.1", lots / few <= 1.1)


def write_markdown(rows, path):
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo")
                if line.startswith("model name")), platform.processor())
    lines = [
        "# Benchmarks",
        "",
        "Repeat with `./dev bench`, which measures everything in one run, ours and the baseline in",
        "turns, and fails when a target is missed; `./dev bench --write docs/benchmarks.md` records",
        "this page. Times are medians of wall time from process start to end.",
        "",
        f"Machine: {cpu}, {os.cpu_count()} cores, {platform.system()} {platform.release()}.",
        "",
        "| what | measured | target | met |",
        "|---|---|---|---|",
    ]
    lines += [f"| {r.what} | {r.value} | {r.target} | {'yes' if r.met else 'no'} |" for r in rows]
    Path(path).write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pflowc", default=str(ROOT / "build" / "bin" / "pflowc"))
    parser.add_argument("--write", metavar="FILE", help="record the results as Markdown")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pflow-bench-") as folder:
        bench = Bench(options.pflowc, Path(folder))
        bench_compiler(bench)
        bench_files(bench)
        bench_machine_code(bench)
    if options.write:
        write_markdown(bench.rows, options.write)
    return 0 if all(row.met for row in bench.rows) else 1


if __name__ == "__main__":
    sys.exit(main())
