"""Executables as endpoints of the real Restate server."""
import collections
import json
import random
import subprocess

from restate_case import RestateCase

FLOWS = """## Takes some steps.
flow work(words: [str], loud: bool = false) -> (all: [str], said: str) {
  words >> each word {
    shell("echo ${word} >>ledger; echo ${word}")
  } >> collect() -> all
  par {
    { write_file("one", "1") >> read_file("one") -> one }
    { write_file("two", "2") >> read_file("two") -> two }
  }
  let said = one + two
}

## Waits.
flow nap(seconds: int) -> said {
  shell("echo before >>ledger")
  sleep(3s)
  shell("echo after >>ledger")
  let said = "rested"
}

## Fails.
flow broken(file: str) -> text {
  read_file(file) with (retries: 2, wait: 1ms) -> text
}

flow main() -> said {
  let said = "main"
}
"""


class Restate(RestateCase):
    def test_registers_as_a_service_with_the_flows_as_handlers(self):
        self.restate()
        body = self.register(self.endpoint(self.compile(FLOWS)))
        service, = body["services"]
        self.assertEqual((service["name"], service["ty"]), ("flow", "Service"))
        handlers = {handler["name"]: handler for handler in service["handlers"]}
        self.assertEqual(set(handlers), {"work", "nap", "broken", "main"})
        self.assertEqual(handlers["work"]["documentation"], "Takes some steps.")
        self.assertEqual(handlers["work"]["input_json_schema"]["required"], ["words"])
        self.assertEqual((body["min_protocol_version"], body["max_protocol_version"]), (5, 7))

    def test_calls_a_flow(self):
        self.restate()
        self.register(self.endpoint(self.compile(FLOWS)))
        status, body = self.call("work", {"words": ["a", "b", "c"]})
        self.assertEqual((status, body), (200, {"all": ["a", "b", "c"], "said": "12"}))
        self.assertEqual(sorted(self.ledger()), ["a", "b", "c"])
        self.assertEqual(self.call("main"), (200, "main"))

    def test_a_failure_is_terminal_and_says_why(self):
        self.restate()
        endpoint = self.endpoint(self.compile(FLOWS))
        self.register(endpoint)
        status, body = self.call("broken", {"file": "absent"})
        self.assertEqual(status, 500)
        self.assertEqual(body["message"], "io: cannot read `absent`: no such file or folder")
        status, body = self.call("broken", {"fil": "absent"})
        self.assertEqual(status, 400)
        self.assertIn("one with a similar name exists: `file`", body["message"])
        self.assertIn("error[PF0904]", self.end(endpoint)[1])


# Effects that may not be done twice, in everything that runs at once.
MANY = """flow note(word: str) -> said {
  shell("echo ${word} >>ledger; echo ${word}") -> said
}

## Takes many steps.
flow work() -> all {
  random(1, 1000000) -> number
  range(20) >> each n with (parallel: 4) { note("each${n}") } -> firsts
  par {
    { range(10) >> each n { note("left${n}") } -> lefts }
    { range(10) >> each n with (parallel: 3) { note("right${n}") } -> rights }
  }
  repeat n in range(5) {
    note("repeat${n}") -> word
    sleep(1ms)
  }
  note("number${number}") -> last
  range(5) >> each n with (retries: 3, wait: 1ms) {
    shell("echo try${n} >>ledger; test -e tried${n} || { touch tried${n}; exit 1; }; echo tried${n}")
  } -> tried
  "${firsts.join(" ")} ${lefts.join(" ")} ${rights.join(" ")} ${tried.join(" ")} ${last == "number${number}"}" -> all
}

flow main() {
  work() >> print()
}
"""


def words(form, count):
    return " ".join(form.format(n) for n in range(count))


RESULT = " ".join([words("each{}", 20), words("left{}", 10), words("right{}", 10), words("tried{}", 5), "true"])


class Kills(RestateCase):
    """Whatever dies at whatever moment, what has a result is not done again."""

    def setUp(self):
        super().setUp()
        self.moments = random.Random(3)
        self.restate()
        self.program = self.compile(MANY)
        self.process = self.endpoint(self.program)
        self.register(self.process)

    def kept(self, invocation):
        """The words that steps with results have given."""
        found = set()
        for row in self.query(f"select entry_json from sys_journal where id = '{invocation}' and entry_type = 'Notification: Run'"):
            outcome = json.loads(bytes(json.loads(row["entry_json"])["Notification"]["Completion"]["Run"]["result"]["Success"]))
            found.add(outcome.get("out", {}).get("stdout"))
        return found

    def revive(self):
        self.process = self.endpoint(self.program, self.process.port)

    def one_run(self, kill, go_on, longest):
        """An invocation to its end; how often something was killed until then."""
        for left in self.work.iterdir():
            left.unlink()
        invocation = self.send("work")
        kills, kept = 0, {}
        while self.status(invocation) != "completed":
            try:
                self.process.wait(timeout=self.moments.uniform(0.002, longest))
                self.fail(f"the endpoint has ended: {self.process.communicate()}")
            except subprocess.TimeoutExpired:
                pass
            kill()
            kills += 1
            go_on()
            new = self.kept(invocation) - kept.keys()
            counts = collections.Counter(self.ledger())
            kept |= {word: counts[word] for word in new}
        self.assertEqual(self.result(invocation), (200, RESULT))
        counts = collections.Counter(self.ledger())
        for word, times in kept.items():
            self.assertEqual(counts[word], times, f"{word} was done again")
        return kills

    def test_the_endpoint(self):
        def kill():
            self.end(self.process)
        kills = 0
        while kills < 30:
            kills += self.one_run(kill, self.revive, 0.25)

    def test_the_server(self):
        kills = 0
        while kills < 5:
            kills += self.one_run(self.server.kill, self.go_on, 1)

    def test_both(self):
        def kill():
            self.end(self.process)
            self.server.kill()

        def go_on():
            self.go_on()
            self.revive()
        self.one_run(kill, go_on, 0.5)
