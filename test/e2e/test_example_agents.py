"""The programs of examples/ in which models decide what is done next."""
import sqlite3

from example_case import ExampleCase


class Agent(ExampleCase):
    def test_lists_reads_and_answers(self):
        provider = self.provider((".", [{"action": "list"},
                                        {"action": "read", "argument": "notes.txt"},
                                        {"action": "answer", "argument": "It is 42."}]))
        self.write("notes.txt", "the answer is 42\n")
        self.assert_done(self.run_flow(self.example("agent"), "what is it?"), "It is 42.\n")
        last = self.prompts(provider)[-1]
        self.assertIn("files: notes.txt", last)
        self.assertIn("the answer is 42", last)

    def test_eight_steps_at_most(self):
        provider = self.provider((".", {"action": "list"}))
        done = self.run_flow(self.example("agent"), "what?")
        self.assert_failed(done, "PF0917", "no answer after eight steps")
        self.assertEqual(len(provider.requests), 8)


class Supervisor(ExampleCase):
    def test_a_rejected_report_is_written_again(self):
        provider = self.provider(
            ("Does this report", [{"decision": "reject", "advice": "be short"},
                                  {"decision": "accept"}]),
            ("List three steps", "1. think"),
            ("Carry out", ["a long report", "a report"]),
        )
        self.assert_done(self.run_flow(self.example("supervisor"), "the task"), "a report\n")
        self.assertIn("List three steps for: the task. Advice: be short", self.prompts(provider))

    def test_three_reports_at_most(self):
        self.provider(("Does this report", {"decision": "reject", "advice": "no"}), (".", "x"))
        done = self.run_flow(self.example("supervisor"), "the task")
        self.assert_failed(done, "PF0917",
                           "three reports were rejected, the last one because: no")


class Retrieve(ExampleCase):
    def test_the_best_passages_are_asked_about(self):
        provider = self.provider(("Answer from these", "In the shed."))
        self.write("a.md", "The ladder lies in the shed.\n\nNothing else.\n")
        self.write("deep/b.md", "Cats sleep.\n\nA ladder and a shed and a garden.\n")
        done = self.run_flow(self.example("retrieve"), "Where is the garden ladder, which shed?",
                             "--keep", "1")
        self.assert_done(done, "In the shed.\n")
        prompt = self.prompts(provider)[0]
        self.assertIn("[deep/b.md] A ladder and a shed and a garden.", prompt)
        self.assertNotIn("a.md", prompt)

    def test_nothing_found(self):
        self.write("a.md", "Cats sleep.\n")
        done = self.run_flow(self.example("retrieve"), "Where are dogs?", "--model", "echo")
        self.assert_failed(done, "PF0917", "nothing in **/*.md speaks of ")


class Resumes(ExampleCase):
    def test_short_list(self):
        self.provider(
            ("Ada", {"name": "Ada", "years": 3, "skills": ["C++"], "fit": "yes"}),
            ("Bob", {"name": "Bob", "years": 9, "skills": [], "fit": "maybe"}),
            ("Cem", {"name": "Cem", "years": 1, "skills": [], "fit": "no"}),
        )
        for name in ("Ada", "Bob", "Cem"):
            self.write(f"people/{name}.txt", f"I am {name}.\n")
        self.assert_done(self.run_flow(self.example("resumes")))
        self.assertEqual(self.read("shortlist.md"),
                         "| name | years | skills | fit |\n|---|---|---|---|\n"
                         "| Bob | 9 |  | maybe |\n| Ada | 3 | C++ | yes |\n")


class Judge(ExampleCase):
    def test_the_best_draft_stands(self):
        provider = self.provider(
            ("Judge this", [{"points": 3, "advice": "rhyme"}, {"points": 7, "advice": "shorter"},
                            {"points": 5, "advice": "no"}, {"points": 6, "advice": "no"}]),
            ("Write a slogan", ["one", "two", "three", "four"]),
        )
        self.assert_done(self.run_flow(self.example("judge"), "tea"), "two\n")
        self.assertEqual(len(provider.requests), 8)

    def test_good_enough_ends_it(self):
        provider = self.provider(("Judge this", {"points": 9, "advice": ""}), ("Write", "one"))
        self.assert_done(self.run_flow(self.example("judge"), "tea"), "one\n")
        self.assertEqual(len(provider.requests), 2)


class TextToSql(ExampleCase):
    def test_a_wrong_query_is_repaired(self):
        with sqlite3.connect(self.work / "shop.db") as db:
            db.execute("create table goods(name text, price real)")
            db.execute("insert into goods values ('tea', 2.5), ('cup', 4)")
        provider = self.provider(
            ("Not this", {"sql": "select name, price from goods order by price"}),
            (".", {"sql": "select nam from goods"}),
        )
        done = self.run_flow(self.example("text-to-sql"), "what is there?")
        self.assert_done(done, '[{"name":"tea","price":2.5},{"name":"cup","price":4.0}]\n')
        self.assertIn("CREATE TABLE goods", self.prompts(provider)[0])
        self.assertIn("no such column: nam", self.prompts(provider)[1])

    def test_four_queries_at_most(self):
        sqlite3.connect(self.work / "shop.db").close()
        provider = self.provider((".", {"sql": "select"}))
        done = self.run_flow(self.example("text-to-sql"), "what is there?")
        self.assert_failed(done, "PF0917", "no query works; the last one was: select")
        self.assertEqual(len(provider.requests), 4)


class Research(ExampleCase):
    def test_searches_until_it_knows_enough(self):
        provider = self.provider(
            ("Plan searches", [{"queries": ["otter", "otter"]}, {"queries": ["river"]}]),
            ("Sum up", [{"state": "more", "summary": "Otters swim."},
                        {"state": "enough", "summary": "Otters swim in rivers."}]),
        )
        self.write("notes/a.txt", "An otter swims.\nA river is wet.\n")
        done = self.run_flow(self.example("research"), "where do otters live?")
        self.assert_done(done, "Otters swim in rivers.\n")
        prompts = self.prompts(provider)
        self.assertEqual(prompts[1].count("otter: An otter swims."), 1)
        self.assertIn("river: A river is wet.", prompts[3])


class Coder(ExampleCase):
    def test_works_with_its_tools(self):
        provider = self.provider((".", [
            {"tool": "list"},
            {"tool": "read", "target": "a.txt"},
            {"tool": "replace", "target": "a.txt", "text": "nowhere", "replacement": "x"},
            {"tool": "replace", "target": "a.txt", "text": "one", "replacement": "two"},
            {"tool": "write", "target": "b.txt", "text": "new"},
            {"tool": "search", "target": "two"},
            {"tool": "run", "target": "cat a.txt; exit 3"},
            {"tool": "done", "text": "finished"},
        ]))
        self.write("a.txt", "one\n")
        self.assert_done(self.run_flow(self.example("coder"), "change it"), "finished\n")
        self.assertEqual(self.read("a.txt"), "two\n")
        self.assertEqual(self.read("b.txt"), "new")
        last = self.prompts(provider)[-1]
        self.assertIn("replace failed: `a.txt` does not hold that text", last)
        self.assertIn("exit code 3\ntwo", last)

    def test_a_model_that_fails_ends_it(self):
        self.provider((".", 500))
        done = self.run_flow(self.example("coder"), "change it")
        self.assert_failed(done, "PF0917", "the model gave up: ")


class Debate(ExampleCase):
    def test_two_rounds_and_a_ruling(self):
        provider = self.provider(
            ("Judge the debate", {"winner": "for", "reason": "louder"}),
            ("Round 1. Speak for", "yes"), ("Round 1. Speak against", "no"),
            ("Round 2. Speak for", "still yes"), ("Round 2. Speak against", "still no"),
        )
        done = self.run_flow(self.example("debate"), "tea beats coffee")
        self.assert_done(done, '{"winner":"for","reason":"louder"}\n')
        self.assertEqual(len(provider.requests), 5)
        judged = self.prompts(provider)[-1]
        self.assertIn("For:\nyes\nstill yes", judged)
        self.assertIn("Against:\nno\nstill no", judged)
