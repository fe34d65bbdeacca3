"""Models and embedding models that packages bring: in programs, in commands, and what goes wrong."""
import json
import os
import subprocess
import unittest

from flow_case import PATIENCE, PFLOWC
from test_providers import KEY, ProviderCase

MANIFEST = 'name = "{0}"\nversion = "1.0.0"\npflow = 1\nmodels = "models.yaml"\n'
ASK = 'import house\n\nflow main() {\n  llm("hi", model: "%s") >> print()\n}\n'
EMBED = """import house

flow main(model: str? = none) {
  embed(["a", "b", "c"], model: model) -> vectors
  print(vectors.len())
}
"""


class ModelsCase(ProviderCase):
    def pflowc(self, *words, code=0, **variables):
        done = subprocess.run([PFLOWC, *words], cwd=self.work, env={**self.env, **variables},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def write(self, path, text):
        target = self.work / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def package(self, models, name="house", place="packages"):
        self.write(f"{place}/{name}/package.toml", MANIFEST.format(name))
        self.write(f"{place}/{name}/{name}.pf", "node polite(text: str) -> str = text + \", please\"\n")
        self.write(f"{place}/{name}/models.yaml", models)

    def house(self, more=""):
        """A server of its own, with a key and a header."""
        (self.home / "keys.json").write_text(json.dumps({"house": KEY}))
        self.package(f"""- model_id: butler
  model_name: gpt-4.1
  aliases: [james]
  api_base: {self.mock.url}
  api_key_name: house
  headers: {{X-House: "1"}}
- model_id: census
  model_name: text-embedding-3-small
  embedding: true
  max_texts: 2
{more}""")

    def asked(self):
        return [request["body"]["model"] for request in self.mock.requests]


class Programs(ModelsCase):
    def setUp(self):
        super().setUp()
        self.house()

    def test_a_model_by_its_name_and_its_alias(self):
        for name in ("butler", "james"):
            self.write("ask.pf", ASK % name)
            self.assertEqual(self.pflowc("run", "ask.pf"), "mock: hi\n")
        self.assertEqual(self.asked(), ["gpt-4.1"] * 2)
        self.assertEqual(self.mock.requests[-1]["headers"]["x-house"], "1")

    def test_it_is_compiled_in(self):
        self.write("ask.pf", "import house\n\nllm(\"hi\") >> print()\n")
        self.pflowc("ask.pf")
        (self.work / "packages/house/models.yaml").unlink()
        self.assert_done(self.run_flow(self.work / "ask", "--model", "james"), "mock: hi\n")
        self.assertEqual(self.asked(), ["gpt-4.1"])
        done = self.run_flow(self.work / "ask", "--model", "buttler", env={"OPENAI_BASE_URL": ""})
        self.assertIn("did you mean `butler` (package house)?", done.stderr)

    def test_vectors(self):
        self.write("embed.pf", EMBED)
        self.assertEqual(self.pflowc("run", "embed.pf", "--model", "census"), "3\n")
        self.assertEqual([request["body"]["input"] for request in self.mock.requests], [["a", "b"], ["c"]])
        self.assertEqual(self.pflowc("run", "embed.pf", PFLOW_EMBED_MODEL="census"), "3\n")

    def test_a_model_that_makes_vectors_answers_nothing(self):
        self.write("ask.pf", ASK % "census")
        said = self.pflowc("run", "ask.pf", code=2)
        self.assertIn("the model `census` makes vectors, and no answers", said)
        self.assertEqual(self.asked(), [])

    def test_the_users_own_goes_before(self):
        (self.home / "models.yaml").write_text("- {model_id: butler, model_name: gpt-4o}\n")
        self.write("ask.pf", ASK % "butler")
        self.pflowc("run", "ask.pf")
        self.assertEqual(self.asked(), ["gpt-4o"])

    def test_a_program_without_it_knows_nothing_of_it(self):
        self.write("ask.pf", (ASK % "gpt-4.1").replace("import house\n\n", ""))
        self.pflowc("ask.pf", "-o", "without")
        alone = os.path.getsize(self.work / "without")
        self.assertNotIn(b"X-House", (self.work / "without").read_bytes())
        self.write("print.pf", 'import house\n\nprint(house.polite("tea"))\n')
        self.pflowc("print.pf")
        self.assertNotIn(b"X-House", (self.work / "print").read_bytes())
        self.write("ask.pf", ASK % "gpt-4.1")
        self.pflowc("ask.pf", "-o", "with")
        self.assertIn(b"X-House", (self.work / "with").read_bytes())
        self.assertLess(os.path.getsize(self.work / "with") - alone, 8192)


class Mistakes(ModelsCase):
    def test_two_packages_with_one_name(self):
        self.package("- model_id: butler\n")
        self.package("- model_id: jeeves\n  aliases: [butler]\n", "castle")
        self.write("ask.pf", "import castle\n" + ASK % "butler")
        said = self.pflowc("check", "ask.pf", code=1)
        self.assertIn("error[PF0226]: the packages `castle` and `house` both have a model `butler`", said)
        self.write("ask.pf", ASK % "butler")
        self.pflowc("check", "ask.pf")

    def test_a_broken_file_is_an_error_of_who_imports_it(self):
        self.write("other.pf", 'print("fine")\n')
        for text, line, why in (
                ("- model_id: [\n", 2, ""),
                ("model_id: x\n", 1, "it holds no list"),
                ("- model_id: x\n  tempurature: no\n", 2,
                 "there is no key `tempurature`; did you mean `temperature`?"),
                ("- model_id: x\n  api: soap\n", 2, "`api`: expected chat, ")):
            with self.subTest(text=text):
                self.package(text)
                self.write("ask.pf", ASK % "x")
                said = self.pflowc("check", "ask.pf", code=1)
                self.assertIn(f"error[PF0740]: {why}", said)
                self.assertIn(f"packages/house/models.yaml:{line}:", said)
                self.assertEqual(self.pflowc("run", "other.pf"), "fine\n")
                self.assertIn(f"packages/house/models.yaml:{line}:", self.pflowc("packages", "build", "house", code=1))

    def test_a_file_that_is_not_there(self):
        self.package("")
        (self.work / "packages/house/models.yaml").unlink()
        self.write("ask.pf", ASK % "x")
        said = self.pflowc("check", "ask.pf", code=1)
        self.assertIn("packages/house/models.yaml", said)
        self.assertIn("packages/house/package.toml:4", said)
        self.write("packages/house/package.toml", MANIFEST.format("house").replace("models.yaml", "../models.yaml"))
        self.assertIn("`../models.yaml` is no path in the package", self.pflowc("check", "ask.pf", code=1))


class Commands(ModelsCase):
    def setUp(self):
        super().setUp()
        self.house()
        self.pflowc("packages", "install", "packages/house")
        (self.work / "packages").rename(self.work / "elsewhere")

    def test_llm_asks_it(self):
        self.assertEqual(self.pflowc("llm", "hi", "-m", "james"), "mock: hi\n")
        (self.home / "aliases.json").write_text('{"fast": "quick", "quick": "butler"}')
        self.assertEqual(self.pflowc("llm", "hi", "-m", "fast"), "mock: hi\n")
        (self.home / "default_model.txt").write_text("fast\n")
        self.assertEqual(self.pflowc("llm", "hi"), "mock: hi\n")
        self.assertEqual(self.asked(), ["gpt-4.1"] * 3)
        self.assertIn("no provider is known for the model `butler`", self.pflowc(
            "llm", "hi", "-m", "butler", code=2, PFLOW_LOAD_PACKAGES="", OPENAI_BASE_URL=""))

    def test_models_lists_it(self):
        listed = {each["id"]: each for each in json.loads(self.pflowc("models", "--json"))}
        self.assertEqual(listed["butler"], {"id": "butler", "provider": "package house", "aliases": ["james"],
                                            "embedding": False, "input": None, "output": None})
        self.assertTrue(listed["census"]["embedding"])
        self.assertNotIn("package house", self.pflowc("models", PFLOW_LOAD_PACKAGES="castle"))

    def test_packages_show_it(self):
        self.assertRegex(self.pflowc("packages", "show", "house"), r"models: +butler, census")
        self.assertEqual(json.loads(self.pflowc("packages", "show", "house", "--json"))["models"],
                         ["butler", "census"])

    def test_of_two_with_one_name_both_are_named(self):
        self.package("- model_id: butler\n", "castle")
        self.assertIn("the packages `castle` and `house` both have a model `butler`",
                      self.pflowc("llm", "hi", "-m", "butler", code=2))
        self.assertEqual(self.pflowc("llm", "hi", "-m", "butler", PFLOW_LOAD_PACKAGES="house"), "mock: hi\n")

    def test_a_broken_one_is_told_and_stops_nothing(self):
        self.package("- model_id: [\n", "castle")
        self.assertEqual(self.pflowc("llm", "hi", "-m", "butler"), "mock: hi\n")
        said = self.pflowc("models")
        self.assertIn("left out: the package `castle`, packages/castle/models.yaml:2: ", said)
        self.assertIn("package house", said)
        self.assertIn("packages/castle/models.yaml:2: ", self.pflowc("packages", "list"))


if __name__ == "__main__":
    unittest.main()
