"""embed against the mock providers: what is asked, in how many requests, and what goes wrong."""
import json
import unittest

from raw_server import RawServer, ok
from test_providers import KEY, REQUESTS, ProviderCase

# Which model of whom is asked in which form, and where its client's requests are.
MODELS = {"openai_chat": "text-embedding-3-small", "gemini": "gemini-embedding-001",
          "ollama": "ollama/nomic-embed-text"}
FLOW = """schema Made { vectors: [[float]]; tokens: int; by: str }

flow main(who: str, texts: [str] = [], size: int? = none) {
  embed(texts, model: who, dimensions: size) -> vectors as made
  print(to_json(Made { vectors: vectors, tokens: made.usage.input_tokens, by: made.model }))
}
"""
MANY = """flow main(who: str, count: int) {
  let texts = range(0, count).map(n => "word${n}")
  embed(texts, model: who, dimensions: 4) -> vectors
  embed([texts.last() ?? ""], model: who, dimensions: 4) -> alone
  print("${vectors.len()} ${vectors.last() == alone.first()}")
}
"""


class EmbeddingCase(ProviderCase):
    def embed(self, model, texts, size=None, **options):
        more = ("--size", str(size)) if size is not None else ()
        return self.run_flow(self.compile(FLOW), model, *more,
                             *(f"--texts={text}" for text in texts), **options)

    def made(self, model, texts, size=None):
        done = self.embed(model, texts, size)
        self.assert_done(done)
        return json.loads(done.stdout)


class Requests(EmbeddingCase):
    def test_bodies_are_those_of_the_clients(self):
        for form, model in MODELS.items():
            self.made(model, ["a", "b"], 8)
            wanted = json.loads((REQUESTS / f"{form}.json").read_text())["embeddings"]["body"]
            if form == "openai_chat":  # not every server that speaks it knows the other
                wanted["encoding_format"] = "float"
            with self.subTest(form=form):
                self.assertEqual(self.last_body(), wanted)

    def test_vectors_in_the_order_of_the_texts(self):
        for model in MODELS.values():
            with self.subTest(model=model):
                made = self.made(model, ["a b", "c", "a b"], 16)
                first, second, third = made["vectors"]
                self.assertEqual([len(vector) for vector in made["vectors"]], [16, 16, 16])
                self.assertEqual(first, third)
                self.assertNotEqual(first, second)
                self.assertEqual(made["by"], model.removeprefix("ollama/"))
                self.assertEqual(made["tokens"], 0 if model.startswith("gemini") else 5)

    def test_a_model_says_how_long_they_are(self):
        self.assertEqual(len(self.made("text-embedding-3-small", ["a"])["vectors"][0]), 1536)
        self.assertNotIn("dimensions", self.last_body())

    def test_more_texts_than_a_request_takes(self):
        program = self.compile(MANY)
        for model, count, requests in (("text-embedding-3-small", 2049, 2), ("gemini-embedding-001", 201, 3),
                                       ("ollama/nomic-embed-text", 513, 2)):
            self.mock.requests.clear()
            with self.subTest(model=model):
                self.assert_done(self.run_flow(program, model, str(count)), f"{count} true\n")
                self.assertEqual(len(self.mock.requests), requests + 1)

    def test_long_texts_share_a_request_as_far_as_it_takes(self):
        source = ('flow main() { embed(range(0, 5).map(n => "x".repeat_text(100000)), '
                  'model: "text-embedding-3-small") -> vectors\n  print("${vectors.len()}") }\n')
        self.assert_done(self.flow(source), "5\n")
        self.assertEqual([len(request["body"]["input"]) for request in self.mock.requests], [2, 2, 1])

    def test_no_texts_no_request(self):
        self.assertEqual(self.made("text-embedding-3-small", [])["vectors"], [])
        self.assertEqual(self.mock.requests, [])

    def test_servers_that_speak_openais(self):
        """They may send no index, another order, whole numbers."""
        data = [{"index": 1, "embedding": [0, 1]}, {"index": 0, "embedding": [1, 0.5]}]
        for answer, wanted in ((data, [[1, 0.5], [0, 1]]),
                               ([{"embedding": [3, 4]}, {"embedding": [5, 6]}], [[3, 4], [5, 6]])):
            with RawServer(lambda request: ok(json.dumps({"data": answer}).encode())) as server:
                self.env["OPENAI_BASE_URL"] = server.url
                made = self.made("own-model", ["a", "b"])
            self.assertEqual(made["vectors"], wanted)
            self.assertEqual(made["by"], "own-model")


class Choices(EmbeddingCase):
    def test_which_model_is_asked(self):
        program = self.compile('flow main() { embed(["a"]) -> vectors as made\n  print(made.model) }\n')
        small, large = "text-embedding-3-small", "text-embedding-3-large"
        for arguments, env, asked in (((), {"PFLOW_EMBED_MODEL": small}, small),
                                      (("--model", large), {}, large),
                                      (("--model", "gpt-4.1"), {"PFLOW_EMBED_MODEL": small}, small),
                                      (("--model", "echo"), {}, "echo")):
            with self.subTest(arguments=arguments, env=env):
                self.assert_done(self.run_flow(program, *arguments, env=env), asked + "\n")

    def test_models_that_make_none(self):
        source = 'flow main() { write_file("early", "x")\n  embed(["a"]%s) -> vectors }\n'
        for model, says in (("claude-opus-5-5", "the model `claude-opus-5-5` answers in words"),
                            ("gpt-4.1", "the model `gpt-4.1` answers in words"),
                            ("anthropic/voyage", "`anthropic` has no models for `embed`")):
            done = self.flow(source % f', model: "{model}"')
            self.assert_failed(done, "PF0902", says, exit_code=2)
            self.assertIn("= help: such models are `text-embedding-3-small`", done.stderr)
            done = self.embed(model, ["a"])
            self.assert_failed(done, "PF0902", says)
        done = self.flow(source % ', model: "any"', env={"OPENAI_BASE_URL": ""})
        self.assert_failed(done, "PF0902", "no provider is known for the model `any` of `embed`",
                           exit_code=2)
        done = self.flow(source % "")
        self.assert_failed(done, "PF0902", "no model is chosen", exit_code=2)
        self.assertIn("PFLOW_EMBED_MODEL", done.stderr)
        self.assert_left()
        self.assertEqual(self.mock.requests, [])

    def test_a_missing_key(self):
        source = 'flow main() { embed(["a"], model: "text-embedding-3-small") -> vectors }\n'
        done = self.flow(source, env={"OPENAI_API_KEY": ""})
        self.assert_failed(done, "PF0902", "no key for `openai` is set", exit_code=2)

    def test_dimensions(self):
        for model, size, says in (("text-embedding-3-small", 1537, "`dimensions` is 1537, and the model "
                                   "`text-embedding-3-small` has at most 1536"),
                                  ("text-embedding-ada-002", 8, "`dimensions` is 8, and the model `text-"
                                   "embedding-ada-002` lets nobody choose them"),
                                  ("echo", 0, "`dimensions` is 0; expected 1 or more"),
                                  ("echo", 10**15, "`dimensions` is 1000000000000000, and")):
            self.assert_failed(self.embed(model, ["a"], size), "PF0912", says)
        self.assertEqual(self.mock.requests, [])

    def test_an_empty_text(self):
        self.assert_failed(self.embed("text-embedding-3-small", ["a", ""]), "PF0912",
                           "`texts[1]` is empty, and has no vector")


class Echo(EmbeddingCase):
    def cosine(self, a, b):
        return sum(x * y for x, y in zip(a, b))

    def test_texts_that_share_words_are_near(self):
        cat, cats, tax = self.made("echo", ["The cat sleeps", "a CAT, the cat!", "income tax"])["vectors"]
        self.assertEqual(len(cat), 256)
        self.assertAlmostEqual(self.cosine(cat, cat), 1)
        self.assertGreater(self.cosine(cat, cats), 0.5)
        self.assertLess(self.cosine(cat, tax), 0.1)
        self.assertEqual(self.mock.requests, [])

    def test_they_are_the_same_everywhere(self):
        made = self.made("echo", ["a", "a b", "?!"], 4)["vectors"]
        self.assertEqual(made[2], [1, 0, 0, 0])
        self.assertEqual(made[0], self.made("echo", ["A."], 4)["vectors"][0])
        self.assertEqual(sorted(made[0]), [0, 0, 0, 1])


class Failures(EmbeddingCase):
    def test_they_are_those_of_llm(self):
        self.mock.script.on("", [])
        for form, model in MODELS.items():
            for status, code in ((400, "PF0906"), (429, "PF0907"), (500, "PF0906")):
                with RawServer(lambda request: ok(b'{"error":{"message":"not so ' + KEY.encode() + b'"}}',
                                                  status=f"{status} No")) as server:
                    env = {"OPENAI_BASE_URL": server.url, "GEMINI_BASE_URL": server.url,
                           "OLLAMA_HOST": server.url}
                    done = self.embed(model, ["a"], env=env)
                with self.subTest(model=model, status=status):
                    asked = model if "/" in model else f"{form.partition('_')[0]}/{model}"
                    self.assert_failed(done, code, f"{asked}: the provider ")
                    self.assertIn("not so [key]" if "ollama" not in model else "not so ", done.stderr)
                    self.assertEqual(len(server.seen), 1 if status == 400 else 3)

    def test_the_wrong_key(self):
        self.mock.key = "another"
        done = self.embed("text-embedding-3-small", ["a"])
        self.assert_failed(done, "PF0903", "openai/text-embedding-3-small: the provider refused the key (HTTP 401)")

    def test_answers_that_hold_no_vectors(self):
        for answer, code, says in ((b"{}", "PF0913", "the answer of the provider holds no vectors"),
                                   (b"no", "PF0910", "the answer of the provider is not JSON"),
                                   (b'{"data":[]}', "PF0913", "the provider answered with 0 vectors for 1"),
                                   (b'{"data":[{"embedding":["x"]}]}', "PF0913", "the answer of the"),
                                   (b'{"data":[{"index":7,"embedding":[1]}]}', "PF0913", "the answer of"),
                                   (b'{"data":[{"embedding":[]}]}', "PF0913", "the answer of the")):
            with RawServer(lambda request: ok(answer)) as server:
                done = self.embed("text-embedding-3-small", ["a"], env={"OPENAI_BASE_URL": server.url})
            with self.subTest(answer=answer):
                self.assert_failed(done, code, f"openai/text-embedding-3-small: {says}")

    def test_a_failure_between_requests(self):
        """The next try begins anew, and all vectors are there once."""
        answers = [200, 503]

        def answer(request):
            texts = json.loads(request.body)["input"]
            if (answers.pop(0) if answers else 200) == 503:
                return ok(b"later", status="503 Busy")
            return ok(json.dumps({"data": [{"embedding": [1]} for _ in texts]}).encode())

        with RawServer(answer) as server:
            done = self.flow(MANY.replace(", dimensions: 4", ""), "text-embedding-3-small", "2100",
                             env={"OPENAI_BASE_URL": server.url})
        self.assert_done(done, "2100 true\n")
        self.assertEqual(len(server.seen), 5)


if __name__ == "__main__":
    unittest.main()
