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


def many_nodes(used):
    """10,000 function nodes of which the program calls so many."""
    nodes = "".join(f"node f{i}(x: int) -> int = x * {i % 97 + 1} + {i}\n" for i in range(10_000))
    return nodes + "flow main() {\n" + "".join(f"  print(f{i}(2))\n" for i in range(used)) + "}\n"


def wide_record(fields):
    """Lists of a record are read, copied with a change, compared and sorted."""
    return ("schema R {\n" + "".join(f"  f{i}: str\n" for i in range(fields)) + "}\n"
            'node pick(r: R) -> R = if r.f1 == "x" { r } else { R { ...r, f2: "y" } }\n'
            "flow main() {\n"
            '  read_file("r.json") >> parse_json(schema: [R]) -> rs\n'
            '  let a = rs.filter(r => r.f3 != "q").map(r => pick(r))\n'
            "  let b = a.sort_by(r => r.f4)\n"
            '  if a == b { print("same") }\n'
            "  b >> each r { print(r.f5) }\n}\n")


def dense_flows(count):
    flows = "".join(f'flow w{i}(a: str) -> r {{\n  let b = a + "x{i}"\n  let c = b + a\n'
                    f"  let r = c + b\n}}\n" for i in range(count))
    return flows + "flow main() {\n" + "".join(f'  w{i}("a") >> print()\n'
                                               for i in range(count)) + "}\n"


def dense_each(count):
    return "flow main() {\n" + "".join(
        f'  let l{i} = ["a", "b{i}"]\n  l{i} >> each x with (on_error: skip) {{\n    x + "y{i}"\n'
        f'  }} -> r{i}\n  print("${{r{i}}}")\n' for i in range(count)) + "}\n"


def bench_scale(bench):
    for name, text, most, times in (
            ("10,000 function nodes of which two are used", many_nodes(2), 1, 3),
            ("10,000 function nodes that are all used", many_nodes(10_000), 6, 3),
            ("a program with a record of 1,000 fields", wide_record(1000), 0.5, 7),
            ("250 flows of four lines, all used", dense_flows(250), 0.2, 7),
            ("80 `each … with (on_error: skip)` in one flow", dense_each(80), 0.2, 7)):
        program = bench.folder / "scale.pf"
        program.write_text(text)
        (seconds,) = bench.in_turns([bench.pflowc, str(program), "-o", str(bench.folder / "scale")],
                                    times=times)
        bench.add(f"compile {name}", f"{seconds * 1e3:.0f} ms", f"< {most * 1000:.0f} ms",
                  seconds < most)


def bench_compiler(bench):
    bench_scale(bench)
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
