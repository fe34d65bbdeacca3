"""Conversations with models of all providers: messages that go on, and what must go back unchanged."""
import json
import unittest

from model_mock import Answer, Reasoning
from test_providers import MODELS, ProviderCase

# Two turns; the conversation lies in a file between them.
TURNS = """flow main(who: str) {
  llm("first", model: who, system: "Be brief.") -> one as began
  write_file("chat.json", str(to_json(began.transcript)))
  read_file("chat.json") -> saved
  parse_json(saved, schema: [Message]) -> history
  llm("second", model: who, system: "Be brief.", messages: history) -> two as went_on
  print("${two}|${to_json(went_on.transcript)}")
}
"""
GIVEN = """flow main(saved: str, prompt: str, who: str) {
  parse_json(saved, schema: [Message]) -> messages
  llm(prompt, model: who, messages: messages) -> answer as asked
  print("${answer}|${asked.transcript.len()}")
}
"""


def user(text):
    return {"role": "user", "text": text}


class Turns(ProviderCase):
    def setUp(self):
        super().setUp()
        self.program = self.compile(TURNS)

    def take_turns(self, form, first):
        self.mock.script.pairs.clear()
        self.mock.script.on("first", first)
        self.mock.script.on("second", "two")
        done = self.run_flow(self.program, MODELS[form])
        self.assertEqual(done.returncode, 0, (form, done.stderr))
        answer, _, transcript = done.stdout.partition("|")
        self.assertEqual(answer, "two")
        messages = json.loads(transcript)
        self.assertEqual([(said["role"], said["text"]) for said in messages],
                         [("user", "first"), ("assistant", "one"), ("user", "second"),
                          ("assistant", "two")], form)
        return self.last_body()

    def test_roles_stand_in_the_words_of_each_provider(self):
        chat = [("system", "Be brief."), ("user", "first"), ("assistant", "one"), ("user", "second")]
        spoken = [{"role": role, "content": text} for role, text in chat]
        for form in ("openai_chat", "ollama"):
            self.assertEqual(self.take_turns(form, "one")["messages"], spoken, form)
        body = self.take_turns("openai_responses", "one")
        self.assertEqual((body["instructions"], body["input"]), ("Be brief.", spoken[1:]))
        body = self.take_turns("anthropic_messages", "one")
        self.assertEqual((body["system"], body["messages"]), ("Be brief.", spoken[1:]))
        body = self.take_turns("gemini", "one")
        self.assertEqual(body["systemInstruction"]["parts"], [{"text": "Be brief."}])
        self.assertEqual(body["contents"], [
            {"role": {"assistant": "model"}.get(role, role), "parts": [{"text": text}]}
            for role, text in chat[1:]])
        body = self.take_turns("gemini_interactions", "one")
        self.assertEqual(body["system_instruction"], "Be brief.")
        self.assertEqual(body["input"], [
            {"type": {"assistant": "model_output"}.get(role, "user_input"),
             "content": [{"type": "text", "text": text}]} for role, text in chat[1:]])

    def test_thoughts_go_back_as_they_came(self):
        sealed = Answer("one", reasoning=(Reasoning("I must look.", "c2VhbGVk"),))
        found = {
            "openai_responses": lambda body: [item["encrypted_content"] for item in body["input"]
                                              if item.get("type") == "reasoning"],
            "anthropic_messages": lambda body: [block["signature"] for block in
                                                body["messages"][1]["content"]
                                                if block["type"] == "thinking"],
            "gemini": lambda body: [part["thoughtSignature"] for part in body["contents"][1]["parts"]
                                    if "thoughtSignature" in part],
            "gemini_interactions": lambda body: [step["signature"] for step in body["input"]
                                                 if step["type"] == "thought"],
        }
        for form, signatures in found.items():
            self.assertEqual(signatures(self.take_turns(form, sealed)), ["c2VhbGVk"], form)

    def test_another_provider_gets_the_text_alone(self):
        self.mock.script.on("first", Answer("one", reasoning=(Reasoning("I must look.", "c2VhbGVk"),)))
        self.mock.script.on("second", "two")
        source = TURNS.replace('llm("second", model: who', 'llm("second", model: "gpt-4.1"')
        self.assert_done(self.run_flow(self.compile(source), MODELS["anthropic_messages"]))
        self.assertEqual(self.last_body()["messages"][2], {"role": "assistant", "content": "one"})


class Given(ProviderCase):
    CALL = {"type": "ToolCall", "id": "c1", "name": "weather", "arguments": {"city": "Oslo"}}
    RESULT = {"type": "ToolResult", "id": "c1", "name": "weather", "text": "cold"}
    ASKED = {"role": "assistant", "parts": [CALL]}
    ANSWERED = {"role": "tool", "parts": [RESULT]}

    def setUp(self):
        super().setUp()
        self.program = self.compile(GIVEN)
        self.mock.script.on(".*", "fine")

    def ask_with(self, messages, prompt="and now?", who="gpt-4.1"):
        return self.run_flow(self.program, json.dumps(messages), prompt, who)

    def test_an_empty_prompt_adds_no_message(self):
        done = self.ask_with([user("hi")], "")
        self.assertEqual((done.returncode, done.stdout), (0, "fine|2\n"), done.stderr)
        self.assertEqual(self.last_body()["messages"], [{"role": "user", "content": "hi"}])

    def test_system_messages_stand_above_all_where_the_api_has_no_other_place(self):
        messages = [{"role": "system", "text": "Be kind."}, user("hi")]
        self.assert_done(self.ask_with(messages, "", MODELS["anthropic_messages"]))
        self.assertEqual(self.last_body()["system"], "Be kind.")
        self.assert_done(self.ask_with(messages, ""))
        self.assertEqual(self.last_body()["messages"][0], {"role": "system", "content": "Be kind."})

    def test_calls_of_tools_and_their_results(self):
        self.assert_done(self.ask_with([user("hi"), self.ASKED, self.ANSWERED], ""))
        self.assertEqual(self.last_body()["messages"][1:], [
            {"role": "assistant", "content": None, "tool_calls": [
                {"id": "c1", "type": "function",
                 "function": {"name": "weather", "arguments": '{"city":"Oslo"}'}}]},
            {"role": "tool", "tool_call_id": "c1", "content": "cold"}])

    def test_what_no_provider_takes_is_told_before_it_is_asked(self):
        wrong = [
            ([user("hi"), self.ASKED], "`messages` end before the call `c1` of a tool is answered"),
            ([user("hi"), self.ASKED, user("well?")],
             "`messages[2]` goes on before the call `c1` of a tool is answered"),
            ([user("hi"), self.ANSWERED], "`messages[1]` answers the call `c1` of a tool, which none made"),
            ([{**user("hi"), "parts": [self.CALL]}],
             "`messages[0]` has the role `user` and what only the assistant says"),
            ([{**self.ANSWERED, "role": "assistant"}],
             "`messages[0]` has the role `assistant` and a result of a tool"),
        ]
        for messages, told in wrong:
            failed = self.ask_with(messages)
            self.assertEqual(failed.returncode, 1, failed.stdout)
            self.assertIn(told, failed.stderr)
        self.assertEqual(self.mock.requests, [])


if __name__ == "__main__":
    unittest.main()
