"""Calls of a node that a process carries out, beside the same lines over pipes from Python."""

import shutil

from bench import HERE

COUNT = 10_000


def bench_processes(bench):
    python = shutil.which("python3")
    flow = bench.compile(HERE / "flows" / "processes.pf")
    baseline = [python, str(HERE / "baselines" / "processes.py"), str(HERE / "flows" / "processes.py")]
    ours, ours_one, theirs, theirs_one, at_once = bench.in_turns(
        [flow, str(COUNT), "1"], [flow, "1", "1"], [*baseline, str(COUNT)], [*baseline, "1"],
        [flow, str(COUNT), str(COUNT)], times=7)
    call = (ours - ours_one) / (COUNT - 1) * 1e6
    line = (theirs - theirs_one) / (COUNT - 1) * 1e6
    bench.add(f"a call of a process node, of {COUNT:,} in turn / the same lines over pipes from Python",
              f"{call:.1f} µs / {line:.1f} µs", "≤ 100 µs more", call - line <= 100)
    call = (at_once - ours_one) / (COUNT - 1) * 1e6
    bench.add(f"a call of a process node, of {COUNT:,} at once", f"{call:.1f} µs", "≤ 100 µs", call <= 100)
