"""Much data: a fused loop against C++, JSON lines against jq and simdjson."""

import json
import random
import subprocess

from bench import CLANG, HERE

ROWS_BYTES = 500_000_000


def write_rows(path):
    chooser = random.Random(2)
    rows = []
    for i in range(20_000):
        rows.append(json.dumps({
            "id": i, "user": f"user-{chooser.randrange(10**5)}",
            "level": chooser.choice(["info", "warn", "error"]),
            "message": "the quick brown fox jumps over the lazy dog",
            "tags": ["a", "b", "c"], "meta": {"host": f"h{i % 50}", "took": chooser.random()},
        }) + "\n")
    block = "".join(rows).encode()
    with open(path, "wb") as file:
        for _ in range(ROWS_BYTES // len(block) + 1):
            file.write(block)


def bench_fused(bench):
    flow = bench.compile(HERE / "flows" / "fused.pf")
    baseline = str(bench.folder / "cpp_fused")
    subprocess.run([CLANG.replace("clang", "clang++"), "-O2",
                    str(HERE / "baselines" / "fused.cpp"), "-o", baseline], check=True)
    ours, cpp = bench.in_turns([flow, "1000000"], [baseline, "1000000"], times=51)
    bench.ratio("1,000,000 items through map, filter, map, fold / the same loop in C++",
                ours, cpp, 2.0)


def bench_rows(bench):
    rows, ours_out, jq_out = (bench.folder / name for name in ("rows.jsonl", "ours.jsonl", "stdout"))
    write_rows(rows)
    flow = bench.compile(HERE / "flows" / "pick.pf")
    program = 'select(.level == "error") | {id, user}'
    ours, jq = bench.in_turns([flow, str(rows), str(ours_out)],
                              ["/usr/bin/jq", "-c", program, str(rows)], times=2)
    bench.run(["/usr/bin/jq", "-c", program, str(rows)])
    assert ours_out.read_bytes() == jq_out.read_bytes()
    bench.ratio("500 MB of JSON lines, two fields picked, one filtered / `jq -c`", ours, jq,
                0.3333)
    for path in (rows, ours_out):
        path.unlink()


def bench_nested_rows(bench):
    """A field and a number of an object within each row, of which half are written."""
    rows, ours_out, cpp_out = (bench.folder / name for name in ("rows.jsonl", "ours.jsonl", "cpp.jsonl"))
    write_rows(rows)
    flow = bench.compile(HERE / "flows" / "slow_rows.pf")
    baseline = str(bench.folder / "cpp_slow_rows")
    subprocess.run([CLANG.replace("clang", "clang++"), "-O2",
                    str(HERE / "baselines" / "slow_rows.cpp"), "-o", baseline, "-lsimdjson"], check=True)
    ours, cpp = bench.in_turns([flow, str(rows), str(ours_out)],
                               [baseline, str(rows), str(cpp_out)], times=7)
    assert ours_out.read_bytes() == cpp_out.read_bytes()
    bench.ratio("500 MB of JSON lines, a nested field and a number picked, half of them written / "
                "simdjson's on-demand reader in C++", ours, cpp, 1.5)
    for path in (rows, ours_out, cpp_out):
        path.unlink()


def bench_data(bench):
    bench_fused(bench)
    bench_rows(bench)
    bench_nested_rows(bench)
