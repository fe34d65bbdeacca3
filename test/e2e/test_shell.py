"""shell: arguments that stay data, outputs, exit codes, what is left running."""
import os
import signal
import unittest
import uuid

from flow_case import FlowCase


class Commands(FlowCase):
    def test_output_loses_one_newline(self):
        self.assert_done(self.flow("shell(r\"printf 'a\\n\\n'\") >> print()\n"), "a\n\n")

    def test_interpolations_are_data(self):
        source = 'flow main(word: str) { shell("printf %s ${word}") -> { stdout: said }\n  print(said) }\n'
        program = self.compile(source)
        for word in ("a b", "$(touch owned)", "`touch owned`", "; touch owned", "'\"", "*", "é\nb"):
            self.assert_done(self.run_flow(program, word), word + "\n")
        self.assert_left()

    def test_list_is_many_words(self):
        source = 'flow main(words: [str]) { shell("printf [%s] ${words}") >> print() }\n'
        done = self.flow(source, "--words", "a b", "--words", "c")
        self.assert_done(done, "[a b][c]\n")

    def test_leading_dash_is_refused(self):
        source = 'flow main(file: str) { shell("cat ${file}") >> print() }\n'
        done = self.flow(source, "--file=--version")
        self.assertEqual(done.returncode, 1)
        self.assertIn("error[PF0912]", done.stderr)
        self.assertIn("--version", done.stderr)

    def test_leading_dash_after_dashes(self):
        source = 'flow main(file: str) { shell("cat -- ${file}") >> print() }\n'
        (self.work / "-n").write_text("content")
        self.assert_done(self.flow(source, "--file=-n"), "content\n")

    def test_piped_standard_input(self):
        source = '"one\\ntwo\\n" >> shell("wc -l") >> trim() >> print()\n'
        self.assert_done(self.flow(source), "2\n")

    def test_large_input_and_output(self):
        (self.work / "in").write_text("line\n" * 400_000)
        source = 'read_file("in") >> shell("tee /dev/stderr") >> write_file("out")\n'
        self.assert_done(self.flow(source))
        self.assertEqual((self.work / "out").read_text(), ("line\n" * 400_000)[:-1])

    def test_input_that_nobody_reads(self):
        (self.work / "in").write_text("x" * 1_000_000)
        self.assert_done(self.flow('read_file("in") >> shell("echo done") >> print()\n'), "done\n")

    def test_no_input_by_default(self):
        self.assert_done(self.flow('shell("cat") >> print()\n', stdin="from the flow"), "\n")

    def test_folder_to_run_in(self):
        (self.work / "sub").mkdir()
        source = 'flow main(cwd: str) { shell("pwd", cwd: cwd) >> print() }\n'
        program = self.compile(source)
        self.assert_done(self.run_flow(program, "sub"), f"{self.work / 'sub'}\n")
        done = self.run_flow(program, "absent")
        self.assert_failed(done, "PF0904", "the folder `absent` to run in does not exist")

    def test_environment_is_passed_on(self):
        done = self.flow('shell("echo $MARK") >> print()\n', env={"MARK": "passed"})
        self.assert_done(done, "passed\n")


class Failures(FlowCase):
    def test_exit_code_and_last_words(self):
        done = self.flow('shell("echo first >&2; echo last >&2; exit 3") >> print()\n')
        self.assert_failed(done, "PF0914", "the command failed with exit code 3")
        self.assertIn("last", done.stderr)
        self.assertIn("--> flow.pf:1:1", done.stderr)

    def test_unchecked_exit_code(self):
        source = """flow main() {
  shell("echo out; echo err >&2; exit 3", check: false) -> { stdout: out, stderr: err, exit_code: code }
  print("${out} ${err} ${code}")
}
"""
        self.assert_done(self.flow(source), "out err\n 3\n")

    def test_signal_is_named(self):
        done = self.flow('shell("kill -KILL $$") >> print()\n')
        self.assert_failed(done, "PF0914", "the command was ended by signal 9 (SIGKILL)")

    def test_missing_program(self):
        done = self.flow('shell("no-such-program-here") >> print()\n')
        self.assert_failed(done, "PF0914", "the command failed with exit code 127")
        self.assertIn("no-such-program-here", done.stderr)

    def test_output_that_is_not_utf8(self):
        done = self.flow("shell(r\"printf 'ab\\377'\") >> print()\n")
        self.assert_failed(
            done, "PF0914", "the output of the command is not UTF-8: byte 0xff at offset 2"
        )

    def test_error_transition(self):
        source = """flow main() {
  shell("exit 4") as run >> print()
  run - "error" >> print("caught: ${error.kind}")
}
"""
        self.assert_done(self.flow(source), "caught: tool\n")


class Cancelling(FlowCase):
    """A marker in the command line finds what is left running."""

    def setUp(self):
        super().setUp()
        self.marker = "marker-" + uuid.uuid4().hex
        self.addCleanup(self.kill_survivors)

    def kill_survivors(self):
        for process in self.processes(self.marker):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def start_waiting(self, command):
        program = self.compile(f'shell("{command}") >> write_file("out")\n')
        process = self.start(program)
        self.wait_until(lambda: self.processes(self.marker), "the command to start")
        return process

    def end_by(self, process, number):
        done = self.interrupt(process, number)
        self.assertEqual(done.returncode, 128 + number, done.stderr)
        self.assertEqual(self.processes(self.marker), [])
        self.assert_left()

    def test_what_is_left_running_goes_with_the_stage(self):
        waiting = f"sh -c 'sleep 1000; : {self.marker}' >/dev/null 2>&1 </dev/null & echo started"
        self.assert_done(self.flow(f'shell("{waiting}") >> print()\n'), "started\n")
        self.wait_until(lambda: not self.processes(self.marker), "the process to be gone")

    def test_interrupt_ends_the_group(self):
        waiting = f"sh -c 'sleep 1000; : {self.marker}' & wait; : {self.marker}"
        self.end_by(self.start_waiting(waiting), signal.SIGINT)

    def test_termination_ends_the_group(self):
        self.end_by(self.start_waiting(f"sleep 1000; : {self.marker}"), signal.SIGTERM)

    def test_deaf_command_is_killed(self):
        deaf = f"trap : TERM; while :; do sleep 0.1; done; : {self.marker}"
        self.end_by(self.start_waiting(deaf), signal.SIGTERM)

    def test_second_signal_leaves_nothing_either(self):
        deaf = f"trap : TERM; echo; while :; do sleep 0.1; done; : {self.marker}"
        process = self.start_waiting(deaf)
        process.send_signal(signal.SIGTERM)
        self.wait_until(lambda: signalled(process), "the first signal to arrive")
        done = self.interrupt(process, signal.SIGTERM)
        self.assertEqual(done.returncode, 143, done.stderr)
        self.wait_until(lambda: not self.processes(self.marker), "the command to be gone")
        self.assert_left()


def signalled(process):
    """Whether no signal is pending: what was sent has been delivered."""
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
        pending = [line.split()[1] for line in status if line.startswith(("SigPnd", "ShdPnd"))]
    return all(int(mask, 16) == 0 for mask in pending)


if __name__ == "__main__":
    unittest.main()
