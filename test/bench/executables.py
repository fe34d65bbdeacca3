"""What executables weigh, and what having libcurl or the C library in them costs at a start."""

import subprocess

from bench import HERE

WIDE = """
flow main(word: str = "a") {
  llm("summarize ${word}") -> said
  sql("select ${said} as said", db: ":memory:") -> rows
  print(matches(said, r"a+b") and rows.len() == 1)
}
"""


def stripped(executable):
    """Bytes without the table of symbols."""
    out = f"{executable}.stripped"
    subprocess.run(["strip", "-o", out, executable], check=True)
    with open(out, "rb") as file:
        return file.seek(0, 2)


def bench_executables(bench):
    def limited(what, size, limit):
        bench.add(f"stripped executable of {what}", f"{size / 1e3:,.0f} KB", f"< {limit:,} KB", size < limit * 1e3)

    wide = bench.folder / "wide.pf"
    wide.write_text(WIDE)
    file_flow, asking = HERE / "flows" / "upper.pf", HERE / "flows" / "seed.pf"
    limited("the file flow", stripped(bench.compile(file_flow)), 120)
    limited("the file flow, static", stripped(bench.compile(file_flow, "--static")), 850)
    limited("a flow with `llm`, static", stripped(bench.compile(asking, "--static")), 6_500)
    limited("a flow with `llm`, SQLite and RE2, static", stripped(bench.compile(wide, "--static")), 8_500)

    source = bench.folder / "small.txt"
    source.write_text("Tea.\n")
    started = {}
    for name, options in (("shared", ["--shared-curl"]), ("usual", []), ("static", ["--static"])):
        started[name] = bench.folder / f"seed-{name}"
        subprocess.run([bench.pflowc, str(asking), "-o", str(started[name]), *options], check=True)
    shared, usual, static = bench.in_turns(*([str(program), "--help"] for program in started.values()), times=101)
    for name, seconds in (("with libcurl in it", usual), ("static", static)):
        bench.add(f"start of a flow with `llm`, {name} / with the machine's libcurl",
                  f"{seconds * 1e3:.2f} ms / {shared * 1e3:.2f} ms", "≤ 3 ms more", (seconds - shared) * 1e3 <= 3)
