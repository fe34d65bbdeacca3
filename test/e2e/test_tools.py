"""Nodes and flows as tools of a model: what it is told of them, how it calls them, what it hears."""
import json
import unittest

from model_mock import Answer, Failure, Reasoning, ToolCall, Usage
from test_providers import MODELS, ProviderCase, sent_by_client

WEATHER = """## The weather.
flow weather(city: str) -> report {
  if city == "Nowhere" { fail("no such city") }
  let report = "cold in ${city}"
}
"""
FLOW = WEATHER + """flow main(who: str) {
  llm("hi", model: who, tools: [weather]%s) -> answer as asked
  print("${answer}|${asked.usage.input_tokens}|${to_json(asked.transcript)}")
}
"""


def call(city, **more):
    return ToolCall("weather", {"city": city}, **more)


class ToolCase(ProviderCase):
    def ask_tools(self, form="openai_chat", arguments=""):
        bound = ", max_tokens: 100" if form == "anthropic_messages" else ""
        return self.run_flow(self.compile(FLOW % (arguments + bound)), MODELS[form])

    def script(self, *answers):
        """The final message is the prompt first, then a result of a tool."""
        self.mock.script.pairs.clear()
        self.mock.script.on("", *answers)

    def told(self, done):
        answer, tokens, transcript = done.stdout.split("|", 2)
        return answer, int(tokens), json.loads(transcript)


class Rounds(ToolCase):
    def test_tools_are_told_as_the_clients_tell_them(self):
        for form in MODELS:
            self.script("fine")
            done = self.ask_tools(form)
            self.assertEqual(done.returncode, 0, (form, done.stderr))
            self.assertEqual(self.last_body()["tools"], sent_by_client(form, "tools")["tools"], form)

    def test_results_go_back_as_the_clients_send_them(self):
        for form in MODELS:
            self.script(Answer(tool_calls=(call("Oslo"), call("Rome")), usage=Usage(input=5, output=6)),
                        Answer("fine", usage=Usage(input=7, output=8)))
            done = self.ask_tools(form)
            self.assertEqual(done.returncode, 0, (form, done.stderr))
            answer, tokens, transcript = self.told(done)
            self.assertEqual((answer, tokens), ("fine", 12), form)
            self.assertEqual([said["role"] for said in transcript],
                             ["user", "assistant", "tool", "assistant"], form)
            results = [part for part in transcript[2]["parts"] if part["type"] == "ToolResult"]
            self.assertEqual([part["text"] for part in results], ["cold in Oslo", "cold in Rome"])

    def test_thoughts_and_results_go_back_as_steps_of_interactions(self):
        self.script(Answer(tool_calls=(call("Oslo", id="fn_1"),),
                           reasoning=(Reasoning("I must look.", "c2VhbGVk"),)), "fine")
        self.assert_done(self.ask_tools("gemini_interactions"))
        wanted = sent_by_client("gemini_interactions", "tool results")
        wanted["input"][-1]["result"] = "cold in Oslo"
        self.assertEqual(self.last_body(), wanted)

    def test_the_second_request_is_the_clients(self):
        """But for the names of the calls, which the provider has given."""
        for form in ("openai_chat", "ollama"):
            cities = ("Oslo",) if form == "ollama" else ("Oslo", "Rome")
            self.script(Answer(tool_calls=tuple(call(city, id=f"call_{i + 1}")
                                                for i, city in enumerate(cities))), "fine")
            self.ask_tools(form)
            wanted = sent_by_client(form, "tool results")
            for message in wanted["messages"]:
                if message["role"] == "tool":
                    city = cities[int(message.get("tool_call_id", "call_1")[-1]) - 1]
                    message["content"] = f"cold in {city}"
            self.assertEqual(self.last_body(), wanted, form)

    def test_what_goes_wrong_is_told_to_the_model(self):
        wrong = [
            (call("Nowhere"), "no such city"),
            (ToolCall("forecast", {}), "there is no tool `forecast`; there is `weather`"),
            (ToolCall("weather", {"town": "Oslo"}), "the arguments do not fit: $.city"),
            (ToolCall("weather", {"city": 7}), "the arguments do not fit: $.city: expected str, found int"),
            (ToolCall("weather", "{oops"), "the arguments do not fit: "),
        ]
        for asked, told in wrong:
            self.script(Answer(tool_calls=(asked, call("Oslo"))), "fine")
            done = self.ask_tools()
            self.assertEqual(done.returncode, 0, (told, done.stderr))
            results = self.told(done)[2][2]["parts"]
            self.assertIn(told, results[0]["text"])
            self.assertEqual((results[0]["failed"], results[1]["text"]), (True, "cold in Oslo"))
            self.assertIn(told, self.last_body()["messages"][2]["content"])

    def test_a_model_that_goes_on_and_on_is_stopped(self):
        for limit, told in (("max_rounds: 2", "more than 2 rounds of tools"),
                            ("max_calls: 3", "more than 3 calls of tools")):
            self.mock.requests.clear()
            self.script(Answer("so", tool_calls=(call("Oslo"), call("Rome"))))
            failed = self.ask_tools(arguments=", " + limit)
            self.assertEqual(failed.returncode, 1)
            self.assertIn(told, failed.stderr)
            self.assertIn(f"raise `{limit.partition(':')[0]}`", failed.stderr)
            self.assertEqual(len(self.mock.requests), 3 if "rounds" in limit else 2)

    def test_a_failure_between_the_rounds_fails_the_call(self):
        self.script(Answer(tool_calls=(call("Oslo"),)), Failure(400, "too long"))
        failed = self.ask_tools()
        self.assertEqual(failed.returncode, 1)
        self.assertIn("too long", failed.stderr)


class Kinds(ToolCase):
    def run_tool(self, declared, asked, tools="[it]"):
        source = declared + f"""
flow main() {{
  llm("hi", model: "gpt-4.1", tools: {tools}) -> answer as asked
  print(to_json(asked.transcript))
}}
"""
        self.script(Answer(tool_calls=tuple(asked)), "fine")
        done = self.flow(source)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [part["text"] for part in json.loads(done.stdout)[2]["parts"]]

    def test_nodes_functions_and_flows_that_wait(self):
        (self.work / "notes.txt").write_text("hello")
        declared = """
node add(a: int, b: int = 2) -> int = a + b
flow slow(what: str) -> (said: str, length: int) {
  sleep(1s)
  shell("printf %s ${what}") -> said
  let length = said.len()
}
"""
        asked = [ToolCall("add", {"a": 1}), ToolCall("slow", {"what": "a b"}),
                 ToolCall("read_file", {"path": "notes.txt"}), ToolCall("read_file", {"path": "none.txt"})]
        results = self.run_tool(declared, asked, "[add, slow, read_file]")
        self.assertEqual(results[:3], ["3", '{"said":"a b","length":3}', "hello"])
        self.assertRegex(results[3], "^(not_found|io): .*none.txt")

    def test_a_tool_may_ask_a_model_with_tools_of_its_own(self):
        declared = """
node double(n: int) -> int = n * 2
flow it(n: int) -> said { llm("double ${n}", model: "gpt-4.1-mini", tools: [double]) -> said }
"""
        self.mock.script.pairs.clear()
        self.mock.script.on("double 4", Answer(tool_calls=(ToolCall("double", {"n": 4}),)))
        self.mock.script.on("^8$", "it is eight")
        self.mock.script.on("hi", Answer(tool_calls=(ToolCall("it", {"n": 4}),)))
        self.mock.script.on("it is eight", "fine")
        source = declared + """
flow main() { llm("hi", model: "gpt-4.1", tools: [it]) >> print() }
"""
        done = self.flow(source)
        self.assertEqual((done.returncode, done.stdout), (0, "fine\n"), done.stderr)


class Choices(ToolCase):
    CHOICE = """
## Finds pages.
flow search(
  ## What to look for
  query: str
) -> seen { let seen = "pages of ${query}" }
## Ends.
flow answer(text: str) -> seen { let seen = text }
type Step = call(search, answer)
flow main() {
  llm("hi", model: "gpt-4.1", schema: Step) -> step
  run(step) >> print()
}
"""

    def test_a_model_chooses_a_call_by_its_name(self):
        self.script({"value": {"type": "search", "query": "tea"}})
        done = self.flow(self.CHOICE)
        self.assertEqual((done.returncode, done.stdout), (0, "pages of tea\n"), done.stderr)
        schema = self.last_body()["response_format"]["json_schema"]["schema"]
        search = schema["properties"]["value"]["anyOf"][1]
        self.assertEqual(search["description"], "Finds pages.")
        self.assertEqual(list(search["properties"]), ["type", "query"])
        self.assertEqual(search["properties"]["type"]["enum"], ["search"])
        self.assertEqual(search["properties"]["query"]["description"], "What to look for")

    def test_a_choice_that_does_not_fit_goes_back_to_the_model(self):
        self.mock.script.pairs.clear()
        self.mock.script.on("could not be read", {"type": "answer", "text": "tea"})
        self.mock.script.on("hi", {"type": "search", "words": "tea"})
        done = self.flow(self.CHOICE)
        self.assertEqual((done.returncode, done.stdout), (0, "tea\n"), done.stderr)
        self.assertIn("query", self.last_body()["messages"][-1]["content"])


class Approval(ToolCase):
    APPROVE = """
flow ask_me(name: str, arguments: json) -> (fine: bool) {
  eprint("${name} ${arguments}")
  let fine = arguments.city != "Rome"
}
"""

    def ask_approved(self, approve, *calls):
        self.script(Answer(tool_calls=calls), "fine")
        source = approve + FLOW % ", approve: ask_me"
        return self.run_flow(self.compile(source), "gpt-4.1")

    def test_refused_calls_are_not_made(self):
        done = self.ask_approved(self.APPROVE, call("Oslo"), call("Rome"), call("Bern"))
        self.assertEqual(done.returncode, 0, done.stderr)
        results = [part["text"] for part in self.told(done)[2][2]["parts"]]
        self.assertEqual(results, ["cold in Oslo", "the call was refused", "cold in Bern"])
        asked = [line for line in done.stderr.splitlines() if line.startswith("weather ")]
        self.assertEqual(asked, [f'weather {{"city":"{city}"}}' for city in ("Oslo", "Rome", "Bern")])

    def test_why_it_was_refused(self):
        refuse = '''
flow ask_me(name: str) -> (fine: bool) {
  if name != "" { fail("not today") }
  let fine = true
}
'''
        done = self.ask_approved(refuse, call("Oslo"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("not today", self.told(done)[2][2]["parts"][0]["text"])

    def test_who_cannot_be_asked_is_told_before_the_model_is(self):
        wrong = [
            ("flow ask_me(whom: str) -> (fine: bool) { let fine = true }\n",
             "`ask_me` cannot approve: its port `whom` is a `str`; it gets `name: str`"),
            ("flow ask_me(name: int) -> (fine: bool) { let fine = true }\n",
             "its port `name` is a `int`"),
            ('flow ask_me(name: str) -> (said: str) { let said = "no" }\n', "its result is no `bool`"),
            ("flow ask_me(name: str) { eprint(name) }\n", "its result is no `bool`"),
        ]
        for source, told in wrong:
            before = len(self.mock.requests)
            failed = self.ask_approved(source, call("Oslo"))
            self.assertEqual(failed.returncode, 1, told)
            self.assertIn(told, failed.stderr)
            self.assertEqual(len(self.mock.requests), before)

    def test_one_tool_twice_is_told_once(self):
        self.script("fine")
        source = WEATHER + 'flow main() { llm("hi", model: "gpt-4.1", tools: [weather, weather]) >> print() }\n'
        self.assert_done(self.flow(source))
        self.assertEqual(len(self.last_body()["tools"]), 1)


class Cancelled(ToolCase):
    def test_tools_end_with_their_call(self):
        declared = """
flow it(n: int) -> said { shell("sleep ${n}; touch late") -> said }
"""
        self.script(Answer(tool_calls=(ToolCall("it", {"n": 30}), ToolCall("it", {"n": 31}))))
        failed = self.flow(declared + """
flow main() { llm("hi", model: "gpt-4.1", tools: [it]) with (timeout: 500ms, retries: 0) >> print() }
""", env={"PFLOW_VIRTUAL_TIME": "0"})
        self.assertEqual(failed.returncode, 1)
        self.assertIn("timed out after 500ms", failed.stderr)
        self.assertFalse((self.work / "late").exists())


if __name__ == "__main__":
    unittest.main()
