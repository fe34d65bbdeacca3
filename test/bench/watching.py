"""What it costs to watch a run, and to keep its log; how fast pages open."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import HERE
from calls import Server

sys.path.insert(0, str(HERE.parent / "e2e"))
import chromium  # noqa: E402

MANY, AT_ONCE = "10000", "1000"


def bench_watching(bench):
    flow = bench.compile(HERE / "flows" / "questions.pf")
    before = dict(os.environ)
    with Server(bench) as server, tempfile.TemporaryDirectory() as folder:
        os.environ.update(OPENAI_API_KEY="sk-bench", OPENAI_BASE_URL=f"http://127.0.0.1:{server.port}/v1",
                          PFLOW_HOME=folder)
        report = Path(folder) / "report.html"
        plain = [flow, MANY, AT_ONCE, "--log", "off"]
        watched = {"--progress": ["--progress", "always"], "--trace": ["--trace", f"{folder}/trace.json"],
                   "--report": ["--report", str(report)]}
        for name, options in watched.items():
            ours, baseline = bench.in_turns(plain + options, plain, times=9)
            bench.ratio(f"10,000 `llm` calls with `{name}` / without", ours, baseline, 1.03)
        ours, baseline = bench.in_turns([flow, MANY, AT_ONCE, "--log", "on"], plain, times=9)
        bench.ratio("10,000 `llm` calls with their log / without", ours, baseline, 1.05)
        size = report.stat().st_size
        bench.add("report of 10,000 items", f"{size / 1e6:.1f} MB", "< 5 MB", size < 5e6)
        seconds = opened_in(report.as_uri(), "document.querySelectorAll('#rows tr').length > 0")
        bench.add("a report of 10,000 items opens in Chromium", f"{seconds:.2f} s", "< 2 s", seconds < 2)
        with subprocess.Popen([bench.pflowc, "play", "--no-open"], stdout=subprocess.PIPE, text=True) as play:
            seconds = opened_in(play.stdout.readline().strip(), "document.querySelector('#picture .pf-node')")
            play.terminate()
        bench.add("first picture of the playground in Chromium", f"{seconds:.2f} s", "< 1 s", seconds < 1)
    os.environ.clear()
    os.environ.update(before)


def opened_in(address, fact):
    """Seconds until the fact holds in the page."""
    with chromium.Chromium() as browser:
        browser.open("about:blank")
        start = time.perf_counter()
        browser.open(address).wait_for(fact)
        return time.perf_counter() - start
