"""How long it takes until something runs: the compiler itself, checks, `pflowc run`."""

import os
import shutil
import statistics
import sys

from bench import HERE
from compiler import generated_program


def run_seed(bench, times):
    """Medians of the seed flow by `pflowc run` first and again, of its executable, of Python."""
    folder = bench.folder / "start"
    folder.mkdir()
    shutil.copy(HERE / "flows" / "seed.pf", folder)
    (folder / "input.txt").write_text("Tea.\n")
    executable = bench.compile(folder / "seed.pf")
    store = folder / "home" / "cache" / "run"
    run = [bench.pflowc, "run", "seed.pf", "--model", "echo"]
    kept = dict(os.environ), os.getcwd()
    os.environ["PFLOW_HOME"] = str(folder / "home")
    os.chdir(folder)
    try:
        taken = []
        for _ in range(times):
            shutil.rmtree(store, ignore_errors=True)
            taken.append([bench.run(command) for command in
                          (run, run, [executable, "--model", "echo"], [sys.executable, "-c", "pass"])])
            assert len(list(store.iterdir())) == 1
    finally:
        os.environ.clear()
        os.environ.update(kept[0])
        os.chdir(kept[1])
    return [statistics.median(column) for column in zip(*taken)]


def bench_start(bench):
    def limited(what, seconds, beside, limit):
        bench.add(f"{what} / `python3 -c pass`", f"{seconds * 1e3:.2f} ms / {beside * 1e3:.2f} ms",
                  f"< {limit} ms", seconds * 1e3 < limit)

    python = [sys.executable, "-c", "pass"]
    version, beside = bench.in_turns([bench.pflowc, "--version"], python, times=41)
    limited("`pflowc --version`", version, beside, 10)
    program = bench.folder / "checked.pf"
    program.write_text(generated_program(1000))
    count = program.read_text().count("\n")
    check, beside = bench.in_turns([bench.pflowc, "check", str(program)], python, times=21)
    limited(f"`pflowc check` of {count:,} lines", check, beside, 50)
    first, again, executable, beside = run_seed(bench, times=21)
    limited("`pflowc run seed.pf`, for the first time", first, beside, 60)
    bench.add("the same again / the executable itself",
              f"{again * 1e3:.2f} ms / {executable * 1e3:.2f} ms", "≤ 3 ms more",
              (again - executable) * 1e3 <= 3)
    for words in (["keys", "list"], ["models"]):
        listed, beside = bench.in_turns([bench.pflowc, *words], python, times=21)
        limited(f"`pflowc {' '.join(words)}`", listed, beside, 20)
    ask = [bench.pflowc, "llm", "-m", "echo", "--no-stdin", "hi"]
    bench.run(ask)  # it is compiled once
    asked, beside = bench.in_turns(ask, [bench.pflowc, "--version"], times=41)
    bench.add("`pflowc llm` of the model echo / `pflowc --version`",
              f"{asked * 1e3:.2f} ms / {beside * 1e3:.2f} ms", "≤ 5 ms more", (asked - beside) * 1e3 <= 5)
