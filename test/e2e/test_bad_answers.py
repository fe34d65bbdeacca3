"""What of a provider is no answer: each kind of trouble, with each provider."""
import json
import pathlib
import tempfile
import unittest
from dataclasses import dataclass

from model_mock import Answer, Delivery, Failure, Raw
from raw_server import RawServer, ok
from stream_case import LONG
from test_providers import KEY, MODELS, ProviderCase
from transport.authority import Authority
from transport.nghttpx import free_port

PLAIN = 'flow main(who: str) { llm("hi", model: who) >> print() }\n'
LIVE = 'flow main(who: str) { llm("hi", model: who, live: true) >> print() }\n'
PROVIDERS = {"openai_chat": "openai", "openai_responses": "openai", "anthropic_messages": "anthropic",
             "gemini": "gemini", "gemini_interactions": "gemini", "ollama": "ollama"}
OFTEN = 3  # what another try may mend


@dataclass(frozen=True)
class Trouble:
    """What comes, and what is told of it."""

    comes: object
    code: str
    told: str
    asked: int = 1
    help: str = ""


def refused(status, code, begin, asked=1, **more):
    return Trouble(Failure(status, "in the provider's words", **more), code,
                   f"{begin} (HTTP {status}): in the provider's words", asked)


def failed(status, asked=1):
    return Trouble(Failure(status, "in the provider's words"), "PF0906",
                   f"the provider answered with HTTP {status}: in the provider's words", asked)


def body(data, told, content_type="application/json"):
    return Trouble(Raw(data, 200, content_type), "PF0910", told, OFTEN)


NO_CALLS_TODAY = json.dumps({"error": {
    "code": 429, "message": "quota exceeded", "status": "RESOURCE_EXHAUSTED", "details": [
        {"@type": "type.googleapis.com/google.rpc.QuotaFailure",
         "violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]}]}}).encode()
NO_JSON = "the answer of the provider is not JSON"
WHOLE = {
    "401": refused(401, "PF0903", "the provider refused the key"),
    "403": failed(403),
    "404 model": failed(404),
    "413": failed(413),
    "429": refused(429, "PF0907", "the provider limits the rate of requests", OFTEN),
    "429 with Retry-After": Trouble(
        Failure(429, "slow down", retry_after="7"), "PF0907",
        "the provider limits the rate of requests (HTTP 429): slow down", OFTEN,
        "the provider asks to wait: Retry-After is 7"),
    "no quota left": Trouble(  # OpenAI's words
        Failure(429, "check your plan", kind="insufficient_quota", code="insufficient_quota"), "PF0907",
        "nothing is left of the quota (HTTP 429): check your plan"),
    "no quota left today": Trouble(Raw(NO_CALLS_TODAY, 429), "PF0907",
                                   "nothing is left of the quota (HTTP 429): quota exceeded"),
    "500": failed(500, OFTEN),
    "503": failed(503, OFTEN),
    "529": failed(529, OFTEN),
    "redirect": Trouble(
        Raw(b"", 307, "text/plain", (("Location", "https://elsewhere.example/v1?key=1"),)), "PF0906",
        "the provider answered with HTTP 307", 1, "it redirects to `https://elsewhere.example/v1`; set `"),
    "wrong content type": body(b"I am fine.", f"{NO_JSON} (syntax error): I am fine.", "text/plain"),
    "empty body": body(b"", "the answer of the provider is empty"),
    "HTML for JSON": body(b"<html>\n<p>Log in</p></html>", f"{NO_JSON} (syntax error): <html> <p>Log in",
                          "text/html"),
    "truncated JSON": body(b'{"model": "m", "cho', f"{NO_JSON} (incomplete JSON): " '{"model": "m", "cho'),
    "an error inside a 200": Trouble(Raw(b'{"error": {"message": "it is overloaded"}}'), "PF0913",
                                     "the provider answered with an error: it is overloaded", OFTEN),
    "another shape": Trouble(Raw(b'{"hello": "world"}'), "PF0913", "the answer of the provider holds no ", OFTEN),
}
STREAMED = {
    "an error inside a stream": Trouble(
        Answer(LONG, delivery=Delivery(stop_after=12, end="error", error=Failure(503, "it is overloaded"))),
        "PF0913", "the provider answered with an error: it is overloaded", OFTEN),
    "a stream cut": Trouble(Answer(LONG, delivery=Delivery(stop_after=12, end="close")), "PF0905",
                            "the answer broke off, from http://127.0.0.1:", OFTEN),
}


class TroubleCase(ProviderCase):
    def assert_told(self, form, trouble, done):
        model = MODELS[form].rpartition("/")[2]
        self.assert_failed(done, trouble.code, f"{PROVIDERS[form]}/{model}: {trouble.told}")
        self.assertIn(trouble.help, done.stderr)
        self.assertNotIn(KEY, done.stderr + done.stdout)


class Answers(TroubleCase):
    def assert_all_told(self, troubles, source):
        program = self.compile(source)
        for form, model in MODELS.items():
            for name, trouble in troubles.items():
                if name == "no quota left" and form == "ollama":
                    continue  # it has no words for programs
                with self.subTest(form=form, trouble=name):
                    self.mock.script.pairs.clear()
                    self.mock.script.on("", trouble.comes)
                    self.mock.requests.clear()
                    self.assert_told(form, trouble, self.run_flow(program, model))
                    self.assertEqual(len(self.mock.requests), trouble.asked)

    def test_whole_answers(self):
        self.assert_all_told(WHOLE, PLAIN)

    def test_answers_that_are_shown_while_they_come(self):
        # Of these a stream tells something else: test_streaming.py.
        told = {"wrong content type", "HTML for JSON", "truncated JSON", "empty body", "another shape"}
        self.assert_all_told({name: WHOLE[name] for name in WHOLE.keys() - told}, LIVE)

    def test_streams(self):
        self.assert_all_told(STREAMED, LIVE)

    def test_streams_that_are_silent_for_ever(self):
        silent = {"silence": Trouble(Answer(LONG, delivery=Delivery(stop_after=0, end="silence")), "PF0908",
                                     "no text of the answer came within 50ms", OFTEN)}
        self.assert_all_told(silent, LIVE.replace("live: true", "first_token: 50ms"))

    def test_keys_that_providers_do_not_know(self):
        """Each in its own way: Gemini answers with 400."""
        self.mock.key = "another"
        program = self.compile(PLAIN)
        for form in MODELS.keys() - {"ollama"}:
            status = 400 if form.startswith("gemini") else 401
            with self.subTest(form=form):
                self.mock.requests.clear()
                done = self.run_flow(program, MODELS[form])
                self.assert_told(form, Trouble(None, "PF0903", f"the provider refused the key (HTTP {status}): "),
                                 done)
                self.assertEqual(len(self.mock.requests), 1)

    def test_words_that_hold_the_key(self):
        program = self.compile(PLAIN)
        self.mock.script.on("", Failure(400, "{key} is no key"))
        for form in MODELS.keys() - {"ollama"}:
            self.assert_told(form, Trouble(None, "PF0906", "the provider answered with HTTP 400: [key] is no key"),
                             self.run_flow(program, MODELS[form]))

    def test_models_that_providers_do_not_have(self):
        program = self.compile(PLAIN)
        for provider, model in (("openai", "gpt-none"), ("anthropic", "claude-none"), ("gemini", "gemini-1"),
                                ("gemini", "gemini-9"), ("ollama", "none")):
            with self.subTest(model=model):
                done = self.run_flow(program, f"{provider}/{model}")
                self.assert_failed(done, "PF0906",
                                   f"{provider}/{model}: the provider answered with HTTP 404: ")
                self.assertRegex(done.stderr, f"HTTP 404: .*{model}")


class Ways(TroubleCase):
    """Troubles on the way to the provider."""

    def ask_at(self, base, **env):
        self.env.update({name: base for name in ("OPENAI_BASE_URL", "ANTHROPIC_BASE_URL",
                                                 "GEMINI_BASE_URL", "OLLAMA_HOST")}, **env)
        return {form: self.run_flow(self.program, model) for form, model in MODELS.items()}

    def assert_no_way(self, asked, told):
        for form, done in asked.items():
            with self.subTest(form=form):
                self.assert_told(form, Trouble(None, "PF0905", told), done)

    def setUp(self):
        super().setUp()
        self.program = self.compile(PLAIN)

    def test_a_certificate_that_does_not_fit(self):
        folder = tempfile.TemporaryDirectory(prefix="pflow-authority-")
        self.addCleanup(folder.cleanup)
        authority = Authority(pathlib.Path(folder.name) / "ca")
        certificate = authority.certificate("other", "DNS:other.example")
        with RawServer(lambda _: ok(b"{}"), tls=certificate.context()) as server:
            self.assert_no_way(self.ask_at(server.url, SSL_CERT_FILE=authority.file),
                               f"no answer from {server.url}: the certificate of `localhost` is for another name")
            self.assertEqual(server.seen, [])

    def test_a_proxy_that_refuses(self):
        with RawServer(lambda _: ok(b"", status="403 Forbidden")) as proxy:
            self.assert_no_way(self.ask_at("https://provider.example", https_proxy=proxy.url),
                               "no answer from https://provider.example: ")
            self.assertTrue(all(request.method == "CONNECT" for request in proxy.seen))

    def test_a_proxy_that_is_not_there(self):
        self.assert_no_way(self.ask_at("https://provider.example", https_proxy=f"http://127.0.0.1:{free_port()}"),
                           "no answer from https://provider.example: ")

    def test_no_such_host(self):
        self.assert_no_way(self.ask_at("https://no-such-host.invalid"),
                           "no answer from https://no-such-host.invalid: the name `no-such-host.invalid` has no "
                           "address (DNS)")

    def test_nobody_listens(self):
        base = f"http://127.0.0.1:{free_port()}"
        self.assert_no_way(self.ask_at(base), f"no answer from {base}: ")


if __name__ == "__main__":
    unittest.main()
