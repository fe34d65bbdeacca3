#!/usr/bin/env python3
"""Which changes of our sources does no test notice?

    mutate.py [N [FOLDER]] [--seed S]

Changes one operator, constant, condition or call at a time, builds, and runs the release
tests until one fails: N changes (60 unless told) drawn from all of them, or from those below
FOLDER. It works on a copy in build-mutate/ and can be stopped at any time; the next call with
the same N, FOLDER, seed and sources goes on. The test that noticed the nearest change runs
first. Lists the changes that nothing noticed and exits 1 when there are any. Changes that do
not compile, or that give the same machine code, count for nothing.
"""

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

from mutations import mutations

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build-mutate"
TREE = PLACE / "tree"
BUILD = TREE / "build"
FOLDERS = ["codegen", "frontend", "ir", "runtime", "stdlib-nodes", "support", "tools"]
# Checks of the sources' form say nothing of what they do.
TESTS = ["-E", "^check\\."]
ENDLESS = 300  # seconds of one test


def sources_below(folder):
    names = subprocess.run(["git", "ls-files", "*.cpp"], cwd=ROOT, check=True,
                           capture_output=True, text=True).stdout.split()
    inside = [name for name in names if name.split("/")[0] in FOLDERS
              and (not folder or (name + "/").startswith(folder.rstrip("/") + "/"))]
    if not inside:
        sys.exit(f"mutate: there is no source of ours below `{folder}`")
    return inside


def renew_tree():
    """The copy holds what the work tree holds; only what differs is written."""
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others",
                            "--exclude-standard"], cwd=ROOT, check=True,
                           capture_output=True, text=True).stdout.split("\0")
    kept = [name for name in names if name and (ROOT / name).exists()]
    for name in kept:
        ours, copy = ROOT / name, TREE / name
        if not copy.exists() or copy.read_bytes() != ours.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ours, copy)
    for copy in [path for path in TREE.rglob("*") if path.is_file()]:
        name = copy.relative_to(TREE).as_posix()
        if not name.startswith("build/") and name not in kept:
            copy.unlink()


def in_place(command):
    """The copy stands where the sources stand, so that the compiler's cache knows it."""
    own = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", *own, "--mount", "sh", "-c",
            'mount --bind "$0" "$1" && cd "$1" && shift && exec "$@"', TREE, ROOT, *command]


def caged(command):
    """A changed program may remove any file and signal any process: it sees only its own
    processes, and can write only to the copy and to a /tmp of its own."""
    return in_place(["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc",
                     "sh", "-c", "mount -t tmpfs tmpfs /tmp && mount -o remount,bind,ro / && "
                     'exec "$@"', "sh", *command])


def built():
    ninja = ["ninja", "-C", ROOT / "build", "--quiet"]
    return subprocess.run(in_place(ninja), capture_output=True).returncode == 0


def test_names():
    ctest = ["ctest", "--test-dir", ROOT / "build", "-N", *TESTS]
    listed = subprocess.run(in_place(ctest), check=True, capture_output=True, text=True).stdout
    return re.findall(r"Test +#\d+: (\S+)", listed)


def failing_test(names):
    """The first of these tests that fails; none when all pass."""
    chosen = "^(" + "|".join(re.escape(name) for name in names) + ")$"
    run = subprocess.run(caged(["ctest", "--test-dir", ROOT / "build", "-R", chosen,
                                "--stop-on-failure", "--timeout", str(ENDLESS),
                                "-j", str(os.cpu_count())]), capture_output=True, text=True)
    failed = re.search(r"Test +#\d+: (\S+) .*\*\*\*", run.stdout)
    if run.returncode != 0 and not failed and "tests passed" not in run.stdout:
        sys.exit(f"mutate: the tests cannot run\n{run.stdout}{run.stderr}")
    return failed[1] if failed else None


def code_hash():
    """What the build made, as one hash: equal when a change changes no machine code."""
    digest = hashlib.sha256()
    for path in sorted([*BUILD.glob("lib/**/*.a"), *BUILD.glob("bin/*"),
                        *BUILD.glob("test/unit/*/*_test*")]):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


class Session:
    """The drawn changes and what has become of them, kept in a file."""

    def __init__(self, count, folder, seed):
        sources = {name: (ROOT / name).read_text() for name in sources_below(folder)}
        every = [(name, m) for name, text in sources.items() for m in mutations(text)]
        self.drawn = random.Random(seed).sample(every, min(count, len(every)))
        self.sources = sources
        key = hashlib.sha256(repr((self.drawn, seed)).encode()).hexdigest()[:16]
        self.file = PLACE / f"session-{key}.json"
        self.outcomes = json.loads(self.file.read_text()) if self.file.exists() else {}

    def place(self, i):
        name, mutation = self.drawn[i]
        return name, self.sources[name].count("\n", 0, mutation.offset) + 1

    def record(self, i, outcome):
        self.outcomes[str(i)] = outcome
        written = self.file.with_suffix(".new")
        written.write_text(json.dumps(self.outcomes))
        written.replace(self.file)
        name, line = self.place(i)
        print(f"{len(self.outcomes)}/{len(self.drawn)} {name}:{line}: "
              f"{self.drawn[i][1].shown()}: {outcome}", flush=True)

    def likely_test(self, i):
        """What noticed the nearest change: in the same file, else in the same folders."""
        name, line = self.place(i)

        def distance(other):
            there, at = self.place(other)
            shared = len(os.path.commonprefix([name.split("/"), there.split("/")]))
            return -shared, abs(at - line) if there == name else 0
        known = [int(k) for k, outcome in self.outcomes.items() if outcome.startswith("noticed ")]
        if not known:
            return None
        return self.outcomes[str(min(known, key=distance))].removeprefix("noticed by ")


def outcome_of(session, i, original, tests):
    name, mutation = session.drawn[i]
    changed = TREE / name
    try:
        changed.write_text(mutation.applied(session.sources[name]))
        if not built():
            return "does not compile"
        if code_hash() == original:
            return "changes no code"
        likely = session.likely_test(i)
        noticed = failing_test([likely]) if likely in tests else None
        noticed = noticed or failing_test([name for name in tests if name != likely])
        return f"noticed by {noticed}" if noticed else "SURVIVED"
    finally:
        changed.write_text(session.sources[name])


def report(session):
    outcomes = session.outcomes.values()
    noticed = sum(outcome.startswith("noticed ") for outcome in outcomes)
    survivors = [int(i) for i, outcome in session.outcomes.items() if outcome == "SURVIVED"]
    counted = noticed + len(survivors)
    print(f"\n{noticed} of {counted} changes noticed; "
          f"{len(session.outcomes) - counted} do not compile or change no code")
    for i in survivors:
        name, line = session.place(i)
        print(f"{name}:{line}: {session.drawn[i][1].shown()}\n"
              f"    {session.sources[name].splitlines()[line - 1].strip()}")
    return 1 if survivors else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=60)
    parser.add_argument("folder", nargs="?", default="")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    session = Session(options.count, options.folder, options.seed)
    print("building the unchanged sources", flush=True)
    renew_tree()
    subprocess.run(in_place(["cmake", "--preset", "release"]), check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    tests = test_names()
    if not built() or (failed := failing_test(tests)):
        sys.exit(f"mutate: without a change {failed or 'the build'} fails already")
    original = code_hash()
    for i in range(len(session.drawn)):
        if str(i) not in session.outcomes:
            session.record(i, outcome_of(session, i, original, tests))
    return report(session)


if __name__ == "__main__":
    sys.exit(main())
