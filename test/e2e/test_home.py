"""pflowc keys, aliases, models and logs: what stands in PFLOW_HOME, and who may read it."""
import json
import os
import pty
import sqlite3
import stat
import subprocess
import threading
import unittest

from flow_case import PATIENCE, PFLOWC, FlowCase


class HomeCase(FlowCase):
    def pflowc(self, *arguments, env=None, **options):
        if "input" not in options:
            options.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.run([PFLOWC, *arguments], env={**self.env, **(env or {})}, capture_output=True,
                              text=True, timeout=PATIENCE, **options)

    def says(self, stdout, *arguments, **options):
        self.assert_done(self.pflowc(*arguments, **options), stdout)

    def stored(self, name):
        return json.loads((self.home / name).read_text())


class Keys(HomeCase):
    def test_the_way_of_a_key(self):
        self.says("no keys are stored\n", "keys")
        self.says(f"{self.home}/keys.json\n", "keys", "path")
        self.says("", "keys", "set", "openai", "--value", "sk-0123456789abcdef")
        self.says("", "keys", "set", "mine", input="sk-from-a-pipe\n")
        self.says("mine\nopenai\n", "keys", "list")
        self.says('["mine","openai"]\n', "keys", "--json")
        self.says("sk-from-a-pipe\n", "keys", "get", "mine")
        self.says("openai: keys.json, …cdef\n", "keys", "resolve", "openai")
        self.says("gemini: GEMINI_API_KEY, …9876\n", "keys", "resolve", "gemini",
                  env={"GEMINI_API_KEY": "AIza-secret-9876"})
        self.says("", "keys", "remove", "mine")
        self.assertEqual(self.stored("keys.json"), {"openai": "sk-0123456789abcdef"})
        self.assertEqual(stat.S_IMODE((self.home / "keys.json").stat().st_mode), 0o600)
        self.assertFalse([path for path in self.home.iterdir() if path.suffix not in (".json", ".lock")])

    def test_executables_use_it(self):
        (self.home / "keys.json").write_text('{"// Note": "secret"}')
        self.says("", "keys", "set", "demo", "--value", "k")
        self.assertEqual(self.stored("keys.json"), {"// Note": "secret", "demo": "k"})
        self.says("demo\n", "keys")
        source = 'flow main() { let k = key("demo"); shell("echo $K", env: { "K": k }) >> print() }\n'
        self.assert_done(self.flow(source), "k\n")

    def test_it_is_not_shown_at_a_terminal(self):
        ours, theirs = pty.openpty()
        process = subprocess.Popen([PFLOWC, "keys", "set", "openai"], env=self.env, stdin=theirs,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        os.close(theirs)
        self.assertEqual(process.stderr.read(len("Key of openai: ")), "Key of openai: ")
        os.write(ours, b"sk-typed\n")
        process.communicate(timeout=PATIENCE)
        os.set_blocking(ours, False)
        try:
            shown = os.read(ours, 1000)
        except OSError:
            shown = b""
        os.close(ours)
        self.assertNotIn(b"sk-typed", shown)
        self.assertEqual(self.stored("keys.json"), {"openai": "sk-typed"})

    def test_writers_at_once(self):
        threads = [threading.Thread(target=self.pflowc, args=("keys", "set", f"n{i}", "--value", str(i)))
                   for i in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(self.stored("keys.json"), {f"n{i}": str(i) for i in range(12)})

    def test_mistakes(self):
        for arguments in (("keys", "sett", "x"), ("keys", "set"), ("keys", "get", "a", "b")):
            done = self.pflowc(*arguments)
            self.assert_failed(done, "PF0717", "`pflowc keys` takes ", exit_code=2)
        self.assert_failed(self.pflowc("keys", "--nope"), "PF0707", "there is no option `--nope`", exit_code=2)
        self.assert_failed(self.pflowc("keys", "set", "x", "--value", ""), "PF0718", "the key is empty")
        (self.home / "keys.json").write_text('{"a": 1,\n')
        before = (self.home / "keys.json").read_bytes()
        for arguments in (("keys",), ("keys", "set", "b", "--value", "x")):
            self.assert_failed(self.pflowc(*arguments), "PF0718", f"{self.home}/keys.json:2: ")
        self.assertEqual((self.home / "keys.json").read_bytes(), before)
        done = self.pflowc("kyes")
        self.assertIn("a command with a similar name exists: `keys`", done.stderr)


class Names(HomeCase):
    def test_aliases(self):
        self.says("there are no aliases\n", "aliases")
        self.says("", "aliases", "set", "fast", "gpt-6-luna")
        self.says("", "aliases", "set", "f", "fast")
        self.says("fast  gpt-6-luna\nf     fast\n", "aliases", "list")
        self.says('{"fast":"gpt-6-luna","f":"fast"}\n', "aliases", "--json")
        self.assert_failed(self.pflowc("aliases", "set", "fast", "f"), "PF0718", "`f` leads back to `fast`")
        self.assert_failed(self.pflowc("aliases", "remove", "fats"), "PF0719", "there is no alias `fats`")
        self.says("", "aliases", "remove", "f")
        self.assertEqual(self.stored("aliases.json"), {"fast": "gpt-6-luna"})

    def test_models(self):
        (self.home / "models.yaml").write_text("- model_id: local\n  aliases: [l]\n")
        self.says("", "aliases", "set", "fast", "openai/gpt-4o-mini")
        models = {one["id"]: one for one in json.loads(self.pflowc("models", "--json").stdout)}
        self.assertEqual(models["local"], {"id": "local", "provider": "models.yaml", "aliases": ["l"],
                                           "embedding": False, "input": None, "output": None})
        self.assertEqual(models["gpt-4o-mini"], {"id": "gpt-4o-mini", "provider": "openai", "aliases": ["fast"],
                                                 "embedding": False, "input": 0.15, "output": 0.6})
        self.assertEqual(models["claude-opus-5-5"]["provider"], "anthropic")
        listed = self.pflowc("models").stdout
        self.assertIn("no default model is set\n", listed)
        self.says("", "models", "default", "echo")
        self.says("echo\n", "models", "default")
        self.assertIn("default: echo\n", self.pflowc("models", "list").stdout)
        self.assert_done(self.flow('flow main() { llm("hi") >> print() }\n'), "hi\n")

    def test_options(self):
        self.says("no options are set\n", "models", "options")
        self.says("", "models", "options", "gpt-4o", "temperature", "0.5")
        self.says("", "models", "options", "gpt-4o", "effort", "low")
        self.says('gpt-4o: temperature 5E-1\ngpt-4o: effort "low"\n', "models", "options", "gpt-4o")
        self.assertEqual(self.stored("model_options.json"), {"gpt-4o": {"temperature": 0.5, "effort": "low"}})
        self.says("", "models", "options", "gpt-4o", "effort", "--remove")
        self.says("", "models", "options", "gpt-4o", "temperature", "--remove")
        self.assertEqual(self.stored("model_options.json"), {})


class Logs(HomeCase):
    def test_what_runs_have_asked(self):
        self.says("no question is logged that fits\n", "logs")
        program = self.compile('flow main(q: str) { llm(q) >> print() }\n')
        for question in ("first", "second", "third", "fourth"):
            self.run_flow(program, question, "--model", "echo")
        found = json.loads(self.pflowc("logs", "--json").stdout)
        self.assertEqual([one["prompt"] for one in found], ["fourth", "third", "second"])
        self.assertEqual(found[0]["program"], "flow.pf")
        found = json.loads(self.pflowc("logs", "-n", "0", "-q", "FIR", "--json").stdout)
        self.assertEqual([one["response"] for one in found], ["first"])
        self.assertEqual(json.loads(self.pflowc("logs", "-m", "gpt", "--json").stdout), [])
        shown = self.pflowc("logs", "-n", "1").stdout
        self.assertRegex(shown, r"^# \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ  echo  flow.pf  main/llm#[0-9a-f]{8}  \d+ ms")
        self.assertIn("\n## prompt\n\nfourth\n\n## response\n\nfourth\n", shown)

    def test_lines_that_were_cut(self):
        program = self.compile('flow main(q: str) { llm(q) >> print() }\n')
        self.run_flow(program, "kept", "--model", "echo")
        (path,) = (self.home / "runs").iterdir()
        with open(path, "a", encoding="utf-8") as file:
            file.write('00000000 {"type":"result"}\n12345678 {"ty')
        done = self.pflowc("logs", "--json")
        self.assertEqual([one["prompt"] for one in json.loads(done.stdout)], ["kept"])
        self.assertEqual(done.stderr, "2 lines of the logs cannot be read\n")

    def test_on_and_off(self):
        program = self.compile('flow main(q: str) { llm(q) >> print() }\n')
        self.says("", "logs", "off")
        self.run_flow(program, "unseen", "--model", "echo")
        self.says("[]\n", "logs", "--json")
        self.says("", "logs", "on")
        self.run_flow(program, "seen", "--model", "echo")
        self.assertEqual(len(json.loads(self.pflowc("logs", "--json").stdout)), 1)

    # ---- logs.db

    def prompts(self, *arguments, stderr=""):
        done = self.pflowc("logs", "-n", "0", "--json", *arguments)
        self.assertEqual((done.returncode, done.stderr), (0, stderr))
        return [one["prompt"] for one in json.loads(done.stdout)]

    def asks(self, *questions):
        program = self.compile('flow main(q: str) { llm(q) >> print() }\n')
        for question in questions:
            self.run_flow(program, question, "--model", "echo")

    def test_the_index_follows_the_logs(self):
        self.asks("green tea", "black tea")
        self.assertEqual(self.prompts(), ["black tea", "green tea"])
        self.assertEqual(stat.S_IMODE((self.home / "logs.db").stat().st_mode), 0o600)
        self.asks("coffee")
        self.assertEqual(self.prompts("-q", "TEA"), ["black tea", "green tea"])
        self.assertEqual(self.prompts("-q", "ff"), ["coffee"])
        self.assertEqual(self.prompts("-q", '"tea"'), [])
        first, *_, last = sorted((self.home / "runs").iterdir())
        with open(last, "a", encoding="utf-8") as file:
            file.write(last.read_text().splitlines(keepends=True)[1])
        self.assertEqual(self.prompts(), ["coffee", "coffee", "black tea", "green tea"])
        first.unlink()
        self.assertEqual(self.prompts("-q", "tea"), ["black tea"])
        last.write_text("")
        self.assertEqual(self.prompts(), ["black tea"])

    def test_an_index_that_is_none(self):
        self.asks("tea")
        for garbage in (b"no database " * 1000, b""):
            (self.home / "logs.db").write_bytes(garbage)
            self.assertEqual(self.prompts(), ["tea"])
            self.assertEqual((self.home / "logs.db").read_bytes()[:15], b"SQLite format 3")

    def test_an_index_that_cannot_be_used(self):
        self.asks("tea")
        path = self.home / "logs.db"
        self.assertEqual(self.prompts(), ["tea"])
        other = sqlite3.connect(path)
        other.execute("begin exclusive")
        self.assertEqual(self.prompts("-q", "tea", stderr=f"`{path}` cannot be used: database is locked; "
                                      "all logs are read\n"), ["tea"])
        other.close()
        path.unlink()
        path.mkdir()
        self.assertEqual(self.prompts(stderr=f"`{path}` cannot be used: unable to open database file; "
                                      "all logs are read\n"), ["tea"])


if __name__ == "__main__":
    unittest.main()
