"""How long a build from nothing takes, and a changed line in a pass of the compiler."""

import os
import resource
import shutil
import subprocess
import time

from bench import HERE

TARGETS = ["pflowc", "pflow_nodes", "pflow_runtime"]
CHANGED = "frontend/sema/exprs/expressions.cpp"
CHECKED = "test/lit/diagnostics/PF0301.pf"
UNCACHED = {**os.environ, "CCACHE_DISABLE": "1"}


def copy_of_the_sources(folder):
    """The files that git keeps: what is built elsewhere is not touched."""
    root = HERE.parent.parent
    names = subprocess.run(["git", "ls-files", "-z"], cwd=root, check=True,
                           stdout=subprocess.PIPE, text=True).stdout.split("\0")
    for name in filter(None, names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / name, folder / name)


def seconds_of(command, cwd):
    """Wall and processor seconds."""
    def processor():
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime
    start, used = time.perf_counter(), processor()
    subprocess.run(command, cwd=cwd, env=UNCACHED, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start, processor() - used


def bench_build(bench):
    tree = bench.folder / "tree"
    copy_of_the_sources(tree)
    wall, processor = seconds_of(["./dev", "build", *TARGETS], cwd=tree)
    bench.add("build pflowc, nodes and runtime from nothing, processor time",
              f"{processor / 60:.1f} min", "≤ 8 min", processor <= 480)
    bench.add("the same, wall time on two cores", f"{wall / 60:.1f} min", "≤ 5 min", wall <= 300)
    with open(tree / CHANGED, "a") as source:
        source.write("static_assert(true);\n")
    wall, _ = seconds_of(["./dev", "lit", CHECKED], cwd=tree)
    bench.add(f"a changed line in `{CHANGED}` until one lit test has passed", f"{wall:.1f} s",
              "≤ 15 s", wall <= 15)
