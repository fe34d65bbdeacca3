"""Programs that say how they go on: flows that are durable, stages that may or may not be done twice."""
import os
import pty
import socket
import subprocess
import unittest

from journal_case import JournalCase

STEP = """flow main(names: [str]) {
  names >> each name {
    shell("echo ${name} >>ledger; test ${name} != c || read line <gate; echo ${name}!") POLICY
  } -> outs
  outs.join(" ")
}
"""


class InDoubt(JournalCase):
    def killed(self, policy):
        program = self.compile(STEP.replace("POLICY", f"with (in_doubt: {policy})"))
        self.kill_in_the_middle(program)
        return program

    def test_again(self):
        self.assert_done(self.resume(self.killed('"again"')), "a! b! c! d!\n")
        self.assertEqual(self.ledger(), ["a", "b", "c", "c", "d"])

    def test_of_a_flow_it_holds_for_what_it_does(self):
        program = self.compile("""flow work(name: str) {
  shell("echo ${name} >>ledger; test ${name} != c || read line <gate; echo ${name}!")
}
flow main(names: [str]) {
  names >> each name { work(name) with (in_doubt: "again") } -> outs
  outs.join(" ")
}
""")
        self.kill_in_the_middle(program)
        self.assert_done(self.resume(program), "a! b! c! d!\n")

    def test_what_may_be_done_again_is_refused(self):
        program = self.compile("""flow main(address: str) {
  http("${address}/slow") with (in_doubt: "fail")
}
""")
        with socket.create_server(("127.0.0.1", 0)) as server:
            address = f"http://127.0.0.1:{server.getsockname()[1]}"
            run = self.start(program, "--address", address, "--journal", "run.journal")
            connection, _ = server.accept()
            with connection:
                connection.recv(1)
                run.kill()
                self.communicate(run)
        done = self.resume(program)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("nobody knows whether this was done: `main/http", done.stderr)

    def answered(self, program, answer):
        """A resumed run, when that is typed at its question: exit code, output, what the terminal has shown."""
        ours, theirs = pty.openpty()
        with subprocess.Popen([program, "--resume", "run.journal"], cwd=self.work, env=self.env, stdin=theirs,
                              stdout=subprocess.PIPE, stderr=theirs, start_new_session=True) as run:
            os.close(theirs)
            shown = b""
            while not shown.endswith(b"[yes/no] "):
                shown += os.read(ours, 1024)
            os.write(ours, answer)
            out = run.stdout.read()
            run.wait()
            try:
                while more := os.read(ours, 1024):
                    shown += more
            except OSError:
                pass  # the other end is closed
        os.close(ours)
        return run.returncode, out.decode(), shown.decode()

    def test_a_person_is_asked(self):
        program = self.killed('"ask"')
        code, out, shown = self.answered(program, b"no\n")
        self.assertEqual((code, out), (2, ""), shown)
        self.assertIn("nobody knows whether this was done: `main/each", shown)
        self.assertIn("Do it again? [yes/no]", shown)
        self.assertIn("`--in-doubt again` does it again", shown)
        self.assertEqual(self.ledger(), ["a", "b", "c"])
        done = self.resume(program)
        self.assertEqual(done.returncode, 2, "there is nobody to ask")
        code, out, shown = self.answered(program, b"what?\nyes\n")
        self.assertEqual((code, out), (0, "a! b! c! d!\n"), shown)
        self.assertEqual(shown.count("Do it again?"), 2)
        self.assertEqual(self.ledger(), ["a", "b", "c", "c", "d"])


class Durable(JournalCase):
    PROGRAM = 'durable flow keep() {\n  shell("echo done >>ledger; test -e ready")\n}\nflow main() {\n  keep()\n}\n'

    def journals(self):
        folder = self.home / "pflow" / "runs"
        return sorted(folder.iterdir()) if folder.exists() else []

    def setUp(self):
        super().setUp()
        self.env["PFLOW_HOME"] = str(self.home / "pflow")

    def test_a_run_keeps_a_journal(self):
        program = self.compile(self.PROGRAM)
        done = self.run_flow(program)
        self.assertEqual(done.returncode, 1)
        name = self.journals()[0].name.removesuffix(".journal")
        self.assertTrue(done.stderr.endswith(f"`--resume {name}` goes on with this run\n"), done.stderr)
        (self.work / "ready").touch()
        self.assert_done(self.resume(program, journal=name), "\n")
        self.assertEqual(self.ledger(), ["done", "done"])
        self.assertEqual(len(self.journals()), 1)

    def test_the_command_line_wins(self):
        program = self.compile(self.PROGRAM)
        (self.work / "ready").touch()
        self.assert_done(self.run_flow(program, "--journal", "none"), "\n")
        self.assert_done(self.run_flow(program, env={"PFLOW_JOURNAL": "none"}), "\n")
        self.assertEqual(self.journals(), [])
        self.assert_done(self.run_flow(program, "--journal", "run.journal"), "\n")
        self.assertEqual(self.journals(), [])
        self.assertEqual([record["type"] for record in self.records()], ["run", "intent", "result", "end"])

    def test_what_reaches_none_keeps_none(self):
        program = self.compile('durable flow keep() {\n  shell("false")\n}\nflow main() {\n  print("well")\n}\n')
        self.assert_done(self.run_flow(program), "well\n")
        self.assertEqual(self.journals(), [])
        self.assertNotIn("--journal", self.run_flow(program, "--help").stdout)

    def test_a_program_that_waits_for_nothing(self):
        program = self.compile('durable flow main() {\n  print("well")\n}\n')
        self.assert_done(self.run_flow(program), "well\n")
        self.assertEqual(len(self.journals()), 1)


if __name__ == "__main__":
    unittest.main()
