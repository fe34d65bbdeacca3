"""Thousands of calls in flight: against an epoll client, and how small they are."""

import subprocess

from bench import HERE


class Server:
    """Answers every request after 50 ms, on a port of its own."""

    def __init__(self, bench):
        self.process = subprocess.Popen([bench.compile_c("http_server"), "50"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def bench_calls(bench):
    flow, client = bench.compile(HERE / "flows" / "calls.pf"), bench.compile_c("calls")
    with Server(bench) as server:
        for count, parallel in ((10_000, 1000), (1000, 100)):
            ours_command = [flow, f"http://127.0.0.1:{server.port}", str(count), str(parallel)]
            ours, baseline = bench.in_turns(
                ours_command, [client, server.port, str(count), str(parallel)], times=7)
            bench.ratio(f"{count:,} HTTP calls of 50 ms, {parallel:,} at once / an epoll client in C",
                        ours, baseline, 1.15)
            peak = bench.peak(ours_command, times=3)
            bench.add(f"peak memory of {count:,} calls, {parallel:,} at once",
                      f"{peak / 1024:.1f} MiB", "< 40 MB", peak * 1024 < 40_000_000)
    sleeping = bench.compile(HERE / "flows" / "sleeping.pf")
    many, few = bench.peak([sleeping, "10000"], times=3), bench.peak([sleeping, "1"], times=3)
    each = (many - few) * 1024 / 10_000
    bench.add("memory of a sleeping frame, of 10,000", f"{each:.0f} bytes", "< 1,024 bytes",
              each < 1024)
