"""What the tests of examples/ share: compile one, and a provider that knows its answers."""
import os
import pathlib
import subprocess

from flow_case import FlowCase
from mock_provider import MockProvider

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"


class ExampleCase(FlowCase):
    def setUp(self):
        super().setUp()
        self.env["PFLOW_VIRTUAL_TIME"] = "1"

    def example(self, name):
        return self.compile((EXAMPLES / name / f"{name}.pf").read_text(encoding="utf-8"), name)

    def provider(self, *answers):
        """A provider that answers as `MockProvider` says; runs ask it from now on."""
        provider = MockProvider(answers=answers)
        provider.__enter__()
        self.addCleanup(provider.__exit__)
        self.env.update(OPENAI_BASE_URL=provider.url, OPENAI_API_KEY="sk-test-0123456789",
                        PFLOW_MODEL="scripted" if answers else "mock")
        return provider

    def write(self, path, text):
        target = self.work / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def read(self, path):
        return (self.work / path).read_text(encoding="utf-8")

    def prompts(self, provider):
        return [request["body"]["messages"][-1]["content"] for request in provider.requests]

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
