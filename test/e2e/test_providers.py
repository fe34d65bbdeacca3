"""Models of all providers: what is asked is what their own clients ask, and how answers end."""
import json
import unittest
from pathlib import Path

from flow_case import FlowCase
from model_mock import Answer, Failure, ModelMock, Usage

REQUESTS = Path(__file__).parent / "sdk" / "requests"
KEY = "sk-test-0123456789"
# Which model of whom is asked in which form.
MODELS = {
    "openai_chat": "gpt-4.1",
    "openai_responses": "gpt-6.2-sol",
    "anthropic_messages": "claude-opus-5-5",
    "gemini": "gemini-3-flash-preview",
    "gemini_interactions": "gemini-3.8-flash",
    "ollama": "ollama/qwen3",
}
PERSON = 'schema Person { name: str; age: int?; tags: ["a" | "b"] }\n'
FLOW = PERSON + """flow main(who: str) {
  llm("hi", model: who%s) -> answer as asked
  print("${answer}|${asked.finish}|${asked.model}|${asked.usage.input_tokens}+${asked.usage.output_tokens}")
}
"""


class ProviderCase(FlowCase):
    def setUp(self):
        super().setUp()
        self.mock = ModelMock()
        self.mock.__enter__()
        self.addCleanup(self.mock.__exit__)
        root = self.mock.root
        self.env.update(
            OPENAI_BASE_URL=self.mock.url, ANTHROPIC_BASE_URL=root, GEMINI_BASE_URL=root,
            OLLAMA_HOST=root, OPENAI_API_KEY=KEY, ANTHROPIC_API_KEY=KEY, GEMINI_API_KEY=KEY,
            PFLOW_VIRTUAL_TIME="1")

    def ask(self, model, arguments="", **options):
        return self.run_flow(self.compile(FLOW % arguments), model, **options)

    def last_body(self):
        return self.mock.requests[-1]["body"]


def sent_by_client(form, call):
    """The body that the provider's own client sends, without what it sends for nothing."""
    body = json.loads((REQUESTS / f"{form}.json").read_text())[call]["body"]
    if body.get("generationConfig") == {}:
        del body["generationConfig"]
    for holder in (body.get("response_format", {}).get("json_schema"), body.get("text", {}).get("format")):
        if holder:
            holder["name"] = "output"
    if isinstance(body.get("input"), str):
        body["input"] = [said_by_user(form, body["input"])]
    body.get("options", {}).pop("num_ctx", None)
    if form == "openai_responses":  # the clients' answers are not gone on with
        body["include"] = ["reasoning.encrypted_content"]
    return body


def said_by_user(form, text):
    """The short form of one message as the long one."""
    if form == "gemini_interactions":
        return {"type": "user_input", "content": [{"type": "text", "text": text}]}
    return {"role": "user", "content": text}


class Requests(ProviderCase):
    def assert_sends(self, call, arguments, forms):
        for form in forms:
            with self.subTest(form=form, call=call):
                # Anthropic's clients always give a bound.
                bound = ", max_tokens: 100" if form == "anthropic_messages" else ""
                before = len(self.mock.requests)
                self.ask(MODELS[form], arguments + ("" if "max_tokens" in arguments else bound))
                # What is sent again says what was wrong.
                self.assertEqual(self.mock.requests[before]["body"], sent_by_client(form, call))

    def test_bodies_are_those_of_the_clients(self):
        self.assert_sends("plain", "", MODELS)
        self.assert_sends("system", ', system: "Be brief."', MODELS)
        self.assert_sends("schema", ", schema: Person", MODELS)
        bounded = [form for form in MODELS if form != "anthropic_messages"]
        self.assert_sends("max tokens", ", max_tokens: 100", bounded)

    def test_keys_stand_where_the_provider_wants_them(self):
        headers = {"openai_chat": ("authorization", f"Bearer {KEY}"), "gemini": ("x-goog-api-key", KEY),
                   "gemini_interactions": ("x-goog-api-key", KEY),
                   "openai_responses": ("authorization", f"Bearer {KEY}"),
                   "anthropic_messages": ("x-api-key", KEY)}
        for form, (name, value) in headers.items():
            self.assert_done(self.ask(MODELS[form]))
            self.assertEqual(self.mock.requests[-1]["headers"][name], value, form)
        self.assert_done(self.ask(MODELS["ollama"]))
        self.assertNotIn("authorization", self.mock.requests[-1]["headers"])


class Options(ProviderCase):
    def test_each_api_has_its_own_words(self):
        self.mock.script.on("hi", "fine")
        sent = {
            "openai_chat": ('{"top_p": 0.5, "seed": 7, "stop": "END"}',
                            {"top_p": 0.5, "seed": 7, "stop": ["END"]}),
            "openai_responses": ('{"effort": "low", "verbosity": "high"}',
                                 {"reasoning": {"effort": "low"}, "text": {"verbosity": "high"}}),
            "anthropic_messages": ('{"stop": ["A", "B"], "effort": "low"}',
                                   {"stop_sequences": ["A", "B"], "output_config": {"effort": "low"}}),
            "gemini": ('{"top_k": 4, "effort": "low"}',
                       {"generationConfig": {"topK": 4, "thinkingConfig": {"thinkingLevel": "LOW"}}}),
            "gemini_interactions": ('{"seed": 4, "stop": "END", "effort": "low", "service_tier": "flex"}',
                                    {"generation_config": {"seed": 4, "stop_sequences": ["END"],
                                                           "thinking_level": "low"},
                                     "service_tier": "flex"}),
            "ollama": ('{"seed": 7, "effort": "high"}', {"options": {"seed": 7}, "think": "high"}),
        }
        for form, (options, members) in sent.items():
            done = self.ask(MODELS[form], f", options: {options}")
            self.assertEqual(done.returncode, 0, (form, done.stderr))
            body = self.last_body()
            self.assertEqual({name: body[name] for name in members}, members, form)

    def test_they_stand_beside_the_schema(self):
        self.mock.script.on("hi", {"name": "Ann", "age": None, "tags": []})
        self.assert_done(self.ask(MODELS["anthropic_messages"],
                                  ', schema: Person, options: {"effort": "low"}'))
        config = self.last_body()["output_config"]
        self.assertEqual((config["effort"], config["format"]["type"]), ("low", "json_schema"))

    def test_what_a_model_does_not_take_is_not_sent(self):
        wrong = [
            ("gpt-4.1", '{"topp": 0.5}', "there is no option `topp`; it takes `top_p`, `seed`, `stop`"),
            ("gpt-6.2-sol", '{"top_p": 0.5}', "the model `gpt-6.2-sol` takes no option `top_p`"),
            ("claude-opus-5-5", '{"seed": 1}', "the model `claude-opus-5-5` takes no option `seed`"),
            ("gemini-3.8-flash", '{"top_k": 1}', "the model `gemini-3.8-flash` takes no option `top_k`"),
            ("gpt-4.1", '{"top_p": "much"}', 'the option `top_p` is "much"; expected a number'),
            ("gpt-4.1", '{"stop": [1]}', "the option `stop` is [1]; expected a text or a list of texts"),
            ("gpt-4.1", '["top_p"]', "`options` is no JSON object"),
        ]
        for model, options, told in wrong:
            failed = self.ask(model, f", options: {options}")
            self.assertEqual(failed.returncode, 1, told)
            self.assertIn(told, failed.stderr)
        self.assertEqual(self.mock.requests, [])


class Answers(ProviderCase):
    def test_text_model_and_usage(self):
        for form, model in MODELS.items():
            self.mock.script.on("hi", Answer("fine", usage=Usage(input=5, output=6)))
            done = self.ask(model)
            self.assertEqual(done.returncode, 0, (form, done.stderr))
            # A provider may say which version of the model it was.
            self.assertRegex(done.stdout, rf"^fine\|stop\|{model.removeprefix('ollama/')}[-\d]*\|5\+6\n$")

    def test_values_of_a_schema(self):
        value = {"name": "Ann", "age": None, "tags": ["a"]}
        for form, model in MODELS.items():
            self.mock.script.on("hi", value)
            done = self.ask(model, ", schema: Person")
            self.assertEqual(done.returncode, 0, (form, done.stderr))
            self.assertIn('"name":"Ann"', done.stdout.replace(" ", ""), form)

    def test_a_wrong_answer_is_shown_to_the_model_with_what_is_wrong(self):
        value = {"name": "Ann", "age": None, "tags": ["a"]}
        for form, model in MODELS.items():
            self.mock.script.pairs.clear()
            self.mock.script.on("could not be read", value)
            self.mock.script.on("hi", '{"name": "Ann", "tags": ["c"]}')
            before = len(self.mock.requests)
            done = self.ask(model, ", schema: Person")
            self.assertEqual(done.returncode, 0, (form, done.stderr))
            self.assertEqual(len(self.mock.requests), before + 2, form)
            sent = json.dumps(self.last_body())
            self.assertIn("That answer could not be read: ", sent, form)
            self.assertIn("$.tags[0]", sent, form)
            self.assertIn('\\"tags\\": [\\"c\\"]', sent, form)

    def test_corrections_are_no_part_of_the_conversation(self):
        self.mock.script.on("could not be read", "7")
        self.mock.script.on("hi", "seven")
        done = self.flow('flow main() { llm("hi", model: "gpt-4.1", schema: int) -> n as asked\n'
                         'print(to_json(asked.transcript)) }\n')
        self.assert_done(done)
        self.assertEqual([said["text"] for said in json.loads(done.stdout)], ["hi", "7"])

    def test_cut_off_and_refused_answers_fail_unless_they_are_wanted(self):
        ends = {"length": ("cut off", list(MODELS)),
                "refusal": ("refused", ["openai_responses", "anthropic_messages"]),
                "filter": ("filter", ["openai_chat", "gemini", "gemini_interactions"])}
        words = {"length": "length", "refusal": "refused", "filter": "filtered"}
        for end, (told, forms) in ends.items():
            for form in forms:
                answer = (Answer("so", refusal="no") if (end, form) == ("refusal", "openai_responses")
                          else Answer("so far", finish=end))
                self.mock.script.on("hi", answer)
                with self.subTest(end=end, form=form):
                    before = len(self.mock.requests)
                    failed = self.ask(MODELS[form])
                    self.assertEqual(failed.returncode, 1)
                    self.assertIn(told, failed.stderr)
                    self.assertEqual(len(self.mock.requests), before + 1, "it was asked again")
                    taken = self.ask(MODELS[form], ", partial: true")
                    self.assertEqual(taken.returncode, 0, taken.stderr)
                    self.assertIn(f"|{words[end]}|", taken.stdout)
                self.mock.script.pairs.clear()


class Failures(ProviderCase):
    def test_words_of_each_provider(self):
        for form, model in MODELS.items():
            self.mock.script.on("hi", Failure(404, "there is no such model"))
            failed = self.ask(model)
            self.assertEqual(failed.returncode, 1, form)
            self.assertIn("HTTP 404", failed.stderr)
            self.assertIn("there is no such model", failed.stderr)
            self.assertNotIn(KEY, failed.stderr)

    def test_a_key_of_each_provider_is_wanted_before_anything_runs(self):
        for form, name in (("anthropic_messages", "ANTHROPIC"), ("gemini", "GEMINI")):
            del self.env[f"{name}_API_KEY"]
            source = f'flow main() {{ print("x"); llm("hi", model: "{MODELS[form]}") >> print() }}\n'
            failed = self.flow(source)
            self.assertEqual((failed.returncode, failed.stdout), (2, ""), failed.stderr)
            self.assertIn(f"no key for `{name.lower()}` is set", failed.stderr)
            self.assertIn(f"{name}_API_KEY", failed.stderr)

    def test_what_a_model_does_not_take_is_told_before_anything_runs(self):
        source = 'flow main() { print("x"); llm("hi", model: "gpt-6-sol", temperature: 0.5) >> print() }\n'
        failed = self.flow(source)
        self.assertEqual((failed.returncode, failed.stdout), (2, ""))
        self.assertIn("the model `gpt-6-sol` takes no `temperature`", failed.stderr)
        computed = self.ask("claude-opus-5-5", ", temperature: 0.5")
        self.assertEqual(computed.returncode, 1)
        self.assertIn("the model `claude-opus-5-5` takes no `temperature`", computed.stderr)
        self.assertEqual(self.mock.requests, [])

    def test_nobody_is_known_who_has_the_model(self):
        del self.env["OPENAI_BASE_URL"]
        failed = self.flow('llm("hi", model: "llama9") >> print()\n')
        self.assertEqual(failed.returncode, 2)
        self.assertIn("no provider is known for the model `llama9`", failed.stderr)
        self.assertIn("`ollama/NAME`", failed.stderr)


if __name__ == "__main__":
    unittest.main()
