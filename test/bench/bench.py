"""What all benches share: programs, baselines, times taken in turns, rows."""

import os
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CLANG = "/usr/bin/clang-19"


@dataclass
class Row:
    what: str
    value: str
    target: str
    met: bool


class Bench:
    def __init__(self, pflowc, folder):
        self.pflowc = pflowc
        self.folder = folder
        self.rows = []

    def add(self, what, value, target, met):
        self.rows.append(Row(what, value, target, met))
        print(f"{'ok  ' if met else 'MISS'} {what}: {value} (target {target})", flush=True)

    def ratio(self, what, ours, baseline, limit):
        self.add(what, f"{ours * 1e3:.2f} ms / {baseline * 1e3:.2f} ms = {ours / baseline:.2f}",
                 f"≤ {limit}", ours / baseline <= limit)

    def compile(self, flow, *options):
        out = self.folder / Path(flow).stem
        subprocess.run([self.pflowc, str(flow), "-o", str(out), *options], check=True)
        return str(out)

    def compile_c(self, name, *libraries):
        out = self.folder / f"c_{name}"
        subprocess.run([CLANG, "-O2", str(HERE / "baselines" / f"{name}.c"), "-o", str(out),
                        *libraries], check=True)
        return str(out)

    def run(self, command):
        """Wall seconds of one process."""
        start = time.perf_counter()
        pid = os.posix_spawn(command[0], command, os.environ, file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, str(self.folder / "stdout"),
             os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)])
        _, status = os.waitpid(pid, 0)
        seconds = time.perf_counter() - start
        if os.waitstatus_to_exitcode(status) != 0:
            sys.exit(f"bench: `{' '.join(command)}` failed")
        return seconds

    def in_turns(self, *commands, times):
        """Median seconds of each command, run in turns so that noise hits all alike."""
        taken = [[] for _ in commands]
        for command in commands:
            self.run(command)
        for _ in range(times):
            for seconds, command in zip(taken, commands):
                seconds.append(self.run(command))
        return [statistics.median(seconds) for seconds in taken]

    def processor_in_turns(self, *commands, times):
        """The same of the processor time of each, user's and system's."""
        taken = [[] for _ in commands]
        for _ in range(times):
            for seconds, command in zip(taken, commands):
                before = resource.getrusage(resource.RUSAGE_CHILDREN)
                self.run(command)
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return [statistics.median(seconds) for seconds in taken]

    def peak(self, command, times=11):
        """Least peak memory of a few runs, in KiB."""
        launcher = self.compile_c("peak")
        return min(int(subprocess.run([launcher, *command], stdout=subprocess.DEVNULL,
                                      stderr=subprocess.PIPE, check=True).stderr)
                   for _ in range(times))
