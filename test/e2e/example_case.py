"""What the tests of examples/ share: compile one, and a provider that knows its answers."""
import os
import pathlib
import re
import shutil
import subprocess

from flow_case import PATIENCE, PFLOWC, FlowCase
from model_mock import ModelMock

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands_of(page):
    """Each command of a page's console blocks, with what it shows."""
    for block in CONSOLE.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            yield command, shown


class ExampleCase(FlowCase):
    def setUp(self):
        super().setUp()
        self.env["PFLOW_VIRTUAL_TIME"] = "1"

    def example(self, name):
        return self.compile((EXAMPLES / name / f"{name}.pf").read_text(encoding="utf-8"), name)

    def run_readme(self, name, *answers):
        """Runs the commands of the example's README beside its files: each shows what stands
        there. Returns the provider that has answered."""
        provider = self.provider(*answers)
        shutil.copytree(EXAMPLES / name, self.work, dirs_exist_ok=True)
        compiler = os.path.dirname(os.path.abspath(shutil.which(PFLOWC)))
        env = {**self.env, "PATH": f"{compiler}:{self.env['PATH']}"}
        for command, shown in commands_of(EXAMPLES / name / "README.md"):
            done = subprocess.run(["bash", "-c", command], cwd=self.work, env=env, text=True,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=PATIENCE)
            self.assertEqual(done.stdout.rstrip("\n"), shown.rstrip("\n"), command)
        return provider

    def provider(self, *answers):
        """A provider that answers as `ModelMock` says; runs ask it from now on."""
        provider = ModelMock(answers=answers)
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
