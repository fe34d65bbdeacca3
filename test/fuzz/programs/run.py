#!/usr/bin/env python3
"""Random programs against Python: `run.py PFLOWC --seconds S`, or `--programs N --seed M`.

A program holds many expressions and flows; of each it prints one line, which is compared with
what Python computes. A program that differs stays in the current folder.
"""
import argparse
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile
import time

from computed import Budget, Endless, Failed
from expressions import Expressions
from flows import Flow, indented

PARAMS = {"i": ("int", -7), "j": ("int", 3), "big": ("int", (1 << 63) - 1), "x": ("float", 2.5),
          "s": ("str", "héllo"), "t": ("str", ""), "p": ("bool", True), "xs": ("[int]", [3, -1, 3]),
          "empty": ("[int]", []), "ws": ("[str]", ["b", "a", "b"]), "m": ("map", {"a": 1, "k": -2}),
          "r": ("Rec", {"n": 4, "s": "r", "xs": [1, 2], "o": 5}), "o": ("int?", None)}
WORDS = {"map": "map<int>"}
BATCH = 60  # expressions and flows of a program
PART = 6    # of these are called by one flow: large ones take long to compile
SCHEMA = 'schema Rec { n: int; s: str; xs: [int] = []; o: int? }\n'


def scope():
    kinds = {}
    for name, (kind, _) in PARAMS.items():
        kinds.setdefault(kind, []).append(name)
    return kinds


def as_json(value):
    """As pflowc writes it: what JSON has no number for is null."""
    if isinstance(value, float) and not math.isfinite(value):
        return "null"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def made(rng, number):
    """A node or a flow, the lines that call it and print its result, and these; none: too long."""
    values = {name: value for name, (_, value) in PARAMS.items()}
    if rng.random() < 0.25:
        lines, run = Flow(rng, scope()).make()
        result = "total"
        head = f"flow f{number}({{}}) -> {result} {{{{"
        text = "\n".join([head, *(line.replace("{", "{{").replace("}", "}}")
                                  for line in indented(lines)), "}}"])
    else:
        kind = rng.choice(("int", "int", "float", "bool", "str", "[int]", "[str]", "map", "Rec",
                           "int?"))
        expr = Expressions(rng, scope()).make(kind, rng.randrange(2, 6))
        body = expr.text.replace("{", "{{").replace("}", "}}")
        text = f"node f{number}({{}}) -> {WORDS.get(kind, kind)} = {body}"
        run = expr.value
    shown = f"print(to_json(r{number}))"
    Budget.left = Budget.MOST
    try:
        expected = as_json(run(values))
        call = f"f{number}({{}}) -> r{number}"
    except Failed as failed:
        expected = as_json([failed.kind])
        call = f"[0] >> each x{number} with (on_error: skip) {{{{ f{number}({{}}) }}}} -> r{number} as e{number}"
        shown = f"print(to_json(r{number}.map(it => \"done\") + e{number}.errors.map(it => it.kind)))"
    except Endless:
        return None
    if len(text) > 3000 or len(expected) > 3000:
        return None
    return text, [call, shown], expected


def program(rng, count):
    """The text of a program, and the lines it prints."""
    ports = ", ".join(f"{name}: {WORDS.get(kind, kind)}" for name, (kind, _) in PARAMS.items())
    names = ", ".join(PARAMS)
    defaults = ", ".join(f"{name}: {WORDS.get(kind, kind)} = {written(kind, value)}"
                         for name, (kind, value) in PARAMS.items())
    items, expected, parts = [SCHEMA], [], []
    while len(expected) < count:
        one = made(rng, len(expected))
        if one is None:
            continue
        items.append(one[0].format(ports) + "\n")
        if len(expected) % PART == 0:
            parts.append([])
        call, shown = one[1]
        parts[-1] += [call.format(names), shown]
        expected.append(one[2])
    for number, lines in enumerate(parts):
        items.append("\n".join([f"flow part{number}({ports}) {{", *indented(lines), "}\n"]))
    calls = [f"part{number}({names})" for number in range(len(parts))]
    items.append("\n".join([f"flow main({defaults}) {{", *indented(calls), "}\n"]))
    return "\n".join(items), expected


def written(kind, value):
    """A value as a default."""
    if kind == "Rec":
        return "Rec { n: 4, s: \"r\", xs: [1, 2], o: 5 }"
    if value is None:
        return "none"
    return json.dumps(value, ensure_ascii=False)


def problem(pflowc, text, expected, folder):
    """What is wrong with a program; none when it prints what is expected."""
    (folder / "program.pf").write_text(text, encoding="utf-8")
    built = subprocess.run([pflowc, "program.pf", "-o", "program"], cwd=folder, text=True,
                           capture_output=True, check=False)
    if built.returncode != 0:
        return f"it does not compile ({built.returncode}):\n{built.stderr[:2000]}"
    ran = subprocess.run(["./program", "--quiet"], cwd=folder, text=True, capture_output=True, check=False)
    if ran.returncode != 0 or ran.stderr:
        return f"it ends with {ran.returncode}:\n{ran.stderr[:2000]}"
    found = ran.stdout.split("\n")[:-1]
    for number, (one, other) in enumerate(zip(found, expected)):
        if one != other:
            return f"f{number} is\n  {one}\nbut Python has\n  {other}"
    return None if len(found) == len(expected) else f"it prints {len(found)} lines"


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("pflowc", type=pathlib.Path)
    bound = options.add_mutually_exclusive_group(required=True)
    bound.add_argument("--seconds", type=float, help="how long programs are made")
    bound.add_argument("--programs", type=int, help="how many are made")
    options.add_argument("--seed", type=int, help="of the first program; else another each time")
    given = options.parse_args()
    seed = random.randrange(1 << 32) if given.seed is None else given.seed
    end, count = time.monotonic() + (given.seconds or 0), 0
    with tempfile.TemporaryDirectory(prefix="pflow-programs-") as folder:
        while count < given.programs if given.programs else time.monotonic() < end:
            text, expected = program(random.Random(seed + count), BATCH)
            wrong = problem(given.pflowc.resolve(), text, expected, pathlib.Path(folder))
            if wrong:
                kept = pathlib.Path(f"program-{seed + count}.pf")
                kept.write_text(text, encoding="utf-8")
                sys.exit(f"--seed {seed + count}, kept as {kept}: {wrong}")
            count += 1
    print(f"{count} programs of {BATCH}, from --seed {seed}")


if __name__ == "__main__":
    main()
