"""Calls of a tool of an MCP server, beside the same messages over pipes from Python."""

import shutil

from bench import HERE

COUNT = 10_000


def bench_mcp(bench):
    python = shutil.which("python3")
    flow = bench.compile(HERE / "flows" / "mcp.pf")
    baseline = [python, str(HERE / "baselines" / "mcp.py"), str(HERE / "flows" / "mcp_server.py")]
    ours, ours_one, theirs, theirs_one = bench.in_turns(
        [flow, str(COUNT)], [flow, "1"], [*baseline, str(COUNT)], [*baseline, "1"], times=7)
    call = (ours - ours_one) / (COUNT - 1) * 1e6
    line = (theirs - theirs_one) / (COUNT - 1) * 1e6
    bench.add(f"a call of an MCP tool, of {COUNT:,} in turn / the same messages over pipes from Python",
              f"{call:.1f} µs / {line:.1f} µs", "≤ 150 µs more", call - line <= 150)
