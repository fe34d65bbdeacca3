"""Rows of CSV summed by host, with and without a filter, against mawk."""

import random
import subprocess

from bench import HERE

HOST_ROWS = 3_000_000
FILTERED_ROWS = 5_000_000  # 200 MB
SHARES = (("a third", 1 / 3), ("one in 200", 1 / 200))


def write_hosts(path, rows, share):
    """97 hosts; that share of the rows are errors."""
    chooser = random.Random(3)
    block = "".join(f"2026-11-22T10:{i % 60:02}:00Z,host-{i % 97},"
                    f"{'error' if chooser.random() < share else 'info'},{chooser.randrange(10**6)}\n"
                    for i in range(rows // 100))
    with open(path, "w") as file:
        file.write("time,host,level,bytes\n")
        for _ in range(100):
            file.write(block)


def bench_sum(bench, what, flow, condition):
    """The flow, and mawk that sums the rows on which the condition holds."""
    rows = bench.folder / "hosts.csv"
    script = (f"{condition} {{ s[$2] += $4 }} "
              'END { for (h in s) n++; print n; printf "%.0f\\n", s["host-1"] }')
    mawk_command = ["/usr/bin/mawk", "-F,", script, str(rows)]
    ours_command = [bench.compile(HERE / "flows" / flow), str(rows)]
    ours, mawk = bench.in_turns(ours_command, mawk_command, times=5)
    printed = [subprocess.run(command, capture_output=True, check=True).stdout
               for command in (ours_command, mawk_command)]
    assert printed[0] == printed[1], printed
    bench.ratio(f"{what} / mawk", ours, mawk, 1.2)
    peak = bench.peak(ours_command, times=1)
    bench.add("peak memory of that sum", f"{peak / 1024:.1f} MiB", "< 10 MB",
              peak * 1024 < 10_000_000)
    rows.unlink()


def bench_tables(bench):
    write_hosts(bench.folder / "hosts.csv", HOST_ROWS, 1 / 3)
    bench_sum(bench, "3,000,000 rows of CSV summed by 97 hosts", "hosts.pf", "NR > 1")
    for words, share in SHARES:
        write_hosts(bench.folder / "hosts.csv", FILTERED_ROWS, share)
        bench_sum(bench, f"200 MB of CSV, of which {words} of the rows are kept, summed by host",
                  "errors_by_host.pf", '$3 == "error"')
