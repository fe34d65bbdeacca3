"""The requests kept in `sdk/requests` are what the clients of the providers send."""
import json
import unittest

import sdk_modules
import sdk_requests

CALLS = {"plain", "system", "temperature", "schema", "tools", "tool results", "stream", "image"}


class Requests(unittest.TestCase):
    maxDiff = None

    def assert_kept(self, provider):
        kept = sdk_requests.file_of(provider).read_text(encoding="utf-8")
        self.assertLessEqual(CALLS, set(json.loads(kept)))
        try:
            sent = sdk_requests.text_of(sdk_requests.recorded(provider))
        except sdk_modules.NoRegistry as problem:
            self.skipTest(str(problem))
        self.assertEqual(sent, kept, "run sdk_requests.py --update and read the difference")

    def test_openai_chat(self):
        self.assert_kept("openai_chat")

    def test_openai_responses(self):
        self.assert_kept("openai_responses")

    def test_anthropic_messages(self):
        self.assert_kept("anthropic_messages")

    def test_gemini(self):
        self.assert_kept("gemini")

    def test_gemini_interactions(self):
        self.assert_kept("gemini_interactions")

    def test_ollama(self):
        self.assert_kept("ollama")


if __name__ == "__main__":
    unittest.main()
