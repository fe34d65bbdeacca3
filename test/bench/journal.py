"""What a journal costs, and how fast a run goes on with one."""

import os
import tempfile
from pathlib import Path

from bench import HERE
from calls import Server

MANY, AT_ONCE, RESULTS = "10000", "1000", 100_000


def anew(journal, *command):
    """The command with a journal that is not there yet."""
    return ["/bin/sh", "-c", f'rm -f {journal}; exec "$@" --journal {journal}', "sh", *command]


def bench_journal(bench):
    questions, effects = (bench.compile(HERE / "flows" / f"{name}.pf", "--with", "journal")
                          for name in ("questions", "effects"))
    before = dict(os.environ)
    with Server(bench) as server, tempfile.TemporaryDirectory() as folder:
        journal = Path(folder) / "run.journal"
        os.environ.update(OPENAI_API_KEY="sk-bench", OPENAI_BASE_URL=f"http://127.0.0.1:{server.port}/v1",
                          PFLOW_HOME=folder)
        plain = [questions, MANY, AT_ONCE, "--log", "off"]
        ours, baseline = bench.in_turns(anew(journal, *plain), ["/bin/sh", "-c", 'exec "$@"', "sh", *plain], times=9)
        bench.ratio("10,000 `llm` calls with `--journal` / without", ours, baseline, 1.05)
        plain = [effects, str(RESULTS)]
        ours, baseline = bench.in_turns(anew(journal, *plain, "--journal-sync", "never"),
                                        ["/bin/sh", "-c", 'exec "$@"', "sh", *plain], times=5)
        record = (ours - baseline) / RESULTS * 1e6
        bench.add(f"a record of a journal, of {RESULTS:,}", f"{record:.2f} µs", "< 3 µs", record < 3)
        (resumed,) = bench.in_turns([*plain, "--resume", str(journal)], times=5)
        peak = bench.peak([*plain, "--resume", str(journal)], times=3) / 1024
        bench.add(f"a run that goes on with {RESULTS:,} results", f"{resumed:.2f} s, {peak:.0f} MiB", "< 1 s, < 100 MB",
                  resumed < 1 and peak * 1.048576 < 100)
    os.environ.clear()
    os.environ.update(before)
