#!/usr/bin/env python3
"""Measures pflowc and its executables beside baselines, in one run.

Every time is compared with a baseline measured in turns with it on the same
machine. `--only NAME` runs one part. `--write FILE` records the table as Markdown.
Exits 1 when a target is missed.
"""

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from answers import bench_answers
from bench import HERE, Bench
from build import bench_build
from calls import bench_calls
from cassettes import bench_cassettes
from code_speed import bench_machine_code
from compiler import bench_compiler
from cores import bench_cores
from data import bench_data
from files import bench_files
from index import bench_index
from executables import bench_executables
from journal import bench_journal
from mcp import bench_mcp
from openapi import bench_openapi
from processes import bench_processes
from restate import bench_restate
from serve import bench_serve
from start import bench_start
from layout import bench_layout
from logs import bench_logs
from lsp import bench_lsp
from maps import bench_maps
from streaming import bench_streaming
from tables import bench_tables
from watching import bench_watching

PARTS = {
    "build": bench_build,
    "compiler": bench_compiler,
    "start": bench_start,
    "layout": bench_layout,
    "files": bench_files,
    "executables": bench_executables,
    "code": bench_machine_code,
    "data": bench_data,
    "logs": bench_logs,
    "tables": bench_tables,
    "cores": bench_cores,
    "maps": bench_maps,
    "answers": bench_answers,
    "calls": bench_calls,
    "mcp": bench_mcp,
    "openapi": bench_openapi,
    "processes": bench_processes,
    "serve": bench_serve,
    "restate": bench_restate,
    "cassettes": bench_cassettes,
    "watching": bench_watching,
    "journal": bench_journal,
    "streaming": bench_streaming,
    "index": bench_index,
    "lsp": bench_lsp,
}


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
    parser.add_argument("--pflowc", default=str(HERE.parent.parent / "build" / "bin" / "pflowc"))
    parser.add_argument("--only", choices=PARTS, action="append", help="just this part")
    parser.add_argument("--write", metavar="FILE", help="record the results as Markdown")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pflow-bench-") as folder:
        bench = Bench(options.pflowc, Path(folder))
        for name, part in PARTS.items():
            if not options.only or name in options.only:
                part(bench)
    if options.write:
        write_markdown(bench.rows, options.write)
    return 0 if all(row.met for row in bench.rows) else 1


if __name__ == "__main__":
    sys.exit(main())
