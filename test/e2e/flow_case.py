"""What the end-to-end tests share: compile a flow, run it, look at what it left."""
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest

PFLOWC = os.environ.get("PFLOWC", "pflowc")
# Compiles the flows of tests that look at executables, with the archives of PFLOWC: a sanitized compiler
# takes ten times as long, and other tests look at it.
FLOW_COMPILER = os.environ.get("PFLOW_FLOW_COMPILER", PFLOWC)
# A bound against hangs, not a measure: the machine may be busy.
PATIENCE = 120


def flow_compiler_environment():
    """Finds what executables link where PFLOWC does."""
    if FLOW_COMPILER == PFLOWC:
        return None
    return {**os.environ, "PFLOW_LIB": str(pathlib.Path(PFLOWC).parent.parent)}


class FlowCase(unittest.TestCase):
    """A test with a folder of its own; flows run in `self.folder / "work"`."""

    options = []  # of the compiler, when none are said

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="pflow-e2e-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.work = self.folder / "work"
        self.work.mkdir()
        self.home = self.folder / "home"
        self.home.mkdir()
        self.env = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "PFLOW_HOME": str(self.home),
            "LC_ALL": "C.UTF-8",
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                self.env[name] = os.environ[name]

    def compile(self, source, name="flow", check=True, options=None):
        """The executable of a program text."""
        path = self.folder / f"{name}.pf"
        path.write_text(source, encoding="utf-8")
        output = self.folder / name
        done = subprocess.run(
            [FLOW_COMPILER, f"{name}.pf", "-o", name, *(self.options if options is None else options)],
            cwd=self.folder,
            env=flow_compiler_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        if check:
            self.assertEqual(done.returncode, 0, f"pflowc: {done.stderr}")
            self.assertTrue(output.exists())
        return output

    def start(self, program, *arguments, env=None, **options):
        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("cwd", self.work)
        return subprocess.Popen(
            [program, *arguments],
            env={**self.env, **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def run_flow(self, program, *arguments, stdin=None, env=None, **options):
        """Runs to the end; `returncode`, `stdout`, `stderr`."""
        options.setdefault("cwd", self.work)
        if stdin is None:
            options.setdefault("stdin", subprocess.DEVNULL)
        else:
            options["input"] = stdin
        return subprocess.run(
            [program, *arguments],
            env={**self.env, **(env or {})},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            **options,
        )

    def flow(self, source, *arguments, **options):
        return self.run_flow(self.compile(source), *arguments, **options)

    # ---- assertions ----

    def assert_done(self, done, stdout=None):
        self.assertEqual(done.returncode, 0, f"stderr: {done.stderr}")
        if stdout is not None:
            self.assertEqual(done.stdout, stdout)

    def assert_failed(self, done, code, headline, exit_code=1):
        """One error with this code and text, and nothing on standard output."""
        self.assertEqual(done.returncode, exit_code, f"stderr: {done.stderr}")
        self.assertEqual(done.stderr.count("error["), 1, done.stderr)
        self.assertIn(f"error[{code}]: {headline}", done.stderr)

    def assert_left(self, *names, folder=None):
        """Exactly these entries are in the working folder."""
        found = sorted(entry.name for entry in (folder or self.work).iterdir())
        self.assertEqual(found, sorted(names))

    # ---- processes ----

    def wait_until(self, fact, what):
        """Waits for a fact that must become true."""
        end = time.monotonic() + PATIENCE
        while not fact():
            if time.monotonic() > end:
                self.fail(f"waited in vain for {what}")
            time.sleep(0.01)

    @staticmethod
    def processes(marker):
        """Ids of the processes whose command line holds `marker`."""
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                if marker.encode() in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
        return found

    def interrupt(self, process, number=signal.SIGINT):
        """Sends a signal and waits for the end."""
        process.send_signal(number)
        return self.communicate(process)

    def communicate(self, process):
        """Waits for the end of what `start` started."""
        stdout, stderr = process.communicate(timeout=PATIENCE)
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)
