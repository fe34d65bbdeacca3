#!/usr/bin/env python3
"""check_tidy.py BUILD [--all]: clang-tidy finds nothing in the sources that changed, or in all.

Changed is what differs from where this branch left origin/main; without one, or on it, from the
commit before (a fresh clone of CI may have a detached HEAD and nothing else), and what is not
committed. Of many changed files the most changed ones are looked at, so that the test stays
within about a minute; `./dev tidy` looks at all. What was found clean is not looked at again until
it, a header that it includes, or .clang-tidy changes: BUILD/tidy-clean has the hashes.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from check_layering import INCLUDE, ROOT, from_root

TIDY = "clang-tidy-19"
MOST = 8  # files in a run that looks at changes only


def git(root, *arguments):
    """What git says; none when it fails."""
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else None


def base_of(root):
    """The commit with which HEAD is compared; none when there is no other."""
    head = git(root, "rev-parse", "HEAD")
    left = git(root, "merge-base", "origin/main", "HEAD")
    return left if left and left != head else git(root, "rev-parse", "--verify", "HEAD~1")


def changed_lines(root):
    """Path -> how many lines differ from the base."""
    base = base_of(root)
    counted = git(root, "diff", "--numstat", "--no-renames", base or "HEAD") or ""
    fresh = (git(root, "ls-files", "--others", "--exclude-standard") or "").splitlines()
    lines = dict.fromkeys(fresh, 1 << 20)
    for row in counted.splitlines():
        added, removed, path = row.split("\t")
        if added != "-":
            lines[path] = int(added) + int(removed)
    return lines


def sources_of(lines, known):
    """The sources to look at, the most changed first: a header stands for the source beside it."""
    count = {}
    for path, changed in lines.items():
        source = path.rpartition(".")[0] + ".cpp"
        if source in known:
            count[source] = count.get(source, 0) + changed
    return sorted(count, key=lambda path: (-count[path], path))


class Hashes:
    """What a file's findings depend on, as one hash."""

    def __init__(self, commands):
        self.commands, self.texts = commands, {}
        self.common = (ROOT / ".clang-tidy").read_bytes() + subprocess.run(
            [TIDY, "--version"], capture_output=True, check=True).stdout

    def text(self, path):
        if path not in self.texts:
            file = ROOT / path
            self.texts[path] = file.read_text(errors="replace") if file.is_file() else None
        return self.texts[path]

    def of(self, path):
        seen, at = {path}, [path]
        while at:
            for _, target in INCLUDE.findall(self.text(at.pop()) or ""):
                target = from_root(target)
                if target not in seen and self.text(target) is not None:
                    seen.add(target)
                    at.append(target)
        made = hashlib.sha256(self.common + self.commands[path].encode())
        for part in sorted(seen):
            made.update(part.encode() + b"\0" + self.text(part).encode())
        return made.hexdigest()


def files_of(entry):
    """The sources that one compilation covers: one, or those of a batch."""
    if not re.search(r"/unity_\d+_cxx\.cxx$", entry["file"]):
        return [entry["file"]]
    return re.findall(r'#include "(.*)"', pathlib.Path(entry["file"]).read_text())


def single_commands(build):
    """How each source would be compiled by itself, as clang-tidy reads it from BUILD/tidy."""
    entries = [{**entry, "file": file, "command": entry["command"].replace(entry["file"], file)}
               for entry in json.loads((build / "compile_commands.json").read_text())
               for file in files_of(entry)]
    (build / "tidy").mkdir(exist_ok=True)
    (build / "tidy" / "compile_commands.json").write_text(json.dumps(entries, indent=1))
    return entries


def commands_of(build):
    """Path -> how it is compiled, of our own sources but the tests'."""
    found = {}
    for entry in single_commands(build):
        path = pathlib.Path(entry["file"])
        if path.is_relative_to(ROOT) and not path.is_relative_to(build):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(("test/", "build")):
                found[name] = entry["command"]
    return found


def look_at(build, path):
    """What clang-tidy says of the file; empty when it is clean."""
    done = subprocess.run([TIDY, "-p", str(build / "tidy"), "--quiet", str(ROOT / path)], cwd=ROOT,
                          capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def run(build, everything):
    commands = commands_of(build)
    wanted = sorted(commands) if everything else sources_of(changed_lines(ROOT), commands)
    kept = build / "tidy-clean"
    clean = set(kept.read_text().split()) if kept.exists() else set()
    hashes = Hashes(commands)
    stale = [path for path in wanted if hashes.of(path) not in clean]
    if not everything and len(stale) > MOST:
        print(f"{len(stale)} files changed, the {MOST} most changed are looked at; "
              "`./dev tidy` looks at all")
        stale = stale[:MOST]
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, said in zip(stale, pool.map(lambda path: look_at(build, path), stale)):
            if said:
                bad += 1
                print(said, flush=True)
            else:
                with kept.open("a") as file:
                    file.write(hashes.of(path) + "\n")
    print(f"{len(stale) - bad} of {len(stale)} files are clean, {len(wanted) - len(stale)} need no look")
    return 1 if bad else 0


def self_test():
    """Which commit a clone compares itself with, and which files it finds."""
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)

        def commit(name):
            (place / name).write_text(name)
            git(place, "add", "-A")
            git(place, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", name)
            return git(place, "rev-parse", "HEAD")

        git(place, "init", "-q")
        first = commit("a.cpp")
        assert base_of(place) is None and changed_lines(place) == {}
        second = commit("b.cpp")
        git(place, "checkout", "-q", "--detach")
        assert base_of(place) == first and list(changed_lines(place)) == ["b.cpp"]
        git(place, "update-ref", "refs/remotes/origin/main", second)
        assert base_of(place) == first  # on main itself
        commit("c.h")
        commit("d.cpp")
        (place / "e.cpp").write_text("")
        assert base_of(place) == second
        assert sorted(changed_lines(place)) == ["c.h", "d.cpp", "e.cpp"]
    assert sources_of({"c.h": 2, "c.cpp": 1, "d.cpp": 5, "e.h": 9}, {"c.cpp", "d.cpp"}) == [
        "d.cpp", "c.cpp"]


if __name__ == "__main__":
    self_test()
    sys.exit(run(pathlib.Path(sys.argv[1]).resolve(), "--all" in sys.argv))
