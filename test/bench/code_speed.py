"""Machine code: loops, calls, memory over a long run."""

from bench import HERE


def bench_machine_code(bench):
    visits = bench.compile(HERE / "flows" / "visits.pf")
    many, one = bench.in_turns([visits, "10000000"], [visits, "1"], times=11)
    nanoseconds = (many - one) * 1e9 / 1e7
    bench.add("a visit through a label with a function node (10,000,000 visits)",
              f"{nanoseconds:.1f} ns", "< 20 ns", nanoseconds < 20)
    fib, c = bench.compile(HERE / "flows" / "fib.pf"), bench.compile_c("fib")
    ours, baseline = bench.in_turns([fib, "32"], [c, "32"], times=21)
    bench.ratio("`fib(32)` / C at -O2 with overflow checks", ours, baseline, 1.5)
    strings = bench.compile(HERE / "flows" / "strings.pf")
    few, lots = bench.peak([strings, "1000"]), bench.peak([strings, "1000000"])
    bench.add("peak memory, 1,000,000 visits that build strings, against 1,000",
              f"{lots} KiB / {few} KiB = {lots / few:.2f}", "≤ 1.1", lots / few <= 1.1)
