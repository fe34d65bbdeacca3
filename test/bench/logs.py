"""A log filtered against ripgrep and awk, and its busiest hosts against mawk and sort."""

import random
import subprocess

from bench import HERE

FILTERED_BYTES = 1_000_000_000
COUNTED_BYTES = 200_000_000
SHARES = (("a third", 1 / 3), ("one in 200", 1 / 200))


def write_log(path, size, share):
    """A block of lines, repeated; that share of them are errors with a timeout."""
    chooser = random.Random(1)
    lines = []
    for i in range(20_000):
        level, tail = chooser.choice([("INFO", "done"), ("ERROR", "done"), ("WARN", "timeout=7ms"),
                                      ("DEBUG", "done")])
        if chooser.random() < share:
            level, tail = "ERROR", f"timeout={chooser.randrange(5000)}ms"
        lines.append(f"2026-11-22T10:{i % 60:02}:00Z host-{chooser.randrange(5000)} {level} "
                     f"request {i} path=/api/v1/items/{chooser.randrange(10**6)} {tail}\n")
    block = "".join(lines).encode()
    with open(path, "wb") as file:
        for _ in range(size // len(block) + 1):
            file.write(block)


def bench_filter(bench, words, share):
    log, ours_out, awk_out = (bench.folder / name for name in ("server.log", "ours.log", "awk.log"))
    write_log(log, FILTERED_BYTES, share)
    flow = bench.compile(HERE / "flows" / "log.pf")
    ours_command = [flow, str(log), str(ours_out)]
    pattern = "ERROR.*timeout=[0-9]+ms"
    script = f'/{pattern}/ {{ print > "{awk_out}" }}'
    ours, awk, rg = bench.in_turns(ours_command, ["/usr/bin/awk", script, str(log)],
                                   ["/usr/bin/rg", "--no-mmap", "-N", pattern, str(log)], times=7)
    rg_out = bench.folder / "stdout"  # of the last of them
    assert ours_out.read_bytes() == awk_out.read_bytes() == rg_out.read_bytes()
    what = f"lines of a 1 GB log, of which {words} match, filtered by a regular expression"
    bench.ratio(f"{what} / awk", ours, awk, 1.0)
    bench.ratio("the same / `rg --no-mmap -N`", ours, rg, 1.2)
    peak = bench.peak(ours_command, times=1)
    bench.add("peak memory of that filter", f"{peak / 1024:.1f} MiB", "< 20 MB",
              peak * 1024 < 20_000_000)
    for path in (log, ours_out, awk_out):
        path.unlink()


def bench_top(bench, words, share):
    log = bench.folder / "server.log"
    write_log(log, COUNTED_BYTES, share)
    ours_command = [bench.compile(HERE / "flows" / "top_hosts.pf"), str(log)]
    script = "/ERROR.*timeout=[0-9]+ms/ { n[$2]++ } END { for (h in n) print n[h], h }"
    mawk_command = ["/bin/sh", "-c", f"mawk '{script}' {log} | sort -k1,1rn -k2 | sed -n 1,10p"]
    ours, mawk = bench.in_turns(ours_command, mawk_command, times=5)
    ours_lines, mawk_lines = [
        subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        for command in (ours_command, mawk_command)]
    # Which hosts of equal counts come last, each may choose.
    assert ([line.split()[0] for line in ours_lines] == [line.split()[0] for line in mawk_lines])
    bench.ratio(f"the 10 hosts with most errors in a 200 MB log, of which {words} match / "
                "mawk and sort", ours, mawk, 1.0)
    log.unlink()


def bench_logs(bench):
    for words, share in SHARES:
        bench_filter(bench, words, share)
        bench_top(bench, words, share)
