"""pflowc llm and pflowc chat: models asked from the command line."""
import json
import os
import pty
import select
import stat
import subprocess
import unittest

from flow_case import PATIENCE, PFLOWC
from model_mock import Failure
from test_providers import KEY, ProviderCase


class QuestionCase(ProviderCase):
    def setUp(self):
        super().setUp()
        del self.env["PFLOW_VIRTUAL_TIME"]

    def pflowc(self, *arguments, input=None, env=None):
        return self.run_flow(PFLOWC, *arguments, stdin=input, env=env)

    def says(self, stdout, *arguments, **options):
        done = self.pflowc(*arguments, **options)
        self.assert_done(done, stdout)
        return done.stderr

    def refused(self, problem, *arguments, code="PF0730"):
        self.assert_failed(self.pflowc(*arguments), code, problem, exit_code=2)

    def messages(self):
        return [(one["role"], one["content"]) for one in self.last_body()["messages"]]

    def kept(self):
        return sorted((self.home / "conversations").iterdir())


class Llm(QuestionCase):
    def test_a_question(self):
        self.says("mock: how are you\n", "llm", "how", "are", "you", "-m", "gpt-4.1")
        self.assertEqual(self.messages(), [("user", "how are you")])
        self.assertTrue(self.last_body()["stream"])
        self.says("mock: hi\n", "llm", "--no-stream", "hi", "--model", "gpt-4.1", "-s", "Be brief.",
                  "-o", "temperature", "0.5", "-o", "stop", '["END"]')
        body = self.last_body()
        self.assertEqual(self.messages(), [("system", "Be brief."), ("user", "hi")])
        self.assertEqual((body["temperature"], body["stop"], body.get("stream")), (0.5, ["END"], None))

    def test_what_stands_before_the_prompt(self):
        (self.work / "a.txt").write_text("file a")
        self.says("", "fragments", "set", "style", input="be kind")
        self.says("piped\nask\n", "llm", "ask", "-m", "echo", input="piped")
        self.says("ask\n", "llm", "ask", "-m", "echo", "--no-stdin", input="piped")
        self.says("be kind\npiped\nfile a\nask\n", "llm", "ask", "-m", "echo", "-f", "style", "-f", "-",
                  "-f", "a.txt", input="piped")
        self.says("--prompt\n", "llm", "-m", "echo", "--", "--prompt")
        self.says("only this\n", "llm", "-m", "echo", input="only this")

    def test_usage_and_log(self):
        stderr = self.says("mock: hi\n", "llm", "hi", "-m", "gpt-4o-mini", "-u")
        self.assertIn("usage: 1 call, ", stderr)
        (logged,) = json.loads(self.pflowc("logs", "--json").stdout)
        self.assertEqual((logged["program"], logged["prompt"], logged["response"]), ("llm", "hi", "mock: hi"))

    def test_conversations(self):
        self.refused("`-c`: no conversation is kept", "llm", "hi", "-c", "-m", "echo")
        self.says("mock: one\n", "llm", "one", "-m", "gpt-4.1")
        self.says("mock: two\n", "llm", "two", "-m", "gpt-4.1", "-c")
        self.assertEqual(self.messages(), [("user", "one"), ("assistant", "mock: one"), ("user", "two")])
        (file,) = self.kept()
        self.assertEqual(len(json.loads(file.read_text())), 4)
        self.assertEqual(stat.S_IMODE(file.parent.stat().st_mode), 0o700)
        self.says("x\n", "llm", "x", "-m", "echo", env={"PFLOW_LOG": "off"})
        self.assertEqual(len(self.kept()), 1)

    def test_schemas(self):
        self.says('{"name":"name","age":1,"tags":["tags"]}\n', "llm", "x", "-m", "echo",
                  "--schema", "name, age int: in years, tags [str]")
        self.mock.script.on("", '{"name": "Ada", "kind": "b"}')
        (self.work / "shapes.pf").write_text('schema Person { name: str; kind: "a" | "b" }\n')
        self.says('{"name":"Ada","kind":"b"}\n', "llm", "x", "-m", "gpt-4.1", "--schema", "shapes.pf:Person")
        self.says('{"name":"Ada","kind":"b"}\n', "llm", "x", "-m", "gpt-4.1", "--schema",
                  'name: given, not family\nkind "a" | "b"')
        schema = self.last_body()["response_format"]["json_schema"]["schema"]
        self.assertEqual(schema["properties"]["name"]["description"], "given, not family")

    def test_tools(self):
        (self.work / "a.txt").write_text("in a file")
        (self.work / "tools.pf").write_text(
            "## Doubles a number.\nflow twice(n: int) -> double { let double = n * 2 }\n")
        self.says("in a file\n", "llm", "-m", "echo", "-T", "read_file",
                  '{"tool": "read_file", "arguments": {"path": "a.txt"}}')
        self.says("42\n", "llm", "-m", "echo", "-T", "tools.pf:twice", "-T", "read_file",
                  '{"tool": "twice", "arguments": {"n": 21}}')

    def test_a_flow_of_ones_own(self):
        (self.work / "shout.pf").write_text('flow main(in text: str) { return "Shout: ${text.upper()}" }\n')
        self.says("Shout: HI\n", "llm", "hi", "-m", "echo", "-t", "shout.pf")

    def test_what_cannot_be_asked(self):
        self.refused("there is nothing to ask", "llm", "-m", "echo")
        self.refused("`--schema`: `1st name` is no field", "llm", "x", "--schema", "1st name")
        self.refused("`--schema shapes.pf` names no schema: `--schema shapes.pf:NAME`", "llm", "x", "--schema",
                     "shapes.pf")
        self.refused("`-t none.pf`: there is no such file", "llm", "x", "-t", "none.pf")
        self.refused("`-T none.pf`: there is no such file", "llm", "x", "-T", "none.pf:f")
        done = self.pflowc("llm", "x", "-m", "echo", "-T", "read_fil")
        self.assert_failed(done, "PF0202", "unknown node `read_fil`")
        self.assertIn("read_file", done.stderr)

    def test_failures_show_no_program(self):
        self.mock.script.on("", Failure(401, "who are you"))
        done = self.pflowc("llm", "hi", "-m", "gpt-4.1")
        self.assert_failed(done, "PF0903", "openai/gpt-4.1: the provider refused the key (HTTP 401): who are you")
        self.assertNotIn("-->", done.stderr)
        self.assertNotIn(KEY, done.stderr)


class Chat(QuestionCase):
    def chat(self, lines, *arguments, model="gpt-4.1", **options):
        return self.pflowc("chat", "-m", model, *arguments, input=lines, **options)

    def test_a_conversation(self):
        (self.work / "a.txt").write_text("file a")
        done = self.chat("hello\n!fragment a.txt\n\n!multi x\na\n!end\nb\n!end x\nquit\nnever\n", "-s", "Be brief.")
        self.assert_done(done, "mock: hello\nmock: file a\na\n!end\nb\n")
        self.assertEqual(self.messages(), [("system", "Be brief."), ("user", "hello"), ("assistant", "mock: hello"),
                                           ("user", "file a\na\n!end\nb")])
        self.assert_done(self.chat("more\n", "-c"), "mock: more\n")
        self.assertEqual(len(self.messages()), 5)
        (file,) = self.kept()
        self.assertEqual(len(json.loads(file.read_text())), 6)

    def test_a_failure_ends_no_conversation(self):
        self.mock.script.on("fail", Failure(400, "not so"))
        self.mock.script.on("", "fine")
        done = self.chat("fail\n!fragment nowhere\nhello\n!edit\n")
        self.assert_done(done, "fine\n")
        self.assertIn("error: openai/gpt-4.1: the provider answered with HTTP 400: not so\n", done.stderr)
        self.assertIn("there is no fragment `nowhere`", done.stderr)
        self.assertIn("there is no terminal", done.stderr)
        self.assertEqual(self.messages(), [("user", "hello")])

    def test_an_editor(self):
        editor = self.folder / "editor"
        editor.write_text('#!/bin/sh\n[ -t 0 ] && [ -t 1 ] && echo "from the editor" > "$1"\n')
        editor.chmod(0o755)
        ours, theirs = pty.openpty()
        process = subprocess.Popen([PFLOWC, "chat", "-m", "echo"], env={**self.env, "EDITOR": str(editor)},
                                   cwd=self.work, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs)
        os.close(theirs)
        os.write(ours, b"!edit\nquit\n")
        stdout = process.stdout.read()
        process.wait(timeout=PATIENCE)
        process.stdout.close()
        shown = b""
        while select.select([ours], [], [], 0)[0]:
            try:
                shown += os.read(ours, 4096)
            except OSError:
                break
        os.close(ours)
        self.assertEqual((stdout, process.returncode), (b"from the editor\n", 0), shown)
        self.assertIn(b"`!edit` opens an editor", shown)


if __name__ == "__main__":
    unittest.main()
