"""approve and wait_for: on a terminal, and in runs that end and go on."""
import json
import os
import pty
import subprocess
import unittest

from flow_case import PATIENCE, PFLOWC
from journal_case import JournalCase

SHIP = """flow main(names: [str]) {
  names >> each name {
    shell("echo ${name} >>ledger") -> done
    approve("Ship ${name}?", show: "it is ${name}") -> answer as ship
    match answer {
      "yes" => { shell("echo shipped ${name} >>ledger") }
      "no" => { print("kept ${name}") }
    }
  }
  print("all is decided")
}
"""
PAID = """schema Payment { amount: float; by: str = "card" }
flow main(order: int) {
  wait_for("paid-${order}", schema: Payment, deadline: 1h) -> payment
  print("${payment.amount} by ${payment.by}")
}
"""


class Answers(JournalCase):
    def test_the_rest_is_done_and_later_runs_go_on(self):
        program = self.compile(SHIP)
        run = self.run_flow(program, "a", "b", "c", "--journal", "run.journal")
        self.assertEqual(run.returncode, 3)
        self.assertEqual(sorted(self.ledger()), ["a", "b", "c"])
        self.assertEqual(run.stderr, """the run waits for
  ship[0]: Ship a?
  ship[1]: Ship b?
  ship[2]: Ship c?
`--resume run.journal --answer 'ship[0]=yes'` goes on with it
""")
        run = self.resume(program, "--answer", "ship[1]=yes", "--answer", "ship[0]=no", "--answer", "sip[2]=no")
        self.assertEqual(run.returncode, 3)
        self.assertEqual(run.stdout, "kept a\n")
        self.assertIn("  ship[2]: Ship c?\nnothing has asked for `sip[2]`\n", run.stderr)
        done = self.resume(program, env={"PFLOW_ANSWER": "ship[2]=yes"})
        self.assert_done(done, "all is decided\n")
        ledger = (self.work / "ledger").read_text().splitlines()
        self.assertEqual(sorted(ledger), ["a", "b", "c", "shipped b", "shipped c"])

    def test_in_json(self):
        program = self.compile(SHIP)
        run = self.run_flow(program, "a", "--journal", "run.journal", "--json")
        self.assertEqual(run.returncode, 3)
        self.assertEqual(json.loads(run.stdout), {
            "waiting": [{"name": "ship[0]", "kind": "answer", "question": "Ship a?"}], "resume": "run.journal"})

    def test_what_is_no_answer(self):
        program = self.compile(SHIP)
        run = self.run_flow(program, "a", "--journal", "one.journal", "--answer", "ship[0]=perhaps")
        self.assertEqual(run.returncode, 1)
        self.assertIn("`perhaps` is no answer: `yes` or `no`", run.stderr)
        run = self.run_flow(program, "a", "--journal", "two.journal", "--answer", "yes")
        self.assertEqual(run.returncode, 2)
        self.assertIn("`--answer` takes NAME=VALUE, not `yes`", run.stderr)
        self.assertFalse((self.work / "two.journal").exists())

    def test_nobody_could_go_on(self):
        run = self.run_flow(self.compile(SHIP), "a")
        self.assertEqual(run.returncode, 1)
        self.assertIn("nobody can go on with this run later: it keeps no journal", run.stderr)
        self.assertIn("`--journal auto` keeps one", run.stderr)

    def test_a_stage_that_is_come_to_again_asks_again(self):
        program = self.compile("""flow main() {
  let n = 0
  let answer = "yes"
  repeat {
    n = n + 1
    approve("Once more after ${n}?") -> said as once
    answer = said
  } until answer == "no"
  print("${n} times")
}
""")
        self.assertEqual(self.run_flow(program, "--journal", "run.journal").returncode, 3)
        run = self.resume(program, "--answer", "once=yes")
        self.assertEqual(run.returncode, 3)
        self.assertIn("once: Once more after 2?", run.stderr)
        self.assert_done(self.resume(program, "--answer", "once=no"), "2 times\n")

    def test_a_test_answers(self):
        (self.folder / "ship.pf").write_text(SHIP + """
test "it is shipped" {
  stub approve = (question) => if question == "Ship a?" { "yes" } else { "no" }
  stub shell = () => ""
  main(["a", "b"])
  assert calls(shell) == 3
}
""")
        done = subprocess.run([PFLOWC, "test", "ship.pf"], cwd=self.folder, env=self.env, capture_output=True, text=True,
                              timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_on_a_terminal(self):
        program = self.compile(SHIP)
        main, theirs = pty.openpty()
        process = self.start_on(theirs, program, "a", "b")
        seen = self.read_until(main, "Ship a? [yes/no] ")
        self.assertIn("it is a", seen)
        self.assertNotIn("Ship b?", seen)
        os.write(main, b"what\n")
        self.read_until(main, "Ship a? [yes/no] ")
        os.write(main, b"y\n")
        self.read_until(main, "Ship b? [yes/no] ")
        os.write(main, b"no\n")
        self.read_until(main, "all is decided")
        self.assertEqual(process.wait(), 0)
        os.close(main)

    def start_on(self, terminal, program, *arguments):
        process = subprocess.Popen([program, *arguments, "--progress", "never"], cwd=self.work, env=self.env,
                                   stdin=terminal, stdout=terminal, stderr=terminal)
        os.close(terminal)
        return process

    def read_until(self, terminal, end):
        seen = ""
        while end not in seen:
            seen += os.read(terminal, 4096).decode()
        return seen


class Events(JournalCase):
    def test_what_comes_with_an_event_has_its_type(self):
        program = self.compile(PAID)
        run = self.run_flow(program, "7", "--journal", "run.journal")
        self.assertEqual(run.returncode, 3)
        self.assertEqual(run.stderr, "the run waits for\n  paid-7 (an event)\n"
                                     "`--resume run.journal --event 'paid-7=@FILE'` goes on with it\n")
        run = self.resume(program, "--event", "paid-7=[1]")
        self.assertEqual(run.returncode, 1)
        self.assertIn("expected Payment, found list", run.stderr)
        self.assertEqual(self.resume(program, "--event", "paid-7=@nowhere").returncode, 2)
        (self.work / "payment.json").write_text('{"amount": 12.5}')
        self.assert_done(self.resume(program, "--event", "paid-7=@payment.json"), "12.5 by card\n")

    def test_what_has_not_come_in_time(self):
        program = self.compile(PAID)
        self.assertEqual(self.run_flow(program, "7", "--journal", "run.journal").returncode, 3)

        def before(record):
            if record["type"] == "intent":
                record["began"] -= 3_600_001
        self.rewrite(before)
        run = self.resume(program)
        self.assertEqual(run.returncode, 1)
        self.assertIn("the event `paid-7` has not come in time", run.stderr)


if __name__ == "__main__":
    unittest.main()
