"""Requests of an executable that serves, beside Node.js: h2load asks both, at 100 connections."""

import re
import shutil
import statistics
import subprocess
from contextlib import contextmanager

from bench import HERE

COUNT = 100_000
CONNECTIONS = 100


@contextmanager
def serving(command):
    """The address that the server names, and its process."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        yield server.stdout.readline().split()[-1], server
        server.terminate()


def requests_a_second(address, body, *version):
    done = subprocess.run(["/usr/bin/h2load", *version, "-n", str(COUNT), "-c", str(CONNECTIONS), "-d", body,
                           "-H", "content-type: application/json", f"{address}/flows/echo"],
                          check=True, capture_output=True, text=True)
    if f"{COUNT} 2xx" not in done.stdout:
        raise RuntimeError(done.stdout)
    return float(re.search(r"([\d.]+) req/s", done.stdout)[1])


def peak_of(server):
    """In bytes."""
    with open(f"/proc/{server.pid}/status", encoding="utf-8") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read())[1]) * 1024


def bench_serve(bench):
    flow = bench.compile(HERE / "flows" / "echo.pf", "--with", "serve")
    body = bench.folder / "echo.json"
    body.write_text('{"text": "What is asked comes back."}')
    baseline = [shutil.which("node"), str(HERE / "baselines" / "echo_server.mjs")]
    with serving([flow, "--serve", "0"]) as (ours, server), serving(baseline) as (theirs, _):
        rates = [(requests_a_second(ours, body, "--h1"), requests_a_second(theirs, body, "--h1"),
                  requests_a_second(ours, body)) for _ in range(5)]
        peak = peak_of(server)
    rate, node, over_http2 = (statistics.median(each) for each in zip(*rates))
    bench.add(f"`--serve`: requests a second, {CONNECTIONS} connections / Node.js", f"{rate:,.0f} / {node:,.0f}",
              "≥ 20,000", rate >= 20_000)
    bench.add(f"… over HTTP/2, {CONNECTIONS} connections", f"{over_http2:,.0f}", "≥ 20,000", over_http2 >= 20_000)
    bench.add(f"peak memory of that, {10 * COUNT:,} requests", f"{peak / 1e6:.1f} MB", "< 30 MB", peak < 30e6)
