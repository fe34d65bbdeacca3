"""The examples run with their files as their READMEs say, and show what stands there."""
import pathlib
import re
import shutil
import unittest

from example_case import EXAMPLES, ExampleCase


class Readmes(ExampleCase):
    def test_seed(self):
        self.run_readme("seed")

    def test_greet(self):
        self.run_readme("greet")

    def test_review(self):
        self.run_readme("review", ("keep it under", "Tea: leaves and hot water."),
                        (".", "A tea is made of leaves and very hot water."))

    def test_retry(self):
        provider = self.run_readme("retry", ("sky", [500, 500, 500,
                                                     "Air scatters blue light the most."]))
        models = [request["body"]["model"] for request in provider.requests]
        self.assertEqual(models, ["gpt-4o-mini"] * 3 + ["gpt-4o"])

    def test_extract(self):
        self.run_readme("extract", ("first of December", {
            "title": "Plan for spring", "day": "2026-12-01",
            "attendees": [{"name": "Ada", "email": "ada@example.org"}, {"name": "Bob"}]}))

    def test_chat(self):
        self.run_readme("chat", ("belong.*Rome", {"allowed": True}),
                        ("belong.*taxes", {"allowed": False, "advice": "Let us stay with travel."}),
                        ("Rome", "In May, before the heat."))

    def test_release_notes(self):
        self.run_readme(
            "release-notes",
            ("cents", {"summary": "Prices are in cents", "kind": "feature", "breaking": True}),
            ("tidy", {"summary": "Nothing to see", "kind": "internal"}),
            ("mend", {"summary": "The program no longer crashes on an empty list", "kind": "fix"}))

    def test_translate(self):
        self.run_readme("translate", ("German", "# Hallo\n\nDer Tee ist fertig.\n"),
                        ("French", "# Bonjour\n\nLe thé est prêt.\n"))

    def test_resumes(self):
        self.run_readme(
            "resumes",
            ("Ada", {"name": "Ada", "years": 3, "skills": ["C++", "LLVM"], "fit": "yes"}),
            ("Bob", {"name": "Bob", "years": 9, "skills": ["Java"], "fit": "maybe"}),
            ("Cem", {"name": "Cem", "years": 1, "skills": [], "fit": "no"}))

    def test_grades(self):
        self.run_readme("grades", ("Ada", "Ada does excellent work."), ("Bob", "Bob is steady."))

    def test_filters(self):
        self.run_readme("filters")

    @unittest.skipUnless(shutil.which("node"), "needs Node.js")
    def test_process_node(self):
        self.assertEqual(self.run_readme("process-node").requests, [])

    def test_openapi(self):
        self.assertEqual(self.run_readme("openapi").requests, [])

    def test_retrieve(self):
        provider = self.run_readme("retrieve", ("shed behind the house",
                                                "It lies in the shed behind the house."))
        self.assertEqual(len(provider.requests), 1)

    def test_describe(self):
        provider = self.run_readme("describe", ("door", "A red door fills the picture."),
                                   ("sea", "The sea, blue up to the horizon."))
        for request in provider.requests:
            self.assertEqual([part["type"] for part in request["body"]["messages"][0]["content"]],
                             ["text", "image_url"])

    def test_semantic_search(self):
        self.assertEqual(self.run_readme("semantic-search").requests, [])

    def test_research(self):
        provider = self.run_readme(
            "research",
            ("Plan searches", [{"queries": ["otter", "river"]}, {"queries": ["bank"]}]),
            ("Sum up", [{"state": "more", "summary": "Otters swim."},
                        {"state": "enough",
                         "summary": "Otters live in rivers, in dens at the bank."}]))
        self.assertIn("otter: An otter swims and eats fish.", self.prompts(provider)[1])

    def test_judge(self):
        self.run_readme(
            "judge",
            ("Judge this", [{"points": points, "advice": "more calm"} for points in (3, 8, 5, 7)]),
            ("Write", ["Drink tea.", "Tea: time in a cup.", "Tea is hot.", "A cup of calm."]))

    def test_debate(self):
        provider = self.run_readme("debate",
                                   ("Judge the debate", {"winner": "for", "reason": "It was calmer."}),
                                   ("Speak for", "Tea calms."), ("Speak against", "Coffee wakes."))
        self.assertEqual(len(provider.requests), 5)

    def test_supervisor(self):
        self.run_readme(
            "supervisor",
            ("Does this report", [{"decision": "reject", "advice": "one sentence"},
                                  {"decision": "accept"}]),
            ("List three steps", "1. water 2. leaves 3. wait"),
            ("Carry out", ["First the water. Then the leaves.",
                           "Pour hot water over tea leaves and wait three minutes."]))

    def test_agent(self):
        self.run_readme("agent", ("Meeting: Friday", {
            "action": "answer", "argument": "The meeting is on Friday at ten."}),
            ("files: notes.txt", {"action": "read", "argument": "notes.txt"}),
            ("nothing yet", {"action": "list"}))

    def test_coder(self):
        self.run_readme("coder", (".", [
            {"tool": "read", "target": "greet.sh"},
            {"tool": "replace", "target": "greet.sh", "text": "Hello!",
             "replacement": "Hello, world!"},
            {"tool": "run", "target": "sh greet.sh"},
            {"tool": "done", "text": "The program greets the world."}]))

    def test_text_to_sql(self):
        self.run_readme("text-to-sql",
                        ("no such column",
                         {"sql": "select name, price from goods where price < 3"}),
                        ("CREATE TABLE goods", {"sql": "select nam from goods"}))

    def test_packages(self):
        with_notes = (r"takes milk\.\nSencha is green[^?]*Which tea is green", "Sencha.")
        provider = self.run_readme("packages", with_notes)
        self.assertEqual([request["body"]["model"] for request in provider.requests], ["gpt-4o-mini"] * 2)

    @unittest.skipUnless(shutil.which("curl"), "needs curl")
    def test_serve(self):
        self.assertEqual(self.run_readme("serve").requests, [])


class AllOfThem(ExampleCase):
    def test_each_example_has_a_readme_that_is_run(self):
        names = {entry.parent.name for entry in EXAMPLES.glob("*/*.pf")}
        tests = "".join(path.read_text(encoding="utf-8") for path in pathlib.Path(__file__).parent.glob("test_*.py"))
        run = set(re.findall(r'(?:run_readme\(\s*|commands_of\(EXAMPLES / )"([a-z-]+)"', tests))
        self.assertEqual(names, run)
        index = (EXAMPLES / "README.md").read_text(encoding="utf-8")
        self.assertEqual(names, set(re.findall(r"\]\(([a-z-]+)/README\.md\)", index)))
