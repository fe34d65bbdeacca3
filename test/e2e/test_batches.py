"""`each … with (batch: true)`: questions that go to a provider together, at its lower price."""
import json
import signal
import subprocess
import unittest

from flow_case import PATIENCE, PFLOWC
from journal_case import JournalCase
from model_mock import Failure

REVIEW = """flow main(docs: [str], model: str = "gpt-4o-mini") {
  docs >> each doc with (batch: true) {
    let asked = "review ${doc}"
    llm(asked, model: model) >> upper()
  } -> reviews
  print(reviews.join("\\n"))
}
"""
PROVIDERS = {"openai": "gpt-4o-mini", "responses": "gpt-6.2-sol", "anthropic": "claude-haiku-4-5",
             "gemini": "gemini-2.5-flash", "gemini interactions": "gemini-3.8-flash"}
MADE = ("/v1/batches", "/v1/messages/batches", ":batchGenerateContent")


class BatchCase(JournalCase):
    def setUp(self):
        super().setUp()
        self.env.update(ANTHROPIC_BASE_URL=self.provider.root, ANTHROPIC_API_KEY="sk-a",
                        GEMINI_BASE_URL=self.provider.root, GEMINI_API_KEY="sk-g")
        self.batches = self.provider.batches

    def made(self):
        """How often a batch was asked for."""
        return sum(request["method"] == "POST" and request["path"].endswith(MADE) for request in self.provider.requests)

    def alone(self):
        """Questions that were asked without a batch."""
        return [request for request in self.provider.requests
                if request["path"].endswith(("/chat/completions", "/responses", "/messages", ":generateContent", "/interactions"))]

    def looks(self):
        return [request for request in self.provider.requests
                if request["method"] == "GET" and request["path"].split("/")[-2] == "batches"]


class Providers(BatchCase):
    def test_each_of_them(self):
        program = self.compile(REVIEW)
        for number, (name, model) in enumerate(PROVIDERS.items(), 1):
            with self.subTest(name):
                done = self.run_flow(program, "a", "b", "c", "--model", model)
                self.assert_done(done, "MOCK: REVIEW A\nMOCK: REVIEW B\nMOCK: REVIEW C\n")
                self.assertEqual(len(self.batches.made), number)
                self.assertEqual(len(self.batches.made[-1].items), 3)
        self.assertEqual(self.alone(), [])

    def test_a_provider_without_batches(self):
        why = "`ollama`, which has the model `qwen3`, takes no batches"
        done = self.run_flow(self.compile(REVIEW), "a", "--model", "ollama/qwen3")
        self.assert_failed(done, "PF0902", 'item at index 0 ("a"): ' + why)
        self.assertIn("`openai`, `anthropic`, `gemini`", done.stderr)
        program = self.compile(REVIEW.replace(", model: model", ""))
        self.assert_failed(self.run_flow(program, "a", env={"PFLOW_MODEL": "ollama/qwen3"}), "PF0902", why, exit_code=2)
        self.assertEqual(self.provider.requests, [])

    def test_the_built_in_model(self):
        done = self.run_flow(self.compile(REVIEW), "a", "b", "--model", "echo")
        self.assert_done(done, "REVIEW A\nREVIEW B\n")
        self.assertEqual(self.provider.requests, [])


class Replies(BatchCase):
    def test_in_the_order_of_the_items_with_their_types(self):
        for n in range(12):
            self.provider.script.on(f"count {n}$", {"n": n})
        program = self.compile("""schema Count { n: int }
flow main() {
  range(0, 12) >> each i with (batch: true) {
    llm("count ${i}", model: "gpt-4o-mini", schema: Count)
  } -> counts
  print(counts.map(c => c.n).map(str).join(" "))
}
""")
        self.assert_done(self.run_flow(program), "0 1 2 3 4 5 6 7 8 9 10 11\n")
        self.assertEqual(self.made(), 1)

    def test_what_failed_is_asked_again_alone(self):
        for model in PROVIDERS.values():
            with self.subTest(model):
                self.provider.requests.clear()
                self.provider.script.pairs.clear()
                self.provider.script.on("review b", Failure(500, "overloaded"), "again b")
                self.provider.script.on("review", "fine")
                done = self.run_flow(self.compile(REVIEW), "a", "b", "c", "--model", model)
                self.assert_done(done, "FINE\nAGAIN B\nFINE\n")
                self.assertEqual(self.made(), 1)
                self.assertEqual([request["method"] for request in self.provider.requests if request in self.alone()],
                                 ["POST"])

    def test_what_cannot_pass_is_not_asked_again(self):
        self.provider.script.on("review b", Failure(400, "too odd"))
        self.provider.script.on("review", "fine")
        done = self.run_flow(self.compile(REVIEW), "a", "b", "c")
        self.assertEqual(done.returncode, 1)
        self.assertIn('item at index 1 ("b"): openai/gpt-4o-mini: the provider answered with HTTP 400: too odd', done.stderr)
        self.assertEqual(self.alone(), [])

    def test_those_that_a_batch_lost_are_asked_again_when_it_has_expired(self):
        self.batches.ends, self.batches.lost = "expired", ("item-1",)
        done = self.run_flow(self.compile(REVIEW), "a", "b", "c")
        self.assert_done(done, "MOCK: REVIEW A\nMOCK: REVIEW B\nMOCK: REVIEW C\n")
        self.assertEqual(len(self.alone()), 1)

    def test_a_batch_that_is_refused_is_not_asked_again_at_the_full_price(self):
        self.batches.ends = "failed"
        done = self.run_flow(self.compile(REVIEW), "a", "b")
        self.assertEqual(done.returncode, 1)
        self.assertIn("the provider refused the batch: This line is not parseable.", done.stderr)
        self.assertEqual(self.alone(), [])

    def test_items_that_fail_are_skipped(self):
        self.provider.script.on("review b", Failure(400, "too odd"))
        self.provider.script.on("review", "fine")
        program = self.compile(REVIEW.replace("batch: true", "batch: true, on_error: skip"))
        self.assert_done(self.run_flow(program, "a", "b", "c"), "FINE\nFINE\n")

    def test_no_items(self):
        self.assert_done(self.flow(REVIEW.replace("docs: [str]", "docs: [str] = []")), "\n")
        self.assertEqual(self.provider.requests, [])

    def test_so_many_at_once(self):
        program = self.compile(REVIEW.replace("batch: true", "batch: true, parallel: 2"))
        self.assert_done(self.run_flow(program, "a", "b", "c", "d", "e"), "".join(f"MOCK: REVIEW {c}\n" for c in "ABCDE"))
        self.assertEqual([len(batch.items) for batch in self.batches.made], [2, 2, 1])

    def test_equal_questions_wait_for_none_of_each_other(self):
        program = self.compile(REVIEW.replace("model: model)", "model: model) with (cache: true)"))
        self.assert_done(self.run_flow(program, "a", "a", "b"), "MOCK: REVIEW A\nMOCK: REVIEW A\nMOCK: REVIEW B\n")
        self.assert_done(self.run_flow(program, "a", "c"), "MOCK: REVIEW A\nMOCK: REVIEW C\n")
        self.assertEqual([len(batch.items) for batch in self.batches.made], [3, 1])

    def test_a_batch_is_wanted_or_not(self):
        program = self.compile(REVIEW.replace("model: str", "cheap: bool = false, model: str").replace("true", "cheap"))
        self.assert_done(self.run_flow(program, "a", "b"), "MOCK: REVIEW A\nMOCK: REVIEW B\n")
        self.assertEqual((self.made(), len(self.alone())), (0, 2))
        self.assert_done(self.run_flow(program, "a", "b", "--cheap"), "MOCK: REVIEW A\nMOCK: REVIEW B\n")
        self.assertEqual((self.made(), len(self.alone())), (1, 2))

    def test_a_server_that_is_busy(self):
        self.batches.busy = 2
        self.assert_done(self.run_flow(self.compile(REVIEW), "a"), "MOCK: REVIEW A\n")


class Cost(BatchCase):
    def test_half_the_price(self):
        program = self.compile(REVIEW)
        whole = json.loads(self.run_flow(self.compile(REVIEW.replace("true", "false"), "whole"), "a", "b", "--json").stdout)
        done = json.loads(self.run_flow(program, "a", "b", "--json").stdout)
        self.assertEqual(done["usage"]["input_tokens"], whole["usage"]["input_tokens"])
        self.assertAlmostEqual(done["usage"]["cost_usd"], whole["usage"]["cost_usd"] / 2)

    def test_a_budget(self):
        program = self.compile(REVIEW.replace("batch: true", "batch: true, budget: 0.0004"))
        done = self.run_flow(program, "a", "b")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([len(batch.items) for batch in self.batches.made], [1, 1])


class Journals(BatchCase):
    def start_and_kill(self, program, *arguments):
        """While its batch is under way."""
        self.batches.held = True
        run = self.start(program, *arguments, "--journal", "run.journal", env={"PFLOW_VIRTUAL_TIME": "0"})
        self.wait_until(lambda: any(record["type"] == "batch_sent" for record in self.records()), "the batch")
        run.kill()
        self.communicate(run)
        self.batches.held = False

    def records(self, path="run.journal"):
        return super().records(path) if (self.work / path).exists() else []

    def test_a_resumed_run_takes_up_what_was_sent(self):
        program = self.compile(REVIEW)
        self.start_and_kill(program, "a", "b", "c")
        self.assert_done(self.resume(program), "MOCK: REVIEW A\nMOCK: REVIEW B\nMOCK: REVIEW C\n")
        self.assertEqual((self.made(), self.alone()), (1, []))
        self.assert_done(self.resume(program), "")
        self.assertEqual(self.made(), 1)

    def test_a_batch_that_did_not_arrive_is_sent(self):
        program = self.compile(REVIEW)
        for model in ("gpt-4o-mini", "gemini-2.5-flash", "claude-haiku-4-5"):
            with self.subTest(model):
                self.kill_before_the_reply(program, model)
                self.batches.made.clear()
                self.provider.requests.clear()
                self.assert_done(self.resume(program), "MOCK: REVIEW A\nMOCK: REVIEW B\n")
                self.assertEqual((self.made(), self.alone()), (1, []))
                (self.work / "run.journal").unlink()

    def kill_before_the_reply(self, program, model):
        """The provider has the batch, and the run does not know of it."""
        self.batches.silent = True
        before = len(self.batches.made)
        run = self.start(program, "a", "b", "--model", model, "--journal", "run.journal",
                         env={"PFLOW_VIRTUAL_TIME": "0"})
        self.wait_until(lambda: len(self.batches.made) > before, "the batch")
        run.kill()
        self.communicate(run)
        self.batches.silent = False

    def test_a_batch_of_which_the_run_did_not_hear_is_found(self):
        program = self.compile(REVIEW)
        for model in ("gpt-4o-mini", "gemini-2.5-flash"):
            with self.subTest(model):
                self.provider.requests.clear()
                self.kill_before_the_reply(program, model)
                self.assert_done(self.resume(program), "MOCK: REVIEW A\nMOCK: REVIEW B\n")
                self.assertEqual((self.made(), self.alone()), (1, []))
                (self.work / "run.journal").unlink()

    def test_a_provider_that_cannot_say_whether_it_has_the_batch(self):
        program = self.compile(REVIEW)
        self.kill_before_the_reply(program, "claude-haiku-4-5")
        done = self.resume(program)
        self.assertEqual(done.returncode, 1)
        self.assertIn("nobody knows whether the batch with this question was sent", done.stderr)
        self.assertEqual(self.made(), 1)
        self.assert_done(self.resume(program, "--in-doubt", "again"), "MOCK: REVIEW A\nMOCK: REVIEW B\n")
        self.assertEqual(self.made(), 2)

    def test_a_batch_that_was_not_taken_is_sent_by_the_next_run(self):
        program = self.compile(REVIEW)
        self.provider.key = "sk-other"
        done = self.run_flow(program, "a", "--model", "claude-haiku-4-5", "--journal", "run.journal")
        self.assertEqual(done.returncode, 1)
        self.assertIn("the provider refused the key", done.stderr)
        self.provider.key = None
        self.assert_done(self.resume(program), "MOCK: REVIEW A\n")
        self.assertEqual(len(self.batches.made), 1)

    def test_what_is_left_of_it_is_taken_up(self):
        program = self.compile(REVIEW)
        self.assert_done(self.run_flow(program, "a", "b", "c", "--journal", "run.journal"))
        results = iter(range(10))
        self.rewrite(lambda record: record["type"] not in ("result", "end") or next(results) == 0)
        self.assert_done(self.resume(program), "MOCK: REVIEW A\nMOCK: REVIEW B\nMOCK: REVIEW C\n")
        self.assertEqual((self.made(), self.alone()), (1, []))

    def test_a_batch_that_the_provider_has_dropped(self):
        program = self.compile(REVIEW)
        self.start_and_kill(program, "a", "b")
        self.batches.made.clear()
        done = self.resume(program)
        self.assertEqual(done.returncode, 1)
        self.assertIn("HTTP 404: No batch found", done.stderr)
        self.assertIn("`--resume-from STAGE` sends another", done.stderr)
        self.assertEqual((self.made(), self.alone()), (1, []))

    def test_other_questions_are_another_batch(self):
        program = self.compile(REVIEW)
        self.start_and_kill(program, "a", "b")
        done = self.resume(program, "x", "b")
        self.assert_done(done, "MOCK: REVIEW X\nMOCK: REVIEW B\n")
        self.assertEqual([len(batch.items) for batch in self.batches.made], [2, 1])

    def test_from_a_stage_on_it_is_sent_again(self):
        program = self.compile(REVIEW)
        self.assert_done(self.run_flow(program, "a", "--journal", "run.journal"))
        stage = next(record["calls"][0] for record in self.records() if record["type"] == "batch").split(" > ")[-1]
        self.assert_done(self.resume(program, "--resume-from", stage), "MOCK: REVIEW A\n")
        self.assertEqual(self.made(), 2)

    def test_a_run_ends_instead_of_waiting(self):
        self.batches.held = True
        program = self.compile(REVIEW)
        run = self.run_flow(program, "a", "b", "--journal", "run.journal", "--on-wait", "exit")
        self.assertEqual(run.returncode, 3)
        (batch,) = self.batches.made
        self.assertIn(f"2 questions in the batch `{batch.id}` of openai\n`--resume run.journal` goes on with it\n", run.stderr)
        stages = self.shown_stages()
        self.assertEqual([(stage["node"], stage["state"]) for stage in stages], [("llm", "begun")] * 2)
        looks = len(self.looks())
        run = self.resume(program, "--on-wait", "exit", "--json")
        self.assertEqual(run.returncode, 3)
        self.assertEqual(len(self.looks()), looks + 1)
        (waiting,) = json.loads(run.stdout)["waiting"]
        self.assertEqual((waiting["kind"], waiting["batch"]), ("batch", f"2 questions in the batch `{batch.id}` of openai"))
        self.batches.held = False
        self.batches.looks = 0
        run = self.resume(program, "--on-wait", "exit")
        self.assertEqual(run.returncode, 3)
        self.assert_done(self.resume(program, "--on-wait", "exit"), "MOCK: REVIEW A\nMOCK: REVIEW B\n")
        self.assertEqual(self.made(), 1)

    def shown_stages(self):
        """As `pflowc runs show` tells them."""
        (self.home / "runs").mkdir(exist_ok=True)
        (self.home / "runs" / "one.journal").write_bytes((self.work / "run.journal").read_bytes())
        shown = subprocess.run([PFLOWC, "runs", "show", "one", "--json"], env=self.env, capture_output=True, text=True,
                               timeout=PATIENCE)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        return json.loads(shown.stdout)["stages"]

    def test_what_on_wait_can_be(self):
        program = self.compile(REVIEW)
        done = self.run_flow(program, "a", "--on-wait", "exit")
        self.assert_failed(done, "PF0902", "`--on-wait exit` needs a journal", exit_code=2)
        done = self.run_flow(program, "a", "--on-wait", "leave")
        self.assert_failed(done, "PF0902", "`--on-wait` cannot be `leave`", exit_code=2)
        self.assertEqual(self.provider.requests, [])


class Recordings(BatchCase):
    def test_a_batch_is_played(self):
        program = self.compile(REVIEW)
        self.batches.looks = 3
        said = "MOCK: REVIEW A\nMOCK: REVIEW B\n"
        self.assert_done(self.run_flow(program, "a", "b", "--record", "batch.yaml"), said)
        self.provider.requests.clear()
        del self.env["OPENAI_API_KEY"], self.env["PFLOW_VIRTUAL_TIME"]
        self.assert_done(self.run_flow(program, "a", "b", "--replay", "batch.yaml"), said)
        self.assertEqual(self.provider.requests, [])


class Cancelled(BatchCase):
    def interrupted(self, *arguments):
        self.batches.held = True
        run = self.start(self.compile(REVIEW), "a", "b", *arguments, env={"PFLOW_VIRTUAL_TIME": "0"})
        self.wait_until(lambda: self.batches.made and self.made() == 1, "the batch")
        self.wait_until(lambda: len(self.looks()) > 0, "a look at it")
        done = self.interrupt(run, signal.SIGINT)
        self.assertEqual(done.returncode, 130)
        return self.batches.made[0]

    def test_nobody_can_take_it_up(self):
        self.assertEqual(self.interrupted().ended, "cancelled")

    def test_with_a_journal_it_is_left_alone(self):
        self.assertEqual(self.interrupted("--journal", "run.journal").ended, "")
        self.batches.held = False
        self.assert_done(self.resume(self.folder / "flow"), "MOCK: REVIEW A\nMOCK: REVIEW B\n")
        self.assertEqual(self.made(), 1)


class Tests(BatchCase):
    def test_a_stub_answers(self):
        (self.folder / "review.pf").write_text(REVIEW + """
test "it reviews" {
  stub llm = (prompt) => prompt + "!"
  main(["a", "b"])
  assert calls(llm) == 2
}
""")
        done = subprocess.run([PFLOWC, "test", "review.pf"], cwd=self.folder, env=self.env, capture_output=True, text=True,
                              timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
