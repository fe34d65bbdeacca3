"""Every example runs with the model `echo`, with its files as its README says: no server, no key."""
import os
import shutil
import subprocess

from example_case import EXAMPLES, ExampleCase, commands_of
from flow_case import PATIENCE, PFLOWC


# What a model is to do that must find its way, so that the example comes to its end.
WORDS = {
    '"Make the program greet the world"': """'Step: {"tool": "done", "text": "It greets."}'""",
    '"What costs less than three?"': """'Query: {"sql": "select name from goods"}'""",
    'ask.pf "Which tea is green?"': 'ask.pf --reader echo "Which tea is green?"',
    "-m reader": "-m echo",
    "--first gpt-4o-mini --second gpt-4o": "--first echo --second echo",
}


class Echo(ExampleCase):
    def test_every_example(self):
        names = sorted(folder.name for folder in EXAMPLES.iterdir() if folder.is_dir())
        self.assertIn("agent", names)
        compiler = os.path.dirname(os.path.abspath(shutil.which(PFLOWC)))
        env = {name: value for name, value in self.env.items() if not name.startswith("OPENAI_")}
        env.update(PATH=f"{compiler}:{env['PATH']}", PFLOW_MODEL="echo", PFLOW_EMBED_MODEL="echo")
        for name in names:
            folder = self.work / name
            shutil.copytree(EXAMPLES / name, folder)
            for command, shown in commands_of(EXAMPLES / name / "README.md"):
                for words, echoed in WORDS.items():
                    command = command.replace(words, echoed)
                with self.subTest(example=name, command=command):
                    done = subprocess.run(["bash", "-c", command], cwd=folder, env=env, text=True,
                                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                          stderr=subprocess.STDOUT, timeout=PATIENCE)
                    expected = 1 if shown.startswith("error[") else 0
                    self.assertEqual(done.returncode, expected, done.stdout)
