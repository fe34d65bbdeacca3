"""llm against the mock provider: requests, choices of model and key, failures."""
import json
import signal
import unittest

from flow_case import FlowCase
from model_mock import ModelMock

ASK = 'flow main(prompt: str = "hello") { llm(prompt) >> print() }\n'
KEY = "sk-test-0123456789"


class LlmCase(FlowCase):
    def setUp(self):
        super().setUp()
        self.provider = ModelMock()
        self.provider.__enter__()
        self.addCleanup(self.provider.__exit__)
        self.env.update(OPENAI_BASE_URL=self.provider.url, OPENAI_API_KEY=KEY,
                        PFLOW_VIRTUAL_TIME="1")

    def ask(self, model, **options):
        return self.run_flow(self.compile(ASK), "--model", model, **options)

    def bodies(self):
        return [request["body"] for request in self.provider.requests]


class Requests(LlmCase):
    def test_minimal_request(self):
        self.assert_done(self.ask("mock"), "mock: hello\n")
        (request,) = self.provider.requests
        self.assertEqual(request["method"], "POST")
        self.assertEqual(request["path"], "/v1/chat/completions")
        self.assertEqual(request["headers"]["authorization"], f"Bearer {KEY}")
        self.assertEqual(request["headers"]["content-type"], "application/json")
        self.assertEqual(
            request["body"],
            {"model": "mock", "messages": [{"role": "user", "content": "hello"}]},
        )

    def test_all_ports(self):
        source = """flow main() {
  "the input" >> llm("the prompt", system: "be brief", model: "mock", temperature: 0.5, max_tokens: 9)
    >> print()
}
"""
        self.assert_done(self.flow(source), "mock: the input\n\nthe prompt\n")
        (body,) = self.bodies()
        self.assertEqual(
            body,
            {
                "model": "mock",
                "messages": [
                    {"role": "system", "content": "be brief"},
                    {"role": "user", "content": "the input\n\nthe prompt"},
                ],
                "temperature": 0.5,
                "max_tokens": 9,
            },
        )

    def test_outputs(self):
        source = """flow main() {
  llm("two words", model: "cost:0.25") -> { response: text, usage: used, model: who }
  print("${text} | ${used.input_tokens} ${used.output_tokens} ${used.cost ?? 0.0} | ${who}")
}
"""
        self.assert_done(self.flow(source), "mock: two words | 7 3 0.25 | cost:0.25-2026\n")

    def test_answers_of_other_forms(self):
        ask = self.compile(ASK)
        for model in ("parts", "no-usage", "drip:1"):
            self.assert_done(self.run_flow(ask, "--model", model), "mock: hello\n")

    def test_prompts_that_json_must_escape(self):
        prompt = 'quote " backslash \\ newline \n tab \t é 😀 \x01'
        done = self.run_flow(self.compile(ASK), "--prompt", prompt, "--model", "mock")
        self.assert_done(done, f"mock: {prompt}\n")

    def test_large_answer(self):
        source = 'llm("x") >> write_file("out")\n'
        self.assert_done(self.run_flow(self.compile(source), "--model", "huge:5000000"))
        self.assertEqual((self.work / "out").stat().st_size, 5_000_000)

    def test_calls_in_a_row(self):
        source = 'llm("a", model: "mock") >> llm("b", model: "mock") >> print()\n'
        self.assert_done(self.flow(source), "mock: mock: a\n\nb\n")

    def test_base_url_with_slash(self):
        self.assert_done(
            self.ask("mock", env={"OPENAI_BASE_URL": self.provider.url + "/"}), "mock: hello\n"
        )


class Choices(LlmCase):
    def test_model_precedence(self):
        (self.home / "default_model.txt").write_text("mock\n")
        ask = self.compile(ASK)
        self.run_flow(ask)
        self.run_flow(ask, env={"PFLOW_MODEL": "parts"})
        self.run_flow(ask, "--model", "no-usage", env={"PFLOW_MODEL": "parts"})
        self.run_flow(
            self.compile('llm("x", model: "cost:1") >> print()\n', "fixed"), "--model", "mock"
        )
        self.assertEqual(
            [body["model"] for body in self.bodies()], ["mock", "parts", "no-usage", "cost:1"]
        )

    def test_no_model(self):
        source = 'flow main() { write_file("early", "x")\n  llm("x") >> print() }\n'
        done = self.flow(source)
        self.assert_failed(done, "PF0902", "no model is chosen", exit_code=2)
        self.assertIn("--model", done.stderr)
        self.assertIn("--> flow.pf:2:3", done.stderr)
        self.assert_left()
        self.assertEqual(self.bodies(), [])

    def test_missing_key(self):
        source = 'flow main() { write_file("early", "x")\n  llm("x", model: "mock") >> print() }\n'
        done = self.flow(source, env={"OPENAI_API_KEY": ""})
        self.assert_failed(done, "PF0902", "no key for `openai`", exit_code=2)
        self.assertIn("OPENAI_API_KEY", done.stderr)
        self.assertIn("--> flow.pf:2:3", done.stderr)
        self.assert_left()

    def test_missing_key_of_computed_model(self):
        source = """flow main(which: str) {
  write_file("early", "x")
  llm("x", model: which) >> print()
}
"""
        program = self.compile(source)
        self.assert_done(self.run_flow(program, "echo", env={"OPENAI_API_KEY": ""}), "x\n")
        done = self.run_flow(program, "mock", env={"OPENAI_API_KEY": ""})
        self.assert_failed(done, "PF0903", "no key for `openai`")
        self.assert_left("early")

    def test_stored_key_first(self):
        (self.home / "keys.json").write_text(json.dumps({"openai": "sk-stored"}))
        self.assert_done(self.ask("mock"), "mock: hello\n")
        self.assertEqual(self.provider.requests[0]["headers"]["authorization"], "Bearer sk-stored")

    def test_broken_key_file(self):
        (self.home / "keys.json").write_text('{"openai": \n')
        done = self.ask("mock")
        self.assertEqual(done.returncode, 2)
        self.assertIn("keys.json", done.stderr)
        self.assertIn("error[PF0902]", done.stderr)

    def test_malformed_base_url(self):
        done = self.ask("mock", env={"OPENAI_BASE_URL": "localhost:80"})
        self.assert_failed(done, "PF0902", "`OPENAI_BASE_URL` is `localhost:80`", exit_code=2)

    def test_echo_needs_nothing(self):
        source = '"the input" >> llm("the prompt", model: "echo", system: "s") >> print()\n'
        nothing = {"OPENAI_API_KEY": "", "OPENAI_BASE_URL": ""}
        self.assert_done(self.flow(source, env=nothing), "the input\n\nthe prompt\n")
        program = self.compile(ASK)
        self.assert_done(self.run_flow(program, "--model", "echo", env=nothing), "hello\n")
        self.assertEqual(self.bodies(), [])


class Failures(LlmCase):
    def assert_model_fails(self, model, code, headline):
        """What the provider said is told with who was asked."""
        done = self.ask(model)
        of_provider = headline.startswith(("the provider", "the answer of the provider"))
        self.assert_failed(done, code, f"openai/{model}: {headline}" if of_provider else headline)
        self.assertIn("--> flow.pf:1:", done.stderr)
        self.assertNotIn(KEY, done.stderr)
        self.assertEqual(done.stdout, "")

    def test_statuses(self):
        self.assert_model_fails(
            "status:401", "PF0903", "the provider refused the key (HTTP 401): scripted failure 401"
        )
        self.assert_model_fails(
            "status:500", "PF0906", "the provider answered with HTTP 500: scripted failure 500"
        )
        self.assert_model_fails(
            "unknown-model",
            "PF0906",
            "the provider answered with HTTP 404: The model `unknown-model` does not exist",
        )

    def test_rate_limit(self):
        self.assert_model_fails(
            "limit:7",
            "PF0907",
            "the provider limits the rate of requests (HTTP 429): slow down",
        )

    def test_answers_that_are_none(self):
        self.assert_model_fails("broken", "PF0910", "the answer of the provider is not JSON")
        self.assert_model_fails("empty", "PF0913", "the answer of the provider holds no choices")
        self.assert_model_fails("refuse", "PF0913", "the model refused: I will not.")
        self.assert_model_fails(
            "null", "PF0913", "a content filter of the provider ended the answer (content_filter)"
        )
        self.assert_model_fails(
            "error200", "PF0913", "the provider answered with an error: upstream is overloaded"
        )
        self.assert_model_fails(
            "text-error", "PF0906", "the provider answered with HTTP 502: <html><b>Bad Gateway"
        )
        self.assert_model_fails("redirect", "PF0906", "the provider answered with HTTP 302")

    def test_connections_that_break(self):
        for model in ("drop", "cut"):
            done = self.ask(model)
            self.assert_failed(done, "PF0905", "")

    def test_nobody_listens(self):
        with ModelMock() as gone:
            url = gone.url
        done = self.ask("mock", env={"OPENAI_BASE_URL": url})
        self.assert_failed(done, "PF0905", "")

    def test_a_short_key_is_not_shown_and_no_word_is_broken(self):
        done = self.ask("leak", env={"OPENAI_API_KEY": "or"})
        self.assertIn("Incorrect API key provided: [key].", done.stderr)
        done = self.ask("leak", env={"OPENAI_API_KEY": "Incorrect API key"})
        self.assertIn("[key] provided: [key].", done.stderr)

    def test_key_is_never_shown(self):
        done = self.ask("leak")
        self.assert_failed(done, "PF0903", "openai/leak: the provider refused the key (HTTP 401)")
        self.assertNotIn(KEY, done.stderr)

    def test_error_transition(self):
        source = """flow main() {
  llm("x", model: "limit:1") as asking >> print()
  asking - "error" >> print("caught: ${error.kind}")
}
"""
        self.assert_done(self.flow(source), "caught: rate_limit\n")

    def test_values_that_cannot_be(self):
        source = 'flow main(limit: int) { llm("x", model: "mock", max_tokens: limit) >> print() }\n'
        done = self.flow(source, "0")
        self.assert_failed(done, "PF0912", "`max_tokens` is 0; expected 1 or more")

    def test_interrupt_while_waiting(self):
        program = self.compile('llm("x", model: "hang") >> write_file("out")\n')
        process = self.start(program)
        self.wait_until(lambda: self.provider.requests, "the request")
        done = self.interrupt(process, signal.SIGINT)
        self.assertEqual(done.returncode, 130, done.stderr)
        self.assert_left()


class Endings(LlmCase):
    """An answer that was not let come to its end fails, and is not paid for again."""

    def test_a_text_that_is_cut_off(self):
        source = """flow main(x: str, limit: int?) {
  llm(x, model: "ends:length", max_tokens: limit) with (retries: 3) as asking >> write_file("out")
}
"""
        program = self.compile(source)
        done = self.run_flow(program, "half a", "--limit", "5")
        self.assert_failed(done, "PF0913", "the answer is cut off: it reached `max_tokens`, "
                           "which is 5")
        done = self.run_flow(program, "half a", "--json", "--limit=5")
        self.assertEqual(json.loads(done.stderr)["error"]["data"],
                         {"text": "half a", "finish_reason": "length"})
        self.assertEqual(len(self.bodies()), 2)
        self.assert_left()

    def test_filters(self):
        done = self.flow('llm("half a", model: "ends:content_filter") >> print()\n')
        self.assert_failed(done, "PF0913", "a content filter of the provider ended the answer")
        self.assertEqual(len(self.bodies()), 1)

    def test_values(self):
        program = self.compile("""schema Entry { name: str; tags: [str] }
flow main(x: str) -> entry { llm(x, schema: Entry, model: "ends:length") -> entry }
""")
        whole = '{"name":"Jo","tags":["a"]}'
        self.assert_done(self.run_flow(program, whole), whole + "\n")
        done = self.run_flow(program, whole[:-5])
        self.assert_failed(done, "PF0913", "the answer is cut off: it reached the limit of the model")
        self.assertEqual(len(self.bodies()), 2)

    def test_another_try_that_is_asked_for(self):
        done = self.flow('llm("x", model: "ends:length") with (retries: 1, retry_on: ["model"]) '
                         '>> print()\n')
        self.assert_failed(done, "PF0913", "the answer is cut off")
        self.assertEqual(len(self.bodies()), 2)


class Schemas(LlmCase):
    def schema(self, source, answer):
        self.provider.script.on("", json.dumps(answer))
        done = self.flow(source)
        self.assert_done(done)
        asked = self.bodies()[-1]["response_format"]["json_schema"]["schema"]
        return asked, json.loads(done.stdout)

    def test_a_sum_that_holds_itself(self):
        value = {"type": "Add", "terms": [{"type": "Num", "value": 1}, {"type": "Add", "terms": []}]}
        asked, got = self.schema("""schema Num { value: int }
schema Add { terms: [Expr] }
type Expr = Num | Add
flow main() -> tree { llm("x", schema: Expr, model: "scripted") -> tree }
""", {"value": value})
        self.assertEqual(got, value)
        self.assertEqual(asked["properties"]["value"], {"$ref": "#/$defs/Add_or_Num"})
        add = asked["$defs"]["Add_or_Num"]["anyOf"][0]
        self.assertEqual(add["properties"]["terms"]["items"], {"$ref": "#/$defs/Add_or_Num"})
        self.assertEqual(list(asked["$defs"]), ["Add_or_Num"])

    def test_sums_that_hold_each_other(self):
        value = {"title": "t", "first": {"type": "B", "other": {"type": "C", "back": None}}}
        asked, got = self.schema("""schema A { n: int }
schema B { other: Two? }
schema C { back: One? }
type One = A | B
type Two = A | C
schema Doc { title: str; first: One }
flow main() -> doc { llm("x", schema: Doc, model: "scripted") -> doc }
""", value)
        self.assertEqual(got, value)
        self.assertEqual(asked["properties"]["first"], {"$ref": "#/$defs/A_or_B"})
        self.assertNotIn("null", json.dumps(list(asked["$defs"].values())).replace('"null"', ""))

    def test_records_that_hold_themselves(self):
        value = {"name": "a", "below": [{"name": "b", "below": []}]}
        asked, got = self.schema("""schema Part { name: str; below: [Part] }
flow main() -> part { llm("x", schema: Part, model: "scripted") -> part }
""", value)
        self.assertEqual(got, value)
        self.assertEqual(asked["type"], "object")
        self.assertEqual(asked["properties"]["below"]["items"], {"$ref": "#/$defs/Part"})
        self.assertEqual(asked["$defs"]["Part"]["properties"], asked["properties"])

    def test_the_tag_stands_first(self):
        value = {"value": {"kind": "dog", "name": "Rex"}}
        asked, got = self.schema("""schema Cat as "cat" { type: str }
schema Dog as "dog" { name: str }
type Pet = Cat | Dog by "kind"
flow main() -> pet { llm("x", schema: Pet, model: "scripted") -> pet }
""", value)
        self.assertEqual(got, value["value"])
        cat, dog = asked["properties"]["value"]["anyOf"]
        self.assertEqual(list(cat["properties"].items()),
                         [("kind", {"type": "string", "enum": ["cat"]}), ("type", {"type": "string"})])
        self.assertEqual(dog["required"], ["kind", "name"])

    def test_half_a_pair_in_a_value(self):
        self.provider.script.on("", '{"name":"Jo \\ud83d"}')
        done = self.flow('schema E { name: str }\n'
                         'flow main() -> e { llm("x", schema: E, model: "scripted") -> e }\n')
        self.assert_done(done, '{"name":"Jo \uFFFD"}\n')


class Addresses(LlmCase):
    def test_addresses_that_can_never_work(self):
        for url in ("http://127.0.0.1:99999/v1", "http://[::1/v1", "http://a b/v1", "ftp://h/v1",
                    "http://me:s3cret@h:99999", "http://h/v1#there"):
            done = self.ask("mock", env={"OPENAI_BASE_URL": url})
            self.assert_failed(done, "PF0902", "`OPENAI_BASE_URL` is `", exit_code=2)
            self.assertNotIn("s3cret", done.stderr)

    def test_a_proxy_that_is_none(self):
        done = self.ask("mock", env={"http_proxy": "foo://me:s3cret@h:1"})
        self.assert_failed(done, "PF0902", "", exit_code=2)
        self.assertIn("`http_proxy` is `foo://h:1`", done.stderr)

    def test_a_query_stays_behind_the_path(self):
        self.ask("mock", env={"OPENAI_BASE_URL": self.provider.url + "/?api-version=1"})
        self.assertEqual(self.provider.requests[0]["path"], "/v1/chat/completions?api-version=1")

    def test_redirects(self):
        done = self.ask("redirect")
        self.assertIn("= help: it redirects to `/v1/chat/completions`; set `OPENAI_BASE_URL`",
                      done.stderr)
        self.assertEqual(len(self.bodies()), 1)


class Library(LlmCase):
    """The machine's libcurl is loaded for a request, not for a start."""

    options = ["--shared-curl"]

    def setUp(self):
        super().setUp()
        libraries = self.folder / "libraries"
        libraries.mkdir()
        (libraries / "libcurl.so.4").write_text("no library\n")
        self.broken = {"LD_LIBRARY_PATH": str(libraries)}

    def test_needed_by_requests_only(self):
        done = self.ask("echo", env=self.broken)
        self.assert_done(done, "hello\n")

    def test_missing_before_anything_runs(self):
        source = 'flow main() { write_file("early", "x")\n  llm("x", model: "mock") >> print() }\n'
        done = self.flow(source, env=self.broken)
        self.assert_failed(done, "PF0902", "cannot load libcurl.so.4: ", exit_code=2)
        self.assertIn("apt-get install libcurl4", done.stderr)
        self.assertIn("--> flow.pf:2:3", done.stderr)
        self.assert_left()

    def test_missing_for_a_computed_model(self):
        source = """flow main(which: str) {
  write_file("early", "x")
  llm("x", model: which) >> print()
}
"""
        done = self.flow(source, "mock", env=self.broken)
        self.assert_failed(done, "PF0905", f"openai/mock: no answer from {self.provider.url}: cannot load")
        self.assertIn("apt-get install libcurl4", done.stderr)
        self.assert_left("early")

    def test_a_library_without_the_functions(self):
        library = self.folder / "libraries" / "libcurl.so.4"
        library.unlink()
        library.symlink_to("/lib/x86_64-linux-gnu/libdl.so.2")
        done = self.ask("mock", env=self.broken)
        self.assert_failed(done, "PF0902", "cannot load libcurl.so.4: ", exit_code=2)
        self.assertIn("curl_global_init", done.stderr)


if __name__ == "__main__":
    unittest.main()
