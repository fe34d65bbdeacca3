"""What shells and man make of what pflowc says of its command line."""
import os
import pty
import re
import select
import signal
import subprocess
import time

from flow_case import PATIENCE, PFLOWC, FlowCase


class CompletionCase(FlowCase):
    def script(self, shell):
        done = self.run_flow(PFLOWC, "completions", shell)
        self.assert_done(done)
        path = self.folder / f"completions.{shell}"
        path.write_text(done.stdout)
        return path

    def setUp(self):
        super().setUp()
        (self.work / "review.pf").write_text('print("a")\n')
        (self.work / "review.txt").write_text("")


class Bash(CompletionCase):
    def completed(self, *words):
        line = f"""source "$0"; COMP_WORDS=(pflowc "$@"); COMP_CWORD=$#; _pflowc; printf '%s\\n' "${{COMPREPLY[@]}}" """
        done = self.run_flow("bash", "-c", line, self.script("bash"), *words)
        self.assertEqual(done.stderr, "")
        return sorted(done.stdout.split())

    def test_commands_and_programs(self):
        self.assertEqual(self.completed("completion"), ["completions"])
        self.assertEqual(self.completed("re"), ["review.pf"])
        self.assertEqual(self.completed("check", "re"), ["review.pf"])
        self.assertEqual(self.completed("help", "ver"), [])
        self.assertEqual(self.completed("help", "wat"), ["watch"])

    def test_options_of_the_command(self):
        self.assertEqual(self.completed("fmt", "--ch"), ["--check"])
        self.assertEqual(self.completed("run", "--allow-r"), ["--allow-remote"])
        self.assertEqual(self.completed("fmt", "--allow-r"), [])
        self.assertEqual(self.completed("--sta"), ["--static"])


class Fish(CompletionCase):
    def completed(self, line):
        done = self.run_flow("fish", "--no-config", "-c", 'source $argv[1]; complete -C $argv[2]', self.script("fish"), line,
                             env={"HOME": str(self.home)})
        self.assertEqual(done.stderr, "")
        return dict((*row.split("\t"), "")[:2] for row in done.stdout.splitlines())

    def test_commands_and_programs(self):
        self.assertIn("print what a shell completes", self.completed("pflowc completion")["completions"])
        self.assertIn("review.pf", self.completed("pflowc re"))

    def test_options_of_the_command(self):
        self.assertEqual(list(self.completed("pflowc fmt --che")), ["--check"])
        self.assertEqual(list(self.completed("pflowc fmt --allow-r")), [])
        self.assertEqual(list(self.completed("pflowc --sta")), ["--static"])


class Zsh(CompletionCase):
    """Interactively: nothing else runs the completion system of zsh."""

    def completed(self, line, expected):
        script = self.script("zsh")
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(self.work)
            os.execvpe("zsh", ["zsh", "-f", "-i"], {**self.env, "TERM": "dumb", "HOME": str(self.home), "PS1": "> "})
        try:
            os.write(terminal, f"autoload -Uz compinit && compinit -D -u && source {script}; echo rea''dy\n".encode())
            seen = self.read_until(terminal, "ready")
            self.assertNotIn("error", seen)
            os.write(terminal, f"{line}\t".encode())
            return self.read_until(terminal, expected)
        finally:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            os.close(terminal)

    def read_until(self, terminal, expected):
        seen, end = "", time.monotonic() + PATIENCE
        while expected not in seen:
            if not select.select([terminal], [], [], max(0, end - time.monotonic()))[0]:
                self.fail(f"waited in vain for {expected!r} behind {seen!r}")
            seen += os.read(terminal, 4096).decode(errors="replace")
        return seen

    def test_commands_options_and_programs(self):
        self.completed("pflowc completio", "ns ")
        self.completed("pflowc fmt --che", "ck ")
        self.completed("pflowc --stat", "ic ")
        self.completed("pflowc check rev", "iew.pf ")


class Manual(CompletionCase):
    def test_it_is_a_page(self):
        page = self.run_flow(PFLOWC, "help", "--man")
        self.assert_done(page)
        shown = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-P-c"], input=page.stdout, capture_output=True, text=True,
                               check=True)
        self.assertEqual(shown.stderr, "")
        plain = re.sub(".\b", "", shown.stdout)  # bold is a letter over itself
        for line in ("PFLOWC(1)", "pflowc - compile flow programs", "--static", "PFLOW_HOME"):
            self.assertTrue(line in plain, line)


class Refused(CompletionCase):
    def test_other_shells(self):
        for words in (["tcsh"], [], ["bash", "zsh"]):
            done = self.run_flow(PFLOWC, "completions", *words)
            self.assertEqual(done.returncode, 2)
            self.assertIn("bash, zsh or fish", done.stderr)
            self.assertEqual(done.stdout, "")
