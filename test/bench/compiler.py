"""How long compiling takes."""

from bench import CLANG, HERE


def generated_program(lines):
    """A program of about `lines` lines that uses every common construct."""
    nodes = lines // 8
    out = ["# Generated for the compile-time bench."]
    for i in range(nodes):
        out.append(f"## Doc of node {i}.\nnode step_{i}(n: int, name: str = \"x\") -> str {{\n"
                   f"  let twice = n * 2 + {i}\n"
                   f"  let label = if twice > {i * 3} {{ \"big\" }} else {{ \"small\" }}\n"
                   f"  \"${{label}} ${{name.upper()}} ${{twice}}\"\n}}\n")
    out.append("flow main() -> last {\n  let last = \"\"")
    out += [f"  last = step_{i}({i}, last.trim())" for i in range(nodes)]
    out.append("}")
    return "\n".join(out) + "\n"


def bench_compiler(bench):
    seed = HERE / "flows" / "seed.pf"
    ours, clang = bench.in_turns(
        [bench.pflowc, str(seed), "-o", str(bench.folder / "seed")],
        [CLANG, "-O2", str(HERE / "baselines" / "hello.c"), "-o", str(bench.folder / "hello")],
        times=21)
    bench.ratio("`pflowc seed.pf -o seed` / `clang -O2 hello.c -o hello`", ours, clang, 1.0)
    big = bench.folder / "big.pf"
    big.write_text(generated_program(10_000))
    count = big.read_text().count("\n")
    (seconds,) = bench.in_turns([bench.pflowc, str(big), "-o", str(bench.folder / "big")], times=3)
    bench.add(f"compile a program of {count:,} lines", f"{seconds:.2f} s", "< 2 s", seconds < 2)
    small = bench.folder / "small.pf"
    small.write_text(generated_program(1000))
    count = small.read_text().count("\n")
    (seconds,) = bench.in_turns([bench.pflowc, str(small), "-o", str(bench.folder / "small")],
                                times=7)
    bench.add(f"compile a program of {count:,} lines", f"{seconds * 1e3:.0f} ms", "< 150 ms",
              seconds < 0.15)
