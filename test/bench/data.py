"""Much data: a fused loop against C++, a log against awk, JSON lines against jq."""

import json
import random
import subprocess

from bench import CLANG, HERE

LOG_BYTES = 1_000_000_000
ROWS_BYTES = 500_000_000
HOST_ROWS = 3_000_000


def write_log(path):
    """A block of lines, a tenth of which match, repeated."""
    chooser = random.Random(1)
    lines = []
    for i in range(20_000):
        level = chooser.choice(["INFO", "INFO", "DEBUG", "WARN", "ERROR"])
        tail = f"timeout={chooser.randrange(5000)}ms" if chooser.random() < 0.5 else "done"
        lines.append(f"2026-11-22T10:{i % 60:02}:00Z host-{i % 97} {level} request {i} "
                     f"path=/api/v1/items/{chooser.randrange(10**6)} {tail}\n")
    block = "".join(lines).encode()
    with open(path, "wb") as file:
        for _ in range(LOG_BYTES // len(block) + 1):
            file.write(block)


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


def write_hosts(path):
    """Rows of a CSV file: 97 hosts."""
    chooser = random.Random(3)
    block = "".join(f"2026-11-22T10:{i % 60:02}:00Z,host-{i % 97},{chooser.randrange(10**6)}\n"
                    for i in range(HOST_ROWS // 100))
    with open(path, "w") as file:
        file.write("time,host,bytes\n")
        for _ in range(100):
            file.write(block)


def bench_fused(bench):
    flow = bench.compile(HERE / "flows" / "fused.pf")
    baseline = str(bench.folder / "cpp_fused")
    subprocess.run([CLANG.replace("clang", "clang++"), "-O2",
                    str(HERE / "baselines" / "fused.cpp"), "-o", baseline], check=True)
    ours, cpp = bench.in_turns([flow, "1000000"], [baseline, "1000000"], times=51)
    bench.ratio("1,000,000 items through map, filter, map, fold / the same loop in C++",
                ours, cpp, 2.0)


def bench_log(bench):
    log, ours_out, awk_out = (bench.folder / name for name in ("server.log", "ours.log", "awk.log"))
    write_log(log)
    flow = bench.compile(HERE / "flows" / "log.pf")
    ours_command = [flow, str(log), str(ours_out)]
    script = f'/ERROR.*timeout=[0-9]+ms/ {{ print > "{awk_out}" }}'
    ours, awk = bench.in_turns(ours_command, ["/usr/bin/awk", script, str(log)], times=7)
    assert ours_out.read_bytes() == awk_out.read_bytes()
    bench.ratio("lines of a 1 GB log filtered by a regular expression / awk", ours, awk, 1.0)
    peak = bench.peak(ours_command, times=1)
    bench.add("peak memory of that filter", f"{peak / 1024:.1f} MiB", "< 20 MB",
              peak * 1024 < 20_000_000)
    for path in (log, ours_out, awk_out):
        path.unlink()


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


def bench_hosts(bench):
    rows = bench.folder / "hosts.csv"
    write_hosts(rows)
    flow = bench.compile(HERE / "flows" / "hosts.pf")
    script = 'NR > 1 { s[$2] += $3 } END { for (h in s) n++; print n; printf "%.0f\\n", s["host-1"] }'
    mawk_command = ["/usr/bin/mawk", "-F,", script, str(rows)]
    ours_command = [flow, str(rows)]
    ours, mawk = bench.in_turns(ours_command, mawk_command, times=5)
    printed = [subprocess.run(command, capture_output=True, check=True).stdout
               for command in (ours_command, mawk_command)]
    assert printed[0] == printed[1], printed
    bench.ratio("3,000,000 rows of CSV summed by 97 hosts / mawk", ours, mawk, 1.2)
    peak = bench.peak(ours_command, times=1)
    bench.add("peak memory of that sum", f"{peak / 1024:.1f} MiB", "< 10 MB",
              peak * 1024 < 10_000_000)
    rows.unlink()


def bench_data(bench):
    bench_hosts(bench)
    bench_fused(bench)
    bench_log(bench)
    bench_rows(bench)
