"""Recorded calls, played."""

import os

from bench import HERE
from calls import Server


def bench_cassettes(bench):
    flow = bench.compile(HERE / "flows" / "recorded.pf")
    file, many, at_once = str(bench.folder / "cassette.yaml"), "10000", "1000"
    before = dict(os.environ)
    os.environ["OPENAI_API_KEY"] = "sk-bench"
    with Server(bench) as server:
        os.environ["OPENAI_BASE_URL"] = f"http://127.0.0.1:{server.port}/v1"
        bench.run([flow, many, at_once, "--record", file])
    command = [flow, many, at_once, "--replay", file]
    # It waits for nobody.
    (seconds,) = bench.processor_in_turns(command, times=7)
    bench.add("processor time of playing 10,000 recorded `llm` calls, 1,000 at once",
              f"{seconds * 1e3:.0f} ms", "< 1 s", seconds < 1)
    os.environ.clear()
    os.environ.update(before)
