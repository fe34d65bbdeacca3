"""Which model is asked, and with what: models.yaml, aliases.json, model_options.json in PFLOW_HOME,
`fallback_models`."""
import json
import unittest

from test_llm import KEY, LlmCase

FALLBACK = """flow main(first: str = "status:500") {
  llm("hello", model: first, fallback_models: ["refuse", "mock"]) with (retries: 0) as a
  print("${a.response} from ${a.model}")
}
"""


class ChoiceCase(LlmCase):
    def write(self, name, text):
        (self.home / name).write_text(text if isinstance(text, str) else json.dumps(text))

    def own_model(self, more="", model_id="local", key="  api_key_name: mine\n"):
        self.write("keys.json", {"mine": KEY})
        self.write("models.yaml", f"""- model_id: {model_id}
  model_name: mock
  api_base: "{self.provider.url}"
  aliases: [orc]
{key}{more}""")

    def assert_broken(self, done, text):
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn(f"error[PF0902]: {text}", done.stderr)
        self.assertEqual(self.provider.requests, [])


class RegisteredModels(ChoiceCase):
    def test_a_server_of_ones_own(self):
        self.own_model("  headers: {X-Title: LLM, X-Number: 7, Authorization: Bearer own}\n", key="")
        for name in ("local", "orc"):
            self.assert_done(self.ask(name), "mock: hello\n")
        for request in self.provider.requests:
            self.assertEqual(request["body"]["model"], "mock")
            self.assertEqual(request["headers"]["x-title"], "LLM")
            self.assertEqual(request["headers"]["x-number"], "7")
            self.assertEqual(request["headers"]["authorization"], "Bearer own")

    def test_nobody_elses_key_is_sent_there(self):
        self.own_model(key="")
        self.assertEqual(self.ask("local").returncode, 1)
        self.assertNotIn("authorization", self.provider.requests[0]["headers"])

    def test_its_key(self):
        self.own_model()
        self.write("keys.json", {})
        done = self.ask("local")
        self.assert_failed(done, "PF0902", "no key for `mine` is set", exit_code=2)
        self.assertNotIn("OPENAI_API_KEY", done.stderr)
        self.write("keys.json", {"mine": "sk-of-mine"})
        self.assert_done(self.ask("local"), "mock: hello\n")
        self.assertEqual(self.provider.requests[0]["headers"]["authorization"], "Bearer sk-of-mine")

    def test_the_shape_stands_in_the_prompt_unless_the_server_takes_schemas(self):
        source = """schema Pet { name: str }
flow main() { llm("{\\"name\\": \\"Rex\\"}", model: "local", schema: Pet, system: "s") as a
  print(a.response.name) }
"""
        program = self.compile(source)
        self.own_model()
        self.run_flow(program)
        self.own_model("  supports_schema: true\n")
        self.run_flow(program)
        told, held = self.bodies()[0], self.bodies()[-1]
        self.assertNotIn("response_format", told)
        self.assertTrue(told["messages"][0]["content"].startswith("s\n\nAnswer with JSON alone"))
        self.assertIn('"name"', told["messages"][0]["content"])
        self.assertEqual(held["response_format"]["type"], "json_schema")
        self.assertEqual(held["messages"][0]["content"], "s")

    def test_what_it_takes(self):
        source = """flow main(show: bool = false) {
  llm("hello", model: "local", temperature: 0.5, max_tokens: 9, live: show) >> print()
}
"""
        program = self.compile(source)
        self.own_model("  reasoning: true\n")
        self.assert_broken(self.run_flow(program), "the model `local` takes no `temperature`")
        self.own_model("  reasoning: true\n  temperature: yes\n  can_stream: false\n")
        self.assert_done(self.run_flow(program, "--show"), "mock: hello\n")
        (body,) = self.bodies()
        self.assertEqual(body["max_completion_tokens"], 9)
        self.assertEqual(body["temperature"], 0.5)
        self.assertNotIn("stream", body)

    def test_another_api(self):
        self.write("models.yaml", f"""- model_id: sonnet
  model_name: claude-sonnet-4-6
  api: anthropic
  api_base: "{self.provider.url.removesuffix('/v1')}"
  api_key_name: mine
  max_tokens: 77
""")
        self.write("keys.json", {"mine": KEY})
        self.assert_done(self.ask("sonnet"))
        (request,) = self.provider.requests
        self.assertEqual(request["path"], "/v1/messages")
        self.assertEqual(request["headers"]["x-api-key"], KEY)
        self.assertEqual(request["headers"]["anthropic-version"], "2023-06-01")
        self.assertEqual(request["body"]["max_tokens"], 77)

    def test_a_row_of_the_table_is_overridden(self):
        source = 'flow main() { llm("hello", model: "gpt-5-mini", temperature: 1.0) >> print() }\n'
        program = self.compile(source)
        self.assert_broken(self.run_flow(program), "the model `gpt-5-mini` takes no `temperature`")
        self.write("models.yaml", "- model_id: gpt-5-mini\n  temperature: true\n")
        self.run_flow(program)
        self.assertEqual(self.bodies()[0]["temperature"], 1.0)
        self.assertEqual(self.provider.requests[0]["headers"]["authorization"], f"Bearer {KEY}")

    def test_the_api_of_a_known_model_is_overridden(self):
        self.env["GEMINI_BASE_URL"] = self.provider.url.removesuffix("/v1")
        self.env["GEMINI_API_KEY"] = KEY
        for api, model, path in (("interactions", "gemini-2.5-pro", "/v1beta/interactions"),
                                 ("gemini", "gemini-3.8-flash",
                                  "/v1beta/models/gemini-3.8-flash:generateContent")):
            self.write("models.yaml", f"- model_id: {model}\n  api: {api}\n")
            self.assert_done(self.ask(model))
            self.assertEqual(self.provider.requests[-1]["path"], path)

    def test_a_server_that_has_moved(self):
        self.write("models.yaml", f"- {{model_id: moved, model_name: redirect, api_base: '{self.provider.url}',"
                                  " api_key_name: mine}\n")
        self.write("keys.json", {"mine": KEY})
        done = self.ask("moved")
        self.assert_failed(done, "PF0906", "moved/redirect: the provider answered with HTTP 302")
        self.assertIn("set `api_base` of `moved` to where the provider is", done.stderr)

    def test_vectors(self):
        self.own_model(model_id="vectors")
        source = """flow main() { embed(["a"], model: "vectors") as e; print("${e.vectors.len()} ${e.model}") }
"""
        done = self.flow(source)
        self.assertEqual(self.provider.requests[0]["path"], "/v1/embeddings", done.stderr)

    def test_broken_files_stop_who_needs_them(self):
        path = self.home / "models.yaml"
        for text, line, why in (
                ("- model_id: [\n", 2, ""),
                ("model_id: x\n", 1, "it holds no list"),
                ("- x\n", 1, "a model is no map of keys"),
                ("- model_name: x\n", 1, "a model has no `model_id`")):
            self.write("models.yaml", text)
            self.assert_broken(self.ask("mock"), f"{path}:{line}: the file of models cannot be read: {why}")
            self.assert_done(self.ask("echo"), "hello\n")

    def test_a_broken_entry_stops_who_asks_that_model(self):
        path = self.home / "models.yaml"
        for more, why in (
                ("tempurature: no", "there is no key `tempurature`; did you mean `temperature`?"),
                ("can_stream: maybe", "`can_stream`: expected true or false"),
                ("max_tokens: 0", "`max_tokens`: expected a whole number of 1 or more"),
                ("completion: true", "`completion` is not supported"),
                ("headers: [x]", "`headers`: expected names with their texts"),
                ("api: soap", "`api`: expected chat, responses, anthropic, gemini, interactions or ollama")):
            self.own_model(f"  {more}\n")
            self.assert_broken(self.ask("local"), f"{path}:6: {why}")
        self.assert_done(self.ask("mock"), "mock: hello\n")


class Aliases(ChoiceCase):
    def test_an_alias_of_an_alias(self):
        self.write("aliases.json", {"fast": "quick", "quick": "openai/mock"})
        self.assert_done(self.ask("fast"), "mock: hello\n")
        self.assertEqual(self.bodies()[0]["model"], "mock")

    def test_ids_that_stand_in_files_come_first(self):
        self.own_model()
        self.write("aliases.json", {"local": "status:500", "openai/mock": "status:500"})
        self.assert_done(self.ask("local"), "mock: hello\n")
        self.assert_done(self.ask("openai/mock"), "mock: hello\n")

    def test_a_loop(self):
        self.write("aliases.json", {"a": "b", "b": "a"})
        self.assert_broken(self.ask("a"),
                           "an alias leads back to itself in `aliases.json`: `a`, `b`, `a`")

    def test_a_broken_file_stops_who_needs_it(self):
        path = self.home / "aliases.json"
        for text, line, why in (
                ('{"a":\n1,}', 2, ""),
                ("[]", 1, "it holds no object"),
                ('{"b": "c",\n "mock": 5}', 2, "the value of `mock` is no name of a model")):
            self.write("aliases.json", text)
            self.assert_broken(self.ask("mock"), f"{path}:{line}: the file of aliases cannot be read: {why}")
            self.provider.requests.clear()
            self.assert_done(self.ask("openai/mock"), "mock: hello\n")
            self.provider.requests.clear()

    def test_the_nearest_names(self):
        self.env.pop("OPENAI_BASE_URL")
        self.write("aliases.json", {"speedy": "gpt-6-luna"})
        self.write("models.yaml", "- model_id: my-mistral\n")
        for given, meant in (("gqt-6-luna", "`gpt-6-luna` (openai)"), ("spedy", "`speedy` (aliases.json)"),
                             ("my-mistrl", "`my-mistral` (models.yaml)"),
                             ("cluade-opus-5", "`claude-opus-5` (anthropic)")):
            done = self.ask(given)
            self.assertEqual(done.returncode, 2)
            self.assertIn(f"did you mean {meant}?", done.stderr)

    def test_a_cached_answer_is_that_of_the_model_that_was_meant(self):
        source = 'flow main() { llm("hello", model: "fast") with (cache: true) as a; print(a.model) }\n'
        program = self.compile(source)
        for model in ("mock", "parts", "mock"):
            self.write("aliases.json", {"fast": f"openai/{model}"})
            self.assert_done(self.run_flow(program), f"{model}-2026\n")
        self.assertEqual([body["model"] for body in self.bodies()], ["mock", "parts"])


class DefaultOptions(ChoiceCase):
    def test_what_the_call_says_comes_first(self):
        self.write("model_options.json", {"mock": {"temperature": "0.5", "max_tokens": 9, "seed": "7",
                                                   "top_p": 0.25, "stop": "x"}})
        self.assert_done(self.ask("mock"), "mock: hello\n")
        self.assert_done(self.flow("""flow main() {
  llm("hello", model: "openai/mock", temperature: 1.0, options: { "seed": 8 }) >> print()
}
"""), "mock: hello\n")
        first, second = self.bodies()
        self.assertEqual({name: first[name] for name in ("temperature", "max_tokens", "seed", "top_p", "stop")},
                         {"temperature": 0.5, "max_tokens": 9, "seed": 7, "top_p": 0.25, "stop": ["x"]})
        self.assertEqual((second["temperature"], second["seed"], second["max_tokens"]), (1.0, 8, 9))

    def test_a_broken_file_names_its_line(self):
        path = self.home / "model_options.json"
        for options, why in (({"temperature": "hot"}, "`temperature` is no number"),
                             ({"max_tokens": 0}, "`max_tokens` is no whole number of 1 or more"),
                             ({"seed": "1.5"}, "the option `seed` is 1.5; expected a whole number"),
                             ({"sed": 1}, "there is no option `sed`"),
                             ("x", "it is no object of options")):
            self.write("model_options.json", json.dumps({"other": {}, "mock": options}, indent=0))
            self.assert_broken(self.ask("mock"), f"{path}:3: the file of options cannot be read: of `mock`: {why}")

    def test_they_belong_to_the_key_of_the_cache(self):
        source = 'flow main() { llm("hello", model: "mock") with (cache: true) >> print() }\n'
        program = self.compile(source)
        for seed in (1, 2, 1):
            self.write("model_options.json", {"mock": {"seed": seed}})
            self.assert_done(self.run_flow(program), "mock: hello\n")
        self.assertEqual([body["seed"] for body in self.bodies()], [1, 2])


class FallbackModels(ChoiceCase):
    def test_the_next_one_answers(self):
        program = self.compile(FALLBACK)
        self.assert_done(self.run_flow(program), "mock: hello from mock-2026\n")
        self.assertEqual([body["model"] for body in self.bodies()], ["status:500", "refuse", "mock"])
        self.assert_done(self.run_flow(program, "--first", "parts"), "mock: hello from parts-2026\n")

    def test_every_way_to_fail(self):
        program = self.compile(FALLBACK)
        for model in ("drop", "cut", "broken", "text-error", "error200", "empty", "limit:1", "ends:length"):
            done = self.run_flow(program, "--first", model)
            self.assert_done(done, "mock: hello from mock-2026\n")

    def test_live(self):
        source = FALLBACK.replace('"mock"])', '"mock"], live: true)')
        done = self.flow(source)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("mock: hello from mock-2026\n", done.stdout)

    def test_all_fail(self):
        source = FALLBACK.replace('"refuse", "mock"', '"refuse", "status:401"')
        done = self.flow(source)
        self.assert_failed(done, "PF0903", "openai/status:401: the provider refused the key")
        self.assertIn("scripted failure 401", done.stderr)
        self.assertIn("asked before: `status:500`: ", done.stderr)
        self.assertIn("; `refuse`: ", done.stderr)

    def test_an_answer_that_does_not_fit_is_asked_of_the_same_model(self):
        source = """flow main() {
  llm("no number", model: "mock", schema: int, fallback_models: ["parts"]) with (retries: 0) >> print()
}
"""
        self.assertEqual(self.flow(source).returncode, 1)
        self.assertEqual([body["model"] for body in self.bodies()], ["mock"])

    def test_echo_is_one(self):
        source = 'flow main() { llm("hello", model: "drop", fallback_models: ["echo"]) >> print() }\n'
        self.assert_done(self.flow(source), "hello\n")

    def test_they_are_checked_before_the_first_call(self):
        source = """flow main() {
  llm("hello", model: "mock", temperature: 0.1, fallback_models: ["gpt-5-mini", "claude-opus-5"]) >> print()
}
"""
        done = self.flow(source)
        self.assertEqual(done.returncode, 2)
        self.assertIn("the model `gpt-5-mini` takes no `temperature`", done.stderr)
        self.assertIn("the model `claude-opus-5` takes no `temperature`", done.stderr)
        self.assertEqual(self.provider.requests, [])

    def test_a_cancelled_call_asks_nobody_else(self):
        source = FALLBACK.replace("retries: 0", "retries: 0, timeout: 1s")
        done = self.flow(source, "--first", "hang")
        self.assertEqual(done.returncode, 1)
        self.assertIn("timeout", done.stderr)
        self.assertEqual([body["model"] for body in self.bodies()], ["hang"])


if __name__ == "__main__":
    unittest.main()
