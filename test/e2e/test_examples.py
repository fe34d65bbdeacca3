"""Every program of examples/ compiles and does what it says."""
import os
import pathlib
import subprocess
import unittest

from flow_case import FlowCase
from mock_provider import MockProvider

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"


class ExampleCase(FlowCase):
    def example(self, name):
        return self.compile((EXAMPLES / name / f"{name}.pf").read_text(encoding="utf-8"), name)

    def provider(self):
        provider = MockProvider()
        provider.__enter__()
        self.addCleanup(provider.__exit__)
        self.env.update(OPENAI_BASE_URL=provider.url, OPENAI_API_KEY="sk-test-0123456789")
        return provider

    def git(self, *arguments):
        env = {
            **os.environ,
            "GIT_CONFIG_NOSYSTEM": "1",
            "HOME": str(self.home),
            "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
        }
        subprocess.run(["git", "-C", self.work, *arguments], check=True, env=env,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Seed(ExampleCase):
    def test_summary_of_a_file(self):
        provider = self.provider()
        (self.work / "input.txt").write_text("the text\n")
        self.assert_done(self.run_flow(self.example("seed"), "--model", "mock"), "")
        self.assertEqual((self.work / "output.txt").read_text(), "mock: the text\n\n\nsummarize")
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
        done = self.run_flow(self.example("review"), "tea", "--longest", "9", "--model", "mock")
        self.assert_done(done)
        self.assertEqual(len(provider.requests), 5)
        self.assertEqual(done.stderr.count("again: "), 5)
        self.assertTrue(done.stderr.endswith("five drafts: the last one stands\n"), done.stderr)
        self.assertIn("keep it under 9", done.stdout)


class ReleaseNotes(ExampleCase):
    def test_notes_of_a_repository(self):
        provider = self.provider()
        self.git("init")
        for subject in ("one", "two", "Merge it", "three's `x`"):
            self.git("commit", "--allow-empty", "-m", subject)
        done = self.run_flow(self.example("release-notes"), "--since", "HEAD~3", "--model", "mock")
        self.assert_done(done)
        notes = (self.work / "CHANGELOG.md").read_text()
        self.assertIn("- three's `x`\n- two", notes)
        self.assertNotIn("Merge", notes)
        self.assertEqual(len(provider.requests), 1)

    def test_no_such_revision(self):
        self.git("init")
        done = self.run_flow(self.example("release-notes"), "--since", "v9", "--model", "echo")
        self.assert_failed(done, "PF0917", "`v9` is not a revision here: ")
        self.assert_left(".git")


class AllOfThem(unittest.TestCase):
    def test_each_example_has_a_test(self):
        names = {entry.name for entry in EXAMPLES.iterdir()}
        self.assertEqual(names, {"seed", "greet", "review", "release-notes"})
