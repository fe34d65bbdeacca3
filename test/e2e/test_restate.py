"""Executables as endpoints of the real Restate server."""
import collections
import json
import random
import shutil
import signal
import struct
import subprocess
import urllib.request

import sdk_modules
from example_case import EXAMPLES, commands_of
from flow_case import PATIENCE
from restate_case import PACKAGES, RestateCase, ask

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
        self.assertEqual(set(handlers), {"work", "broken", "main"})
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

    def test_wrong_requests(self):
        endpoint = self.endpoint(self.compile(FLOWS), 0)
        at = f"http://127.0.0.1:{endpoint.port}"
        manifest = "application/vnd.restate.endpointmanifest"
        for accept, version in ((f"{manifest}.v2+json", 2), (f"{manifest}.v1+json, {manifest}.v3+json", 3),
                                (f"{manifest}.v4+json, {manifest}.v5+json", 4)):
            with urllib.request.urlopen(urllib.request.Request(f"{at}/discover", headers={"Accept": accept})) as answer:
                self.assertEqual(answer.headers["content-type"], f"{manifest}.v{version}+json")
                self.assertEqual(json.load(answer)["protocolMode"], "BIDI_STREAM")
        self.assertEqual(ask("GET", f"{at}/discover", headers={"Accept": f"{manifest}.v1+json"})[0], 415)
        self.assertEqual(ask("GET", f"{at}/elsewhere")[0], 404)
        invocation = {"Content-Type": "application/vnd.restate.invocation.v5"}
        self.assertEqual(ask("POST", f"{at}/invoke/flow/absent", {}, invocation)[0], 404)
        self.assertEqual(ask("POST", f"{at}/invoke/other/work", {}, invocation)[0], 404)
        self.assertEqual(ask("POST", f"{at}/invoke/flow", {}, invocation)[0], 404)
        self.assertEqual(ask("GET", f"{at}/invoke/flow/work", headers=invocation)[0], 405)
        self.assertEqual(ask("POST", f"{at}/invoke/flow/work", {},
                             {"Content-Type": "application/vnd.restate.invocation.v4"})[0], 415)
        self.assertEqual(ask("POST", f"{at}/invoke/flow/work", {})[0], 415)
        self.assertEqual(ask("POST", f"{at}/invoke/flow/work", {}, invocation)[0], 505)
        self.assertEqual(ask("GET", f"{at}/health")[0], 200)
        taken = self.run_flow(self.folder / "flow", "--restate", str(endpoint.port))
        self.assert_failed(taken, "PF0902", "cannot listen at", 2)
        self.assertIn("`--restate 0` takes a free port", taken.stderr)
        self.assertEqual(self.end(endpoint, signal.SIGTERM), (0, ""))


    def invoke(self, endpoint, body):
        """Status, and the messages that come back for these bytes."""
        (self.work / "body").write_bytes(body)
        done = subprocess.run(["curl", "-sS", "--http2-prior-knowledge", "-o", "answer", "-w", "%{http_code}", "--data-binary", "@body",
                               "-H", "Content-Type: application/vnd.restate.invocation.v6",
                               f"http://127.0.0.1:{endpoint.port}/invoke/flow/work"], cwd=self.work, capture_output=True,
                              text=True, timeout=PATIENCE)
        answer, found = (self.work / "answer").read_bytes(), []
        while answer:
            kind, _, size = struct.unpack(">HHI", answer[:8])
            found.append((kind, answer[8:8 + size]))
            answer = answer[8 + size:]
        return int(done.stdout), found

    def test_what_is_no_invocation_ends_with_an_error(self):
        endpoint = self.endpoint(self.compile(FLOWS))
        start = message(0, b"\x0a\x02id\x12\x05inv_1\x18\x02")
        text = message(0x400, b"\x72\x04\x0a\x02{}")
        for body in (b"", b"garbage that is no message", message(0x400, b""), message(0, b"\xff"), start, start + text,
                     start + message(0x400, b"\x72\xff"), start + message(0x0003, b""), start + text + message(0x8011, b"\x0a"),
                     message(0, b"\x18\x00"), struct.pack(">HHI", 0, 0, 0xffffffff)):
            status, messages = self.invoke(endpoint, body)
            self.assertEqual((status, [kind for kind, _ in messages]), (200, [2]), body)
        one = message(0, b"\x0a\x02id\x12\x05inv_1\x18\x01")
        status, messages = self.invoke(endpoint, one + text)
        self.assertEqual([kind for kind, _ in messages], [0x401, 3])
        self.assertIn(b"found nothing", messages[0][1])
        self.assertEqual(self.end(endpoint, signal.SIGTERM), (0, ""))

    def test_an_invocation_waits_for_the_right_program(self):
        self.restate()
        program = self.compile(FLOWS)
        endpoint = self.endpoint(program)
        self.register(endpoint)
        self.end(endpoint)
        other = self.endpoint(self.compile("flow main() -> x {\n  let x = 1\n}\n", "other"), endpoint.port)
        invocation = self.send("work", {"words": ["a"]})
        self.wait_until(lambda: self.status(invocation) == "backing-off", "the refusal")
        self.end(other)
        self.endpoint(program, endpoint.port)
        self.assertEqual(self.result(invocation), (200, {"all": ["a"], "said": "12"}))

    def test_a_changed_program_is_refused_by_name(self):
        self.restate(**IMPATIENT)
        endpoint = self.endpoint(self.compile(WAITS))
        self.register(endpoint)
        invocation = self.send("main", {"names": ["tea"]})
        self.wait_until(lambda: self.status(invocation) == "suspended", "the suspension")
        awakeable, = [outcome["awakeable"] for outcome in self.outcomes(invocation) if "awakeable" in outcome]
        self.end(endpoint)
        other = self.endpoint(self.compile(WAITS.replace('word = "asked"', 'word = "other"')), endpoint.port)
        ask("POST", f"http://127.0.0.1:{self.server.ingress}/restate/awakeables/{awakeable}/resolve", "yes")
        self.wait_until(lambda: self.status(invocation) == "backing-off", "the refusal")
        failure, = self.query(f"select last_failure, last_failure_error_code as code from sys_invocation where id = '{invocation}'")
        self.assertIn("what `shell` has given at", failure["last_failure"])
        self.assertEqual(self.ledger(), ["asked"])
        self.end(other)

    def test_what_holds_a_secret_is_not_kept(self):
        self.restate()
        (self.work / "held").write_text("tea-and-cups-123")
        (self.work / "other").write_text("else")
        self.register(self.endpoint(self.compile(SECRET), TEA_API_KEY="tea-and-cups-123"))
        invocation = self.send("main")
        self.assertEqual(self.result(invocation), (200, 20))
        kept = [outcome["out"] for outcome in self.outcomes(invocation) if "out" in outcome]
        self.assertEqual(kept, [{"content": "else"}])
        journal = json.dumps(self.query("select * from sys_journal"))
        self.assertIn("else".encode().hex(), journal)
        self.assertNotIn("tea-and-cups-123".encode().hex(), journal)


SECRET = """flow main() -> size {
  key("tea") -> token
  read_file("held") -> held
  read_file("other") -> other
  let size = held.len() + other.len()
  http("http://127.0.0.1:1/", headers: {"Authorization": "Bearer ${token}"}) with (fallback: "none") -> answer
}
"""


def message(kind, content):
    return struct.pack(">HHI", kind, 0, len(content)) + content


WAITS = """schema Payment { amount: float }

flow ship(name: str) -> said {
  approve("Ship ${name}?") -> answer as ship
  match answer {
    "yes" => { shell("echo shipped ${name} >>ledger") }
    "no" => {}
  }
  let said = "${name} ${answer}"
}

## Asks.
flow main(names: [str]) -> (all: [str]) {
  let word = "asked"
  shell("echo ${word} >>ledger")
  names >> each name { ship(name) } -> all
}

## Is paid.
flow pay(order: int) -> paid {
  wait_for("paid-${order}", schema: Payment) -> payment
  let paid = payment.amount
}

## Is asked in vain.
flow late() -> said {
  approve("Now?", deadline: 300ms) -> answer
  let said = answer
}

## Rests.
flow nap() -> said {
  shell("echo before >>ledger")
  sleep(500ms)
  shell("echo after >>ledger")
  let said = "rested"
}
"""
# The server wants streams that wait to end at once.
IMPATIENT = {"RESTATE_WORKER__INVOKER__INACTIVITY_TIMEOUT": "50ms", "RESTATE_DEFAULT_INACTIVITY_TIMEOUT": "50ms"}


class WaitCase(RestateCase):
    settings = IMPATIENT

    def setUp(self):
        super().setUp()
        self.restate(**self.settings)
        self.program = self.compile(WAITS)
        self.process = self.endpoint(self.program)
        self.register(self.process)

    def awakeables(self, invocation):
        """Their ids, by what they wait for."""
        found = {}
        for outcome in self.outcomes(invocation):
            if "awakeable" in outcome:
                found[outcome["waits_for"]] = outcome["awakeable"]
        return found

    def resolve(self, awakeable, value, how="resolve"):
        status, body = ask("POST", f"http://127.0.0.1:{self.server.ingress}/restate/awakeables/{awakeable}/{how}", value)
        self.assertEqual(status, 202, body)

    def wait_for_suspension(self, invocation):
        self.wait_until(lambda: self.status(invocation) == "suspended", "the suspension")


class Suspensions:
    """In every version of the protocol."""

    def test_answers_come_as_awakeables(self):
        invocation = self.send("main", {"names": ["tea", "cups"]})
        self.wait_until(lambda: len(self.awakeables(invocation)) == 2, "both questions")
        self.wait_for_suspension(invocation)
        ids = self.awakeables(invocation)
        self.assertEqual(set(ids), {"ship[0]", "ship[1]"})
        self.resolve(ids["ship[1]"], "no")
        self.resolve(ids["ship[0]"], "yes")
        self.assertEqual(self.result(invocation), (200, ["tea yes", "cups no"]))
        self.assertEqual(self.ledger(), ["asked", "shipped", "tea"])
        _, err = self.end(self.process)
        self.assertIn(f"{invocation} waits for ship[0]: Ship tea?\n  {ids['ship[0]']}\n", err)
        self.assertEqual(err.count("waits for"), 2)

    def test_a_deadline_outlives_the_process(self):
        invocation = self.send("late")
        self.wait_until(lambda: self.awakeables(invocation), "the question")
        self.end(self.process)
        self.endpoint(self.program, self.process.port)
        status, body = self.result(invocation)
        self.assertEqual((status, body["message"]), (504, "timeout: nobody has answered in time"))


class Waits(Suspensions, WaitCase):
    def test_an_answer_that_is_none_fails(self):
        invocation = self.send("main", {"names": ["tea"]})
        self.wait_for_suspension(invocation)
        self.resolve(self.awakeables(invocation)["ship[0]"], "perhaps")
        status, body = self.result(invocation)
        self.assertEqual((status, body["message"]), (500, "value: item at index 0 (\"tea\"): `perhaps` is no answer: `yes` or `no`"))

    def test_an_awakeable_that_is_rejected_fails(self):
        invocation = self.send("main", {"names": ["tea"]})
        self.wait_for_suspension(invocation)
        self.resolve(self.awakeables(invocation)["ship[0]"], "out of tea", "reject")
        status, body = self.result(invocation)
        self.assertEqual(status, 500)
        self.assertIn("out of tea", body["message"])

    def test_an_event_comes_with_a_value_while_the_endpoint_is_down(self):
        invocation = self.send("pay", {"order": 7})
        self.wait_for_suspension(invocation)
        self.end(self.process)
        self.resolve(self.awakeables(invocation)["paid-7"], {"amount": 12.5})
        self.endpoint(self.program, self.process.port)
        self.assertEqual(self.result(invocation), (200, 12.5))

    def test_a_process_that_is_told_to_end_leaves_what_waits(self):
        self.end(self.process)
        self.process = self.endpoint(self.program, self.process.port, PFLOW_SERVE_GRACE="1000000")
        invocation = self.send("main", {"names": ["tea"]})
        self.wait_until(lambda: self.awakeables(invocation), "the question")
        code, _ = self.end(self.process, signal.SIGTERM)
        self.assertEqual(code, 0)
        self.wait_for_suspension(invocation)
        self.resolve(self.awakeables(invocation)["ship[0]"], "no")
        self.endpoint(self.program, self.process.port)
        self.assertEqual(self.result(invocation), (200, ["tea no"]))

    def test_a_sleep_is_a_timer_of_the_server(self):
        invocation = self.send("nap")
        self.wait_until(lambda: self.outcomes(invocation), "the step before the sleep")
        self.end(self.process)
        self.endpoint(self.program, self.process.port)
        self.assertEqual(self.result(invocation), (200, "rested"))
        self.assertEqual(self.ledger().count("before"), 1)
        timers = self.query(f"select name from sys_journal where id = '{invocation}' and entry_type = 'Command: Sleep'")
        self.assertEqual(len(timers), 1)

    def test_cancellation_ends_what_waits(self):
        invocation = self.send("main", {"names": ["tea"]})
        self.wait_for_suspension(invocation)
        status, body = ask("PATCH", f"http://127.0.0.1:{self.server.admin}/invocations/{invocation}/cancel")
        self.assertIn(status, (200, 202), body)
        status, body = self.result(invocation)
        self.assertEqual(status, 409, body)


class WaitsOfTheNewestProtocol(Suspensions, WaitCase):
    settings = {**IMPATIENT, "RESTATE_EXPERIMENTAL_ENABLE_PROTOCOL_V7": "true"}

    def test_it_is_the_newest(self):
        invocation = self.send("nap")
        self.result(invocation)
        rows = self.query(f"select pinned_service_protocol_version as version from sys_invocation where id = '{invocation}'")
        self.assertEqual(rows, [{"version": 7}])


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


class Example(RestateCase):
    def test_durable_shows_what_its_page_says(self):
        """The server is the one that was installed for all tests."""
        shutil.copytree(EXAMPLES / "durable", self.work, dirs_exist_ok=True)
        commands = dict(commands_of(EXAMPLES / "durable" / "README.md"))
        install, *_ = commands
        self.assertTrue(install.startswith("npm install"))
        (self.work / "node_modules").symlink_to(sdk_modules.modules(PACKAGES))
        shutil.copy(self.compile((EXAMPLES / "durable" / "durable.pf").read_text(), "durable"), self.work)
        done = self.run_flow("python3", "run.py")
        self.assert_done(done, commands["python3 run.py"])


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
        return {outcome.get("out", {}).get("stdout") for outcome in self.outcomes(invocation)}

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
        while kills < 20:
            kills += self.one_run(kill, self.revive, 0.25)

    def test_the_server(self):
        kills = 0
        while kills < 3:
            kills += self.one_run(self.server.kill, self.go_on, 1)

    def test_both(self):
        def kill():
            self.end(self.process)
            self.server.kill()

        def go_on():
            self.go_on()
            self.revive()
        self.one_run(kill, go_on, 0.5)
