"""Answers of models: exact JSON against Boost.JSON, mended JSON, and what is no answer at all."""

import json
import random
import subprocess

from bench import CLANG, HERE

ROWS = 200_000
# A few sentences, as models answer in.
MESSAGE = "The quick brown fox jumps over the lazy dog, which does not move. " * 4
HOSTILE = {"`{`": "{", '`"`': '"', "`[`": "[", "`\\`": "\\", "```` ``` ````": "```", "`{a:`": "{a:",
           "`[],`": "[],"}


def write_rows(path):
    chooser = random.Random(3)
    rows = [{
        "id": i, "user": f"user-{chooser.randrange(10**5)}",
        "level": chooser.choice(["info", "warn", "error"]),
        "message": MESSAGE,
        "tags": ["a", "b", "c"], "took": chooser.randrange(10**5) / 1000,
    } for i in range(ROWS)]
    path.write_text(json.dumps(rows))
    return rows


def write_sloppy(path, rows):
    """As a model writes it: in a code block, keys bare, quotes single, a comma too many."""
    lines = (f"{{id: '{row['id']}', user: '{row['user']}', level: '{row['level'].title()}', message: "
             f"'{row['message']}', tags: ['a', 'b', 'c',], took: {row['took']}}}" for row in rows)
    path.write_text("Here you are:\n```json\n[" + ",\n".join(lines) + "]\n```\n")


def rate(bench, what, path, seconds, without, least):
    value = path.stat().st_size / 1e6 / (seconds - without)
    bench.add(what, f"{value:.0f} MB/s", f"≥ {least} MB/s", value >= least)


def bench_exact(bench, flow):
    path = bench.folder / "answer.json"
    rows = write_rows(path)
    baseline = str(bench.folder / "typed_json")
    subprocess.run([CLANG.replace("clang", "clang++"), "-O2", "-std=c++20",
                    str(HERE / "baselines" / "typed_json.cpp"), "-o", baseline], check=True)
    ours, boost, without = bench.in_turns([flow, str(path)], [baseline, str(path)],
                                          [flow, str(path), "--read=false"], times=7)
    rate(bench, "`parse_llm` of exact JSON into a schema", path, ours, without, 200)
    bench.ratio(f"{ROWS:,} rows of a JSON file by `parse_llm` / by Boost.JSON into structs", ours,
                boost, 1.0)
    sloppy = bench.folder / "sloppy.txt"
    write_sloppy(sloppy, rows)
    ours, without = bench.in_turns([flow, str(sloppy)], [flow, str(sloppy), "--read=false"],
                                   times=5)
    rate(bench, "the same as a model may write it, mended", sloppy, ours, without, 15)
    path.unlink()
    sloppy.unlink()


def bench_hostile(bench, flow):
    half, whole = bench.folder / "half", bench.folder / "whole"
    for name, piece in HOSTILE.items():
        half.write_text(piece * (5_000_000 // len(piece)))
        whole.write_text(piece * (10_000_000 // len(piece)))
        one, two = bench.in_turns([flow, str(whole)], [flow, str(half)], times=7)
        bench.ratio(f"`parse_llm` of 10 MB of {name} / of 5 MB", one, two, 2.5)


def bench_answers(bench):
    flow = bench.compile(HERE / "flows" / "answers.pf")
    bench_exact(bench, flow)
    bench_hostile(bench, flow)
