"""The same flow on two cores and on one: a log, JSON lines and CSV."""

from bench import HERE
from data import write_rows
from logs import write_log
from tables import FILTERED_ROWS, write_hosts

LOG_BYTES = 500_000_000
FASTER = 1.6


def bench_pair(bench, what, flow, data, *arguments):
    program = bench.compile(HERE / "flows" / flow)
    command = [program, str(data), *arguments]
    two, one = bench.in_turns(*(["/usr/bin/env", f"PFLOW_CORES={cores}", *command] for cores in (2, 1)), times=7)
    bench.ratio(f"{what}, on two cores / on one", two, one, round(1 / FASTER, 3))
    data.unlink()


def bench_cores(bench):
    out = str(bench.folder / "written")
    log, rows, table = (bench.folder / name for name in ("cores.log", "cores.jsonl", "cores.csv"))
    write_log(log, LOG_BYTES, 1 / 3)
    bench_pair(bench, "lines of a 500 MB log, of which a third match", "log.pf", log, out)
    write_rows(rows)
    bench_pair(bench, "500 MB of JSON lines, two fields picked, one filtered", "pick.pf", rows, out)
    write_hosts(table, FILTERED_ROWS, 1 / 3)
    bench_pair(bench, "200 MB of CSV, of which a third of the rows are kept, summed by host",
               "errors_by_host.pf", table)
