"""Answers of models while they come: how soon the first byte is there, how small many of them are."""

import os
import statistics
import subprocess
import sys
import time

from bench import HERE

CURL = "/usr/bin/curl"


def first_byte(command):
    """Seconds from the start of a process to the first byte of its output."""
    reader, writer = os.pipe()
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ,
                         file_actions=[(os.POSIX_SPAWN_DUP2, writer, 1)])
    os.close(writer)
    got = os.read(reader, 1)
    seconds = time.perf_counter() - start
    os.waitpid(pid, 0)
    os.close(reader)
    if not got:
        sys.exit(f"bench: `{' '.join(command)}` wrote nothing")
    return seconds


class StreamServer:
    """Begins every answer at once and ends it after so many milliseconds."""

    def __init__(self, bench, milliseconds):
        self.process = subprocess.Popen([bench.compile_c("http_server"), str(milliseconds), "stream"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = f"http://127.0.0.1:{self.process.stdout.readline().strip()}"

    def __enter__(self):
        os.environ.update(OPENAI_BASE_URL=self.url, OPENAI_API_KEY="sk-bench")
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def bench_streaming(bench):
    live, streams = (bench.compile(HERE / "flows" / f"{name}.pf") for name in ("live", "streams"))
    with StreamServer(bench, 20) as server:
        curl = [CURL, "-sN", "-d", "{}", f"{server.url}/chat/completions"]
        taken = [(first_byte([live]), first_byte(curl)) for _ in range(32)][1:]
    ours, baseline = (statistics.median(column) for column in zip(*taken))
    bench.ratio("first byte of a streamed answer on standard output / `curl -N`", ours, baseline, 1.5)
    with StreamServer(bench, 2000):
        peak = bench.peak([streams, "1000"], times=3)
    bench.add("peak memory of 1,000 streamed answers at once", f"{peak / 1024:.1f} MiB", "< 60 MB",
              peak * 1024 < 60_000_000)
