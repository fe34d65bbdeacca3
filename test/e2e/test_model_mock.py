"""The mock of model providers, judged by the clients that the providers publish: they read what it
answers, and what it refuses they report with the class that they have for it."""
import pathlib
import tempfile
import unittest

import sdk_modules
from judged_answers import ANSWERS, STATUSES, TEXT, THOUGHT
from model_mock import ModelMock

USED = {"input": 11, "output": 9, "cached": 4, "reasoning": 5}
PERSON = {"name": "Ada", "age": 36}
REFUSAL = "I will not."
ADD = [["add", {"a": 2, "b": 3}]]


class Judge:
    """What holds for every client. `FINISH` holds its words for stop, length, filter, refusal and
    tool calls, `ERRORS` its classes by status."""

    SCRIPT = None
    FINISH = ()
    ERRORS = {}
    OTHER_ERROR = "InternalServerError"
    CUT = "terminated"

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory(prefix="pflow-judge-") as folder, \
                ModelMock(answers=ANSWERS, key="sk-judge") as mock:
            try:
                cls.results = sdk_modules.run(cls.SCRIPT, mock.root, folder=pathlib.Path(folder))
            except sdk_modules.NoRegistry as problem:
                raise unittest.SkipTest(str(problem)) from None
            cls.requests = mock.requests

    def result(self, name):
        self.assertIn(name, self.results)
        return self.results[name]

    def assert_said(self, name, text, finish):
        found = self.result(name)
        self.assertEqual((found.get("text"), found.get("finish")), (text, finish), found)

    def assert_error(self, name, kind, status=None, message=""):
        found = self.result(name)
        self.assertEqual((found.get("error"), found.get("status")), (kind, status), found)
        self.assertIn(message, found["message"])

    def test_answers_and_their_ends(self):
        stop, length, filtered, refused, _ = self.FINISH
        for prefix in ("", "stream "):
            self.assert_said(prefix + "plain", "Hello, world!", stop)
            self.assert_said(prefix + "long", "half a", length)
            self.assert_said(prefix + "filtered", "half a", filtered)
            self.assertEqual(self.result(prefix + "refused")["finish"], refused)

    def test_refusals_have_a_place_of_their_own(self):
        for prefix in ("", "stream "):
            self.assertEqual(self.result(prefix + "refused")["refusal"], REFUSAL)

    def test_usage(self):
        for prefix in ("", "stream "):
            self.assertEqual(self.result(prefix + "plain")["usage"], USED)

    def test_structured_output(self):
        self.assertEqual(self.result("typed")["parsed"], PERSON)
        self.assertEqual(self.result("stream typed")["joined"], '{"name":"Ada","age":36}')

    def test_streams_in_odd_pieces(self):
        for name in ("letters", "octets", "crlf", "comments", "no done"):
            self.assert_said(f"stream {name}", TEXT, self.FINISH[0])
            self.assertEqual(self.result(f"stream {name}")["joined"], TEXT)
        self.assertEqual(self.result("stream letters")["pieces"], len(TEXT))
        self.assertEqual(self.result("stream octets")["pieces"], 3)

    def test_tools(self):
        for name in ("tools", "stream tools"):
            trip = self.result(name)
            self.assertEqual(trip["asked"]["tools"], ADD)
            self.assertEqual(trip["asked"]["finish"], self.FINISH[4])
            self.assertEqual(trip["final"]["text"], "It is 5.")
        trip = self.result("two tools")
        self.assertEqual(trip["asked"]["tools"], [*ADD, ["add", {"a": 4, "b": 5}]])
        self.assertEqual(trip["final"]["text"], "They are 5 and 9.")

    def test_statuses(self):
        for status in STATUSES:
            kind = self.ERRORS.get(status, self.OTHER_ERROR)
            self.assert_error(f"status {status}", kind, status, f"scripted failure {status}")
        for status in (429, 529):
            self.assert_error(f"stream status {status}", self.ERRORS.get(status, self.OTHER_ERROR),
                              status)

    def test_another_try_after_a_limit(self):
        self.assert_said("retried", "at last", self.FINISH[0])
        bodies = [str(request["body"]) for request in self.requests]
        self.assertEqual(sum("retried" in body for body in bodies), 2)

    def test_answers_that_are_none(self):
        for name in ("html", "empty body", "truncated", "dropped"):
            self.assertIn("error", self.result(name))
        self.assertIn("JSON", self.result("truncated")["message"])

    def test_a_stream_that_is_cut(self):
        found = self.result("stream cut")
        self.assertIn("error", found)
        self.assertIn(self.CUT, found["message"])

    def test_a_wrong_key(self):
        self.assert_error("no key", self.ERRORS[401], 401)


class OpenAiJudge(Judge):
    ERRORS = {400: "BadRequestError", 401: "AuthenticationError", 403: "PermissionDeniedError",
              404: "NotFoundError", 413: "APIError", 429: "RateLimitError"}


class OpenAiChat(OpenAiJudge, unittest.TestCase):
    SCRIPT = "openai_chat.mjs"
    FINISH = ("stop", "length", "content_filter", "stop", "tool_calls")

    def test_errors_inside_a_stream(self):
        self.assert_error("stream error inside", "APIError", None, "overloaded in the middle")
        self.assert_error("stream unfinished", "OpenAIError", None, "missing finish_reason")

    def test_batches(self):
        self.assertEqual(self.result("batch"), {
            "states": ["in_progress", "in_progress", "completed"],
            "counts": {"total": 2, "completed": 1, "failed": 1},
            "replies": [["plain", 200, "Hello, world!"], ["status 400", 400, "scripted failure 400"]]})
        self.assertEqual(self.result("cancelled batch")["status"], "cancelled")

    def test_embeddings(self):
        found = self.result("embeddings")
        self.assertEqual(found["sizes"], [8, 8])
        self.assertEqual(found["usage"], {"prompt_tokens": 3, "total_tokens": 3})
        self.assertAlmostEqual(sum(number * number for number in found["first"]), 1, places=5)


class OpenAiResponses(OpenAiJudge, unittest.TestCase):
    SCRIPT = "openai_responses.mjs"
    FINISH = ("completed", "max_output_tokens", "content_filter", "completed", "completed")

    def test_errors_inside_a_stream(self):
        """The client does not throw: the status of the response says it."""
        self.assertEqual(self.result("stream error inside")["finish"], "failed")
        self.assertEqual(self.result("stream unfinished")["finish"], "in_progress")

    def test_thoughts_come_back_unchanged(self):
        self.assertEqual(self.result("tools")["asked"]["thoughts"], [[THOUGHT.text, THOUGHT.opaque]])
        self.assert_error("thoughts left out", "BadRequestError", 400, "required 'reasoning' item")


class AnthropicMessages(Judge, unittest.TestCase):
    SCRIPT = "anthropic_messages.mjs"
    FINISH = ("end_turn", "max_tokens", "refusal", "refusal", "tool_use")
    ERRORS = {400: "BadRequestError", 401: "AuthenticationError", 403: "PermissionDeniedError",
              404: "NotFoundError", 413: "ContentTooLargeError", 429: "RateLimitError",
              503: "ServiceUnavailableError", 529: "OverloadedError"}

    def test_errors_inside_a_stream(self):
        self.assert_error("stream error inside", "APIError", None, "overloaded_error")
        self.assert_error("stream unfinished", "AnthropicError", None, "stream ended")

    def test_thoughts_come_back_unchanged(self):
        for name in ("tools", "stream tools"):
            self.assertEqual(self.result(name)["asked"]["thoughts"], [[THOUGHT.text, THOUGHT.opaque]])
        self.assert_error("thoughts left out", "BadRequestError", 400, "Expected `thinking`")

    def test_batches(self):
        found = self.result("batch")
        self.assertEqual(found["states"], ["in_progress", "in_progress", "ended"])
        self.assertEqual((found["counts"]["succeeded"], found["counts"]["errored"]), (1, 1))
        self.assertEqual(found["replies"], [["plain", "succeeded", "Hello, world!"],
                                            ["status_400", "errored", "scripted failure 400"]])
        self.assertEqual(self.result("cancelled batch")["status"], "ended")


class Gemini(Judge, unittest.TestCase):
    SCRIPT = "gemini.mjs"
    FINISH = ("STOP", "MAX_TOKENS", "SAFETY", "PROHIBITED_CONTENT", "STOP")
    OTHER_ERROR = "ApiError"

    def test_refusals_have_a_place_of_their_own(self):
        """They have none: the reason of the end says it."""
        self.assert_said("refused", REFUSAL, "PROHIBITED_CONTENT")

    def test_structured_output(self):
        self.assertEqual(self.result("typed")["text"], '{"name":"Ada","age":36}')

    def test_errors_inside_a_stream(self):
        self.assert_error("stream error inside", "ApiError", 529, "overloaded in the middle")
        self.assertNotIn("finish", self.result("stream unfinished"))

    def test_a_wrong_key(self):
        """400, not 401."""
        self.assert_error("no key", "ApiError", 400, "API_KEY_INVALID")

    def test_batches(self):
        running, done = "JOB_STATE_RUNNING", "JOB_STATE_SUCCEEDED"
        self.assertEqual(self.result("batch"), {"states": [running, running, done], "replies": [
            ["plain", "Hello, world!"], ["status 400", "scripted failure 400"]]})

    def test_signatures_come_back(self):
        self.assertEqual(self.result("tools")["asked"]["thoughts"], [THOUGHT.text])
        self.assert_error("thoughts left out", "ApiError", 400, "thought_signature")

    def test_embeddings(self):
        found = self.result("embeddings")
        self.assertEqual(found["sizes"], [8, 8])
        self.assertAlmostEqual(sum(number * number for number in found["first"]), 1)


class GeminiInteractions(OpenAiJudge, unittest.TestCase):
    """Its client has the classes of the OpenAI client for errors."""

    SCRIPT = "gemini_interactions.mjs"
    FINISH = ("completed", "incomplete", "failed", "failed", "requires_action")

    def test_structured_output(self):
        self.assertEqual(self.result("typed")["text"], '{"name":"Ada","age":36}')

    def test_errors_inside_a_stream(self):
        """They come as events; the client does not throw."""
        self.assert_error("stream error inside", "Error", None, "overloaded in the middle")
        self.assertNotIn("finish", self.result("stream unfinished"))

    def test_a_wrong_key(self):
        """400, not 401."""
        self.assert_error("no key", "BadRequestError", 400, "API key not valid")

    def test_thoughts_come_back_unchanged(self):
        for name in ("tools", "stream tools"):
            self.assertEqual(self.result(name)["asked"]["thoughts"], [[THOUGHT.text, THOUGHT.opaque]])
        self.assert_error("thoughts left out", "BadRequestError", 400, "is missing its thought")


class Ollama(Judge, unittest.TestCase):
    SCRIPT = "ollama.mjs"
    FINISH = ("stop", "length", "stop", "stop", "stop")
    OTHER_ERROR = "ResponseError"

    def test_refusals_have_a_place_of_their_own(self):
        """They have none."""
        self.assert_said("refused", REFUSAL, "stop")

    def test_usage(self):
        for prefix in ("", "stream "):
            self.assertEqual(self.result(prefix + "plain")["usage"], {"input": 11, "output": 9})

    def test_structured_output(self):
        self.assertEqual(self.result("typed")["text"], '{"name":"Ada","age":36}')

    def test_streams_in_odd_pieces(self):
        for name in ("letters", "octets", "crlf"):
            self.assert_said(f"stream {name}", TEXT, "stop")

    def test_errors_inside_a_stream(self):
        self.assert_error("stream error inside", "Error", None, "overloaded in the middle")
        self.assert_error("stream unfinished", "Error", None, "Did not receive done")

    def test_another_try_after_a_limit(self):
        """The client makes none."""
        self.assertNotIn("retried", self.results)

    def test_a_wrong_key(self):
        """There is no key."""
        self.assertNotIn("authorization", self.requests[0]["headers"])

    def test_models_and_embeddings(self):
        self.assertIn("qwen3:latest", self.result("tags"))
        self.assertEqual(self.result("embeddings")["sizes"], [8, 8])


if __name__ == "__main__":
    unittest.main()
