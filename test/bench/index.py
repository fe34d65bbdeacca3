"""A question to an index of 100,000 vectors."""

import array
import random
import sqlite3

from bench import HERE

COUNT, SIZE = 100_000, 768


def fill(file):
    """Entries beside the one that the flow has made the index with."""
    random.seed(1)
    numbers = [random.gauss(0, 1) for _ in range(200_000)]
    with sqlite3.connect(file) as database:
        for n in range(COUNT):
            at = random.randrange(len(numbers) - SIZE)
            row = database.execute("insert into entries(key, text) values (?, ?)", (f"{n}", "text " * 40))
            database.execute("insert into vectors values (?, ?)",
                             (row.lastrowid, array.array("f", numbers[at:at + SIZE]).tobytes()))


def bench_index(bench):
    flow = bench.compile(HERE / "flows" / "nearest.pf")
    file = str(bench.folder / "bench.index")
    bench.run([flow, file, "--make"])
    fill(file)
    seconds, = bench.in_turns([flow, file], times=5)
    bench.add(f"the nearest 5 of {COUNT:,} vectors of {SIZE} numbers, the whole process",
              f"{seconds * 1e3:.0f} ms", "< 500 ms", seconds < 0.5)
