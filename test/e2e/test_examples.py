"""The programs of examples/ that transform data: they compile and do what they say."""
import json

from example_case import ExampleCase


class Seed(ExampleCase):
    def test_summary_of_a_file(self):
        provider = self.provider()
        self.write("input.txt", "the text\n")
        self.assert_done(self.run_flow(self.example("seed")), "")
        self.assertEqual(self.read("output.txt"), "mock: the text\n\n\nsummarize")
        self.assertEqual(len(provider.requests), 1)

    def test_without_its_input(self):
        done = self.run_flow(self.example("seed"), "--model", "echo")
        self.assert_failed(done, "PF0904", "cannot read `input.txt`")
        self.assert_left()


class Greet(ExampleCase):
    def test_options(self):
        program = self.example("greet")
        self.assert_done(self.run_flow(program, "Ada"), "Hello, Ada!\n")
        done = self.run_flow(program, "--name", "Ada", "--times", "2", "--loud")
        self.assert_done(done, "HELLO, ADA! HELLO, ADA!\n")

    def test_help_has_the_doc_comments(self):
        done = self.run_flow(self.example("greet"), "--help")
        self.assert_done(done)
        self.assertIn("Greet somebody.", done.stdout)
        self.assertIn("Who to greet", done.stdout)


class Review(ExampleCase):
    def test_good_at_once(self):
        done = self.run_flow(self.example("review"), "tea", "--model", "echo")
        self.assert_done(done, "Write a short text about tea. Advice so far: none yet\n")

    def test_five_drafts_at_most(self):
        provider = self.provider()
        done = self.run_flow(self.example("review"), "tea", "--longest", "9")
        self.assert_done(done)
        self.assertEqual(len(provider.requests), 5)
        self.assertEqual(done.stderr.count("again: "), 5)
        self.assertTrue(done.stderr.endswith("five drafts: the last one stands\n"), done.stderr)
        self.assertIn("keep it under 9", done.stdout)


class ReleaseNotes(ExampleCase):
    def test_notes_of_a_repository(self):
        provider = self.provider(
            ("add", {"summary": "There is a new thing", "kind": "feature", "breaking": True}),
            ("mend", {"summary": "It does not crash", "kind": "fix"}),
            ("tidy", {"summary": "Nothing to see", "kind": "internal"}),
        )
        self.git("init")
        for subject in ("begin", "add `it`", "mend it's crash", "tidy"):
            self.git("commit", "--allow-empty", "-m", subject)
        self.assert_done(self.run_flow(self.example("release-notes"), "--since", "HEAD~3"))
        self.assertEqual(self.read("CHANGELOG.md"),
                         "- It does not crash\n- **breaking** There is a new thing\n")
        schema = provider.requests[0]["body"]["response_format"]["json_schema"]["schema"]
        self.assertEqual(schema["required"], ["summary", "kind", "breaking"])
        self.assertEqual(schema["properties"]["summary"]["description"], "One line, user-facing")

    def test_an_answer_of_another_shape_is_skipped_and_counted(self):
        self.provider(("one", {"summary": "One", "kind": "fix"}), ("two", {"summary": "Two"}))
        self.git("init")
        for subject in ("begin", "one", "two"):
            self.git("commit", "--allow-empty", "-m", subject)
        done = self.run_flow(self.example("release-notes"), "--since", "HEAD~2")
        self.assert_done(done)
        self.assertEqual(self.read("CHANGELOG.md"), "- One\n")
        self.assertIn("skipped 1 of 2 items", done.stderr)

    def test_no_such_revision(self):
        self.git("init")
        done = self.run_flow(self.example("release-notes"), "--since", "v9", "--model", "echo")
        self.assert_failed(done, "PF0917", "`v9` is not a revision here: ")
        self.assert_left(".git")


class Retry(ExampleCase):
    def test_the_second_model_answers_when_the_first_has_given_up(self):
        provider = self.provider()
        done = self.run_flow(self.example("retry"), "why?", "--first", "status:503",
                             "--second", "mock")
        self.assert_done(done, "mock: why?\n")
        models = [request["body"]["model"] for request in provider.requests]
        self.assertEqual(models, ["status:503"] * 3 + ["mock"])

    def test_a_refused_key_is_not_asked_again(self):
        provider = self.provider()
        done = self.run_flow(self.example("retry"), "why?", "--first", "status:401",
                             "--second", "mock")
        self.assert_done(done, "mock: why?\n")
        self.assertEqual(len(provider.requests), 2)


class Chat(ExampleCase):
    def test_guarded_conversation(self):
        provider = self.provider(
            ("belong.*Rome", {"allowed": True}),
            ("belong.*taxes", {"allowed": False, "advice": "Only travel, please."}),
            ("Rome", "Go in May."),
        )
        done = self.run_flow(self.example("chat"), stdin="When to see Rome?\nAnd my taxes?\n")
        self.assert_done(done)
        self.assertIn("Go in May.", done.stdout)
        self.assertIn("Only travel, please.", done.stdout)
        self.assertEqual(len(provider.requests), 3)


class Extract(ExampleCase):
    MEETING = {"title": "Plan", "day": "2026-12-01", "attendees": [{"name": "Ada"}]}

    def test_record_from_a_mail(self):
        provider = self.provider(("Extract the meeting", self.MEETING))
        done = self.run_flow(self.example("extract"), stdin="Let us meet, Ada\n")
        self.assert_done(done)
        self.assertEqual(json.loads(done.stdout), {
            "title": "Plan", "day": "2026-12-01",
            "attendees": [{"name": "Ada", "email": None}], "urgency": "normal"})
        self.assertEqual(provider.requests[0]["body"]["temperature"], 0.0)

    def test_a_wrong_answer_is_asked_for_again(self):
        provider = self.provider(("Extract|could not be read", ["no JSON", {"title": "Plan"}, self.MEETING]))
        self.assert_done(self.run_flow(self.example("extract"), stdin="Let us meet\n"))
        self.assertEqual(len(provider.requests), 3)

    def test_the_path_of_a_wrong_answer(self):
        wrong = {**self.MEETING, "attendees": [{"name": "Ada"}, {"name": []}]}
        self.provider(("Extract|could not be read", wrong))
        done = self.run_flow(self.example("extract"), stdin="Let us meet\n")
        self.assert_failed(done, "PF0911", "$.attendees[1].name: expected ")


class Translate(ExampleCase):
    def test_each_language_has_a_file(self):
        provider = self.provider(("German", "Hallo"), ("French", "Bonjour"), ("Klingon", 500))
        self.write("README.md", "Hello\n")
        done = self.run_flow(self.example("translate"), "--languages", "German",
                             "--languages", "Klingon", "--languages", "French")
        self.assert_done(done, '["translations/german.md","translations/french.md"]\n')
        self.assertEqual(self.read("translations/german.md"), "Hallo")
        self.assertEqual(self.read("translations/french.md"), "Bonjour")
        self.assertIn("skipped 1 of 3 items", done.stderr)
        # The first try and the two retries of the node's own.
        self.assertEqual(sum("Klingon" in prompt for prompt in self.prompts(provider)), 3)


class Filters(ExampleCase):
    def test_every_image_through_every_filter(self):
        self.write("a.pgm", "P2\n# grey\n2 1\n10\n0 8\n")
        self.write("b.pgm", "P2\n1 1\n10\n4\n")
        self.assert_done(self.run_flow(self.example("filters")))
        self.assertEqual(self.read("filtered/a-invert.pgm"), "P2\n2 1\n10\n10\n2\n")
        self.assertEqual(self.read("filtered/a-darken.pgm"), "P2\n2 1\n10\n0\n4\n")
        self.assertEqual(self.read("filtered/a-threshold.pgm"), "P2\n2 1\n10\n0\n10\n")
        self.assert_left("a-darken.pgm", "a-invert.pgm", "a-threshold.pgm", "b-darken.pgm",
                         "b-invert.pgm", "b-threshold.pgm", folder=self.work / "filtered")

    def test_what_is_no_image(self):
        self.write("a.pgm", "P5 1 1 1 x")
        done = self.run_flow(self.example("filters"))
        self.assert_failed(done, "PF0917", "item at index 0 (")
        self.assertIn("`a.pgm` is no plain PGM file", done.stderr)


class Grades(ExampleCase):
    def test_schools_classes_students(self):
        self.provider(("Ada", "Excellent."), ("Bob", "Fine."))
        self.write("schools.json", json.dumps([
            {"name": "North", "classes": [
                {"name": "1a", "students": [{"name": "Ada", "marks": [1.0, 1.5]},
                                            {"name": "Bob", "marks": []}]}]},
            {"name": "South", "classes": []},
        ]))
        done = self.run_flow(self.example("grades"))
        self.assert_done(done, '["reports/North.md","reports/South.md"]\n')
        self.assertEqual(self.read("reports/North.md"),
                         "# North\n\n## 1a, average 0.7\n"
                         "- Ada (1.3): Excellent.\n- Bob (0.0): Fine.\n")
