"""Maps that a fold fills and counts in, against C++."""

import subprocess

from bench import CLANG, HERE

INSERTS = 2_000_000


def bench_maps(bench):
    baseline = str(bench.folder / "cpp_maps")
    subprocess.run([CLANG.replace("clang", "clang++"), "-O2",
                    str(HERE / "baselines" / "maps.cpp"), "-o", baseline], check=True)
    flow = bench.compile(HERE / "flows" / "maps.pf")
    for keys in (1000, INSERTS):
        arguments = [str(INSERTS), str(keys)]
        ours, cpp = bench.in_turns([flow, *arguments], [baseline, *arguments], times=11)
        printed = [subprocess.run([command, *arguments], capture_output=True, check=True).stdout
                   for command in (flow, baseline)]
        assert printed[0] == printed[1], printed
        bench.ratio(f"{INSERTS:,} inserts of {keys:,} keys into a map in a `fold` / "
                    "into a `std::unordered_map`", ours, cpp, 2.0)
