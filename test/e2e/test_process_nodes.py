"""Nodes that other programs carry out: calls, what they may answer, and what is left running."""
import os
import shutil
import subprocess
import unittest
import uuid

from flow_case import PATIENCE, PFLOWC, FlowCase
from model_mock import Answer, ModelMock, ToolCall

HELPERS = {
    "pflow_node.py": "python",
    "pflow_node.mjs": "javascript",
}
# What a script says by itself that does not use the helper.
SAY = """import json, os, sys, time
def say(line):
    print(json.dumps(line), flush=True)
say({"pflow": 1})
"""
LENGTH = 'node length(in text: str) -> int by exec("python3", "node.py")\n'


class ProcessCase(FlowCase):
    def script(self, text, name="node.py", folder=None):
        path = (folder or self.folder) / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def helper(self, name="pflow_node.py", folder=None):
        done = subprocess.run([PFLOWC, "nodes", "--helper", HELPERS[name]], capture_output=True,
                              text=True, check=True, timeout=PATIENCE)
        return self.script(done.stdout, name, folder)

    def python(self, text, name="node.py"):
        """A script of nodes written with the helper."""
        self.helper()
        return self.script(f"from pflow_node import *\n{text}\nserve()\n", name)


class Calls(ProcessCase):
    def test_a_function_of_python(self):
        self.python("@node\ndef length(text):\n    return len(text)\n")
        self.assert_done(self.flow(LENGTH + 'flow main() { length("tea") >> print() }\n'), "3\n")
        self.assert_left()

    @unittest.skipUnless(shutil.which("node"), "needs Node.js")
    def test_a_function_of_javascript(self):
        self.helper("pflow_node.mjs")
        self.script('import { node, serve } from "./pflow_node.mjs";\nconsole.log("a banner");\n'
                    'node("length", async ({ text }) => text.length);\nserve();\n', "node.mjs")
        source = 'node length(in text: str) -> int by exec("node", "node.mjs")\n'
        done = self.flow(source + 'flow main() { length("tea") >> print() }\n')
        self.assert_done(done, "3\n")
        self.assertIn("a banner", done.stderr)

    @unittest.skipUnless(shutil.which("node"), "needs Node.js")
    def test_failures_of_javascript(self):
        self.helper("pflow_node.mjs")
        self.script("""import { node, serve, Failure } from "./pflow_node.mjs";
node("length", ({ text }) => {
  if (text == "tea") throw new Failure("value", "no such word", { at: 2 });
  return text.nothing.length;
});
serve();
""", "node.mjs")
        program = self.compile("""
node length(in text: str) -> int by exec("node", "node.mjs")
flow main(word: str) {
  length(word) as l
  l - "error" >> print("${error.kind}: ${error.message} ${error.data}") >> end
}
""")
        self.assert_done(self.run_flow(program, "tea"), 'value: no such word {"at":2}\n')
        self.assertTrue(self.run_flow(program, "x").stdout.startswith("tool: TypeError: "))

    def test_values_of_all_types(self):
        self.python("@node\ndef same(**ports):\n    return ports\n")
        self.assert_done(self.flow("""
schema Point { x: int; y: float = 0.5; label: str? }
node same(
  a: int, b: float, c: bool, d: str, e: [int], f: map<str>, g: Point, h: json, i: duration, j: "x" | "y", k: str?,
  l: int = 7,
) -> (
  a: int, b: float, c: bool, d: str, e: [int], f: map<str>, g: Point, h: json, i: duration, j: "x" | "y", k: str?,
  l: int,
) by exec("python3", "node.py")
flow main() {
  same(
    a: -9007199254740993, b: 1.5, c: true, d: "\\n\\"ü\\u{0}", e: [1, 2], f: { "k": "v" }, g: Point { x: 1, label: none },
    h: { "n": [1, none] }, i: 90s, j: "y", k: none,
  ) as s
  print("${s.a} ${s.b} ${s.c} ${s.d == "\\n\\"ü\\u{0}"} ${s.e} ${s.f} ${s.g.y} ${s.h} ${s.i} ${s.j} ${s.k ?? "-"} ${s.l}")
}
"""), '-9007199254740993 1.5 true true [1,2] {"k":"v"} 0.5 {"n":[1,null]} 90s y - 7\n')

    def test_a_node_without_outputs(self):
        self.python("@node\ndef note(text):\n    print('noted', text)\n")
        source = 'node note(text: str) by exec("python3", "node.py")\nflow main() { note("tea") }\n'
        done = self.flow(source)
        self.assert_done(done, "")
        self.assertIn("noted tea", done.stderr)

    def test_scripts_lie_beside_the_file_that_declares_the_node(self):
        folder = self.folder / "lib"
        self.script("import os\nfrom pflow_node import *\n@node\ndef where():\n    return os.getcwd()\nserve()\n",
                    "where.py", folder)
        self.helper(folder=folder)
        self.script('node where() -> str by exec("python3", "where.py")\n', "lib.pf", folder)
        self.assert_done(self.flow('import "lib/lib.pf"\nflow main() { where() >> print() }\n'), f"{self.work}\n")

    def test_two_files_declare_nodes_of_one_name(self):
        for name in "one", "two":
            self.python(f"@node\ndef say():\n    return '{name}'\n", f"{name}.py")
            self.script(f'node say() -> str by exec("python3", "{name}.py")\n', f"{name}.pf")
        self.assert_done(self.flow("""import "one.pf" as one
import "two.pf" as two
flow main() {
  one.say() -> a
  two.say() -> b
  print("${a} ${b}")
}
"""), "one two\n")

    def test_an_executable_is_shipped_with_its_scripts(self):
        self.python("@node\ndef length(text):\n    return len(text)\n")
        program = self.compile(LENGTH + 'flow main() { length("tea") >> print() }\n')
        other = self.folder / "other"
        other.mkdir()
        for file in "flow", "node.py", "pflow_node.py":
            shutil.move(self.folder / file, other / file)
        self.assert_done(self.run_flow(other / "flow"), "3\n")

    def test_a_command_may_be_a_file_of_the_folder(self):
        path = self.script("#!/usr/bin/env python3\n" + SAY + """
for line in sys.stdin:
    say({"id": json.loads(line)["id"], "output": 3})
""", "node.sh")
        path.chmod(0o755)
        source = 'node length(in text: str) -> int by exec("./node.sh")\n'
        self.assert_done(self.flow(source + 'flow main() { length("tea") >> print() }\n'), "3\n")

    def test_actions(self):
        self.python("@node\ndef look(n):\n    return Action('again', {'m': n + 1}) if n < 3 else {'m': n}\n")
        program = self.compile("""
node look(n: int) -> (out m: int) by exec("python3", "node.py") actions("again")
flow main(n: int) {
  look(n) as looked
  looked - "again" >> print("again ${looked.m}") >> end
  print("done ${looked.m}")
}
""")
        self.assert_done(self.run_flow(program, "1"), "again 2\n")
        self.assert_done(self.run_flow(program, "3"), "done 3\n")

    def test_a_tool_of_a_model(self):
        self.python("@node\ndef length(text):\n    return len(text)\n")
        program = self.compile(LENGTH + 'flow main() { llm("hi", tools: [length]) >> print() }\n')
        with ModelMock(answers=[("hi", Answer(tool_calls=(ToolCall("length", {"text": "tea"}),))),
                                ("3", "It has three.")]) as mock:
            env = {"OPENAI_BASE_URL": mock.url, "OPENAI_API_KEY": "sk-test", "PFLOW_MODEL": "scripted"}
            self.assert_done(self.run_flow(program, env=env), "It has three.\n")

    def test_pflowc_run(self):
        self.python("@node\ndef length(text):\n    return len(text)\n")
        self.script(LENGTH + 'flow main() { length("tea") >> print() }\n', "flow.pf")
        done = subprocess.run([PFLOWC, "run", str(self.folder / "flow.pf")], env=self.env, cwd=self.work,
                              capture_output=True, text=True, timeout=PATIENCE)
        self.assert_done(done, "3\n")


class ManyCalls(ProcessCase):
    def test_calls_at_once_share_a_process_and_keep_their_order(self):
        # Answers only when all are there, the last one first.
        self.script(SAY + """
count, waiting = 0, []
for line in sys.stdin:
    waiting.append(json.loads(line))
    if len(waiting) == 10_000:
        for request in reversed(waiting):
            say({"id": request["id"], "output": [request["input"]["n"], os.getpid()]})
""")
        self.assert_done(self.flow("""
node square(n: int) -> [int] by exec("python3", "node.py")
flow main() {
  range(10000) >> each n with (parallel: 10000) { square(n) } -> all
  print("${all.map(a => a[0]) == range(10000).collect()} ${all.map(a => a[1]).unique().len()}")
}
"""), "true 1\n")

    def test_several_processes(self):
        self.script(SAY + """
for line in sys.stdin:
    time.sleep(0.2)
    say({"id": json.loads(line)["id"], "output": os.getpid()})
""")
        self.assert_done(self.flow("""
node who(n: int) -> int by exec("python3", "node.py", processes: 3)
flow main() {
  range(12) >> each n with (parallel: 12) { who(n) } -> all
  print(all.unique().len())
}
"""), "3\n")

    def test_async_handlers_run_at_once(self):
        self.python("""import asyncio
met = None
@node
async def meet(n):
    global met
    met = met or asyncio.Barrier(5)
    await met.wait()
    return n
""")
        self.assert_done(self.flow("""
node meet(n: int) -> int by exec("python3", "node.py")
flow main() { range(5) >> each n with (parallel: 5) { meet(n) } >> print() }
"""), "[0,1,2,3,4]\n")

    def test_handlers_of_both_sorts_and_a_cancelled_one(self):
        self.python("""import asyncio, time
@node
async def at_once(n):
    try:
        await asyncio.sleep(600)
    except asyncio.CancelledError:
        open("told", "w").close()
        raise
@node
def in_turn(n):
    return n + 1
""")
        self.assert_done(self.flow("""
node at_once(n: int) -> int by exec("python3", "node.py")
node in_turn(n: int) -> int by exec("python3", "node.py")
flow main() {
  at_once(1) with (timeout: 2s, fallback: 7) -> a
  in_turn(1) -> b
  print("${a} ${b}")
}
"""), "7 2\n")
        self.assert_left("told")

    def test_large_values(self):
        self.python("@node\ndef same(text):\n    return text\n")
        (self.work / "in").write_text("tea" * 300_000)
        self.assert_done(self.flow("""
node same(in text: str) -> str by exec("python3", "node.py")
flow main() {
  range(20) >> each n with (parallel: 20) { read_file("in") >> same() } -> all
  print(all.map(a => a.len()).unique())
}
"""), "[900000]\n")


class Lifetime(ProcessCase):
    def test_a_process_stays_for_the_next_calls(self):
        self.script(SAY + """
for line in sys.stdin:
    say({"id": json.loads(line)["id"], "output": os.getpid()})
""")
        self.assert_done(self.flow("""
node who() -> int by exec("python3", "node.py")
node who_else() -> int by exec("python3", "node.py")
flow main() {
  who() -> a
  who_else() -> b
  print(a == b)
}
"""), "true\n")

    def test_another_try_starts_it_anew(self):
        self.script(SAY + """
first = not os.path.exists("tried")
open("tried", "w")
for line in sys.stdin:
    if first: os._exit(3)
    say({"id": json.loads(line)["id"], "output": 3})
""")
        self.assert_done(self.flow(LENGTH + 'flow main() { length("tea") with (retries: 1, wait: 1ms) >> print() }\n'),
                         "3\n")

    def test_a_cancelled_call_is_told(self):
        self.script(SAY + """
for line in sys.stdin:
    open("told", "a").write(line)
    if "cancel" in json.loads(line): say({"id": 1, "error": {"kind": "cancelled"}})
    elif json.loads(line)["id"] == 2: say({"id": 2, "output": 2})
""")
        self.assert_done(self.flow(LENGTH + """
flow main() {
  length("slow") with (timeout: 500ms, fallback: 1) -> a
  length("tea") -> b
  print("${a} ${b}")
}
"""), "1 2\n")
        self.assertIn('{"cancel":1}', (self.work / "told").read_text())

    def test_who_does_not_answer_a_cancelled_call_is_replaced(self):
        self.script(SAY + """
first = not os.path.exists("tried")
open("tried", "w")
for line in sys.stdin:
    while first: time.sleep(60)
    say({"id": json.loads(line)["id"], "output": 3})
""")
        self.assert_done(self.flow(LENGTH + """
flow main() { length("tea") with (timeout: 4s, retries: 3, wait: 1ms) >> print() }
"""), "3\n")

    def test_nothing_is_left_running(self):
        marker = f"left-{uuid.uuid4()}"
        self.script("import signal, subprocess\n" + SAY + f"""
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen(["sh", "-c", "trap '' TERM; sleep 600; : {marker}"])
for line in sys.stdin:
    say({{"id": json.loads(line)["id"], "output": 3}})
time.sleep(600)
""")
        source = f'node length(in text: str) -> int by exec("python3", "node.py", "{marker}")\n'
        self.assert_done(self.flow(source + 'flow main() { length("tea") >> print() }\n'), "3\n")
        self.assertEqual(self.processes(marker), [])

    def test_children_of_a_process_that_ends_are_ended(self):
        marker = f"left-{uuid.uuid4()}"
        self.script("import subprocess\n" + SAY + f"""
subprocess.Popen(["sh", "-c", "sleep 600; : {marker}"])
sys.stdin.readline()
os._exit(4)
""")
        done = self.flow(LENGTH + 'flow main() { length("tea") >> print() }\n')
        self.assert_failed(done, "PF0914", "the process of `length` (`python3 node.py`) ended with exit code 4 before it answered")
        self.assertEqual(self.processes(marker), [])

    def test_a_signal_leaves_nothing(self):
        marker = f"left-{uuid.uuid4()}"
        self.script(SAY + "open('here', 'w')\nwhile True: time.sleep(60)\n")
        source = f'node length(in text: str) -> int by exec("python3", "node.py", "{marker}")\n'
        program = self.compile(source + 'flow main() { length("tea") >> print() }\n')
        process = self.start(program)
        self.wait_until((self.work / "here").exists, "the process")
        done = self.interrupt(process)
        self.assertEqual(done.returncode, 130, done.stderr)
        self.assertEqual(self.processes(marker), [])

    def test_standard_error_is_passed_on(self):
        self.python("@node\ndef length(text):\n    print('working'); return 3\n")
        program = self.compile(LENGTH + 'flow main() { length("tea") >> print() }\n')
        self.assertIn("working", self.run_flow(program).stderr)
        self.assertEqual(self.run_flow(program, "--quiet").stderr, "")


class Checks(ProcessCase):
    def test_the_command_is_looked_for_first(self):
        source = """node length(in text: str) -> int by exec("no-such-command", "a")
flow main() {
  write_file("made", "")
  length("tea") >> print()
}
"""
        done = self.flow(source)
        self.assert_failed(done, "PF0902", "the command `no-such-command` of the node `length` is not on the PATH", 2)
        self.assertIn("--> flow.pf:1:37", done.stderr)
        self.assert_left()

    def test_a_script_must_be_there(self):
        done = self.flow(LENGTH + 'flow main() { length("tea") >> print() }\n')
        self.assert_failed(done, "PF0902", "there is no file `node.py` for the node `length`", 2)
        self.assertIn(str(self.folder), done.stderr)

    def test_what_can_be_run_must_be_executable(self):
        self.script("", "tool")
        source = 'node length(in text: str) -> int by exec("./tool")\nflow main() { length("tea") >> print() }\n'
        done = self.flow(source)
        self.assertEqual(done.returncode, 2)
        self.assertIn("is no program", done.stderr)


class Tests(ProcessCase):
    def test_a_stub_needs_no_process(self):
        self.script(LENGTH + """
flow main(text: str) -> twice {
  length(text) -> n
  let twice = n * 2
}
test "twice" {
  stub length = (text) => text.len() + 1
  main("tea") -> twice
  assert twice == 8 and calls(length) == 1
}
""", "flow.pf")
        done = subprocess.run([PFLOWC, "test", "flow.pf"], env=self.env, cwd=self.folder, capture_output=True,
                              text=True, timeout=PATIENCE)
        self.assertIn("1 passed", done.stdout + done.stderr)

    def test_results_are_cached_by_the_script(self):
        text = "@node\ndef length(text):\n    open('calls', 'a').write('.'); return len(text){}\n"
        self.python(text.format(""))
        program = self.compile(LENGTH + 'flow main() { length("tea") with (cache: 1d) >> print() }\n')
        for _ in range(2):
            self.assert_done(self.run_flow(program), "3\n")
        self.assertEqual((self.work / "calls").read_text(), ".")
        self.python(text.format(" + 1"))
        done = self.run_flow(program, "--explain-cache")
        self.assert_done(done, "4\n")
        self.assertIn("file `node.py`", done.stderr)


class BadProcesses(ProcessCase):
    def fails(self, script, headline, *helps, code="PF0914", policies="", source=LENGTH):
        self.script(script)
        done = self.flow(source + f'flow main() {{ length("tea"){policies} >> print() }}\n')
        self.assert_failed(done, code, headline)
        for text in helps:
            self.assertIn(text, done.stderr)
        self.assertEqual(self.processes(str(self.folder / "node.py")), [])
        return done

    NAME = "the process of `length` (`python3 node.py`) "

    def test_ends_before_it_is_ready(self):
        self.fails("import no_such_module\n", self.NAME + "ended with exit code 1 before it was ready",
                   "No module named 'no_such_module'")

    def test_lacks_the_helper(self):
        self.fails("from pflow_node import *\n", self.NAME + "ended with exit code 1 before it was ready",
                   "`pflowc nodes --helper python > pflow_node.py` makes it")

    def test_ends_before_it_answers(self):
        self.fails(SAY + "sys.stdin.readline(); print('out of memory', file=sys.stderr); os._exit(7)\n",
                   self.NAME + "ended with exit code 7 before it answered: out of memory")

    def test_is_killed(self):
        self.fails(SAY + "sys.stdin.readline(); os.kill(os.getpid(), 9)\n",
                   self.NAME + "was ended by signal 9 (SIGKILL) before it answered")

    def test_prints_a_banner(self):
        self.fails("print('Loading model...', flush=True)\n" + SAY + "time.sleep(600)\n",
                   self.NAME + "printed `Loading model...` where its first line is to be {\"pflow\":1}",
                   "standard output is for answers alone")

    def test_prints_garbage(self):
        self.fails(SAY + "sys.stdin.readline(); os.write(1, b'\\xff\\x1b[1m\\n'); time.sleep(600)\n",
                   self.NAME + "printed `\ufffd [1m`, which is no answer", "standard output is for answers alone")

    def test_prints_nothing(self):
        self.fails("import time\ntime.sleep(600)\n", self.NAME + "was not ready within 1500 ms", "`start: 5m`",
                   source=LENGTH.replace('.py")', '.py", start: 1500ms)'))

    def test_never_answers(self):
        self.fails(SAY + "time.sleep(600)\n", "", policies=" with (timeout: 500ms)", code="PF0908")

    @unittest.skipIf(os.environ.get("PFLOW_SANITIZED"), "a sanitizer reserves more memory")
    def test_prints_without_end(self):
        self.script(SAY + "sys.stdin.readline()\nwhile True: os.write(1, b'x' * 65536)\n")
        program = self.compile(LENGTH + 'flow main() { length("tea") >> print() }\n')
        done = self.run_flow("bash", "-c", f'ulimit -v 700000; exec "{program}"')
        self.assert_failed(done, "PF0914", self.NAME + "printed a line of more than 64 MB")

    def test_answers_twice(self):
        self.script(SAY + "sys.stdin.readline(); say({'id': 1, 'output': 3}); sys.stdin.readline()\n"
                    "say({'id': 1, 'output': 3}); time.sleep(600)\n")
        done = self.flow(LENGTH + 'flow main() {\n  length("tea")\n  length("tea") >> print()\n}\n')
        self.assert_failed(done, "PF0914", self.NAME + "answered the call 1 twice")

    def test_answers_another_call(self):
        self.fails(SAY + "sys.stdin.readline(); say({'id': 12, 'output': 3}); time.sleep(600)\n",
                   self.NAME + "answered the call 12, which it was not asked")

    def test_closes_its_output(self):
        self.fails(SAY + "sys.stdin.readline(); os.close(1); time.sleep(600)\n",
                   self.NAME + "closed its standard output before it answered")

    def test_speaks_another_version(self):
        self.fails("print('{\"pflow\": 2}', flush=True)\nimport time\ntime.sleep(600)\n",
                   self.NAME + "speaks version 2 of the protocol")

    def test_has_no_such_node(self):
        self.python("@node\ndef lenght(text):\n    return 3\n")
        done = self.flow(LENGTH + 'flow main() { length("tea") >> print() }\n')
        self.assert_failed(done, "PF0914", self.NAME + "has no node of this name")
        self.assertIn("a similar name exists: `lenght`", done.stderr)

    def test_answers_what_does_not_fit(self):
        self.fails(SAY + "sys.stdin.readline(); say({'id': 1, 'output': 'three'}); time.sleep(600)\n",
                   "the answer of `length` (`python3 node.py`) does not fit: $.output: expected int, found str",
                   code="PF0911")

    def test_leaves_the_output_out(self):
        self.fails(SAY + "sys.stdin.readline(); say({'id': 1}); time.sleep(600)\n",
                   "the answer of `length` (`python3 node.py`) does not fit: $.output: expected int, found nothing",
                   code="PF0911")

    def test_fails_with_a_kind(self):
        self.python("@node\ndef length(text):\n    raise Failure('value', 'no such word', {'at': 2})\n")
        self.assert_done(self.flow(LENGTH + """
flow main() {
  length("tea") as l
  l - "error" >> print("${error.kind}: ${error.message} ${error.data}") >> end
}
"""), 'value: no such word {"at":2}\n')

    def test_fails_with_an_exception(self):
        self.python("@node\ndef length(text):\n    return 1 // 0\n")
        done = self.flow(LENGTH + 'flow main() { length("tea") >> print() }\n')
        self.assert_failed(done, "PF0914", "ZeroDivisionError: integer division or modulo by zero")
        self.assertIn("Traceback", done.stderr)

    def test_fails_with_no_kind(self):
        self.fails(SAY + "sys.stdin.readline(); say({'id': 1, 'error': {'kind': 'vlaue', 'message': 'x'}})\n"
                   "time.sleep(600)\n",
                   "the answer of `length` (`python3 node.py`) does not fit: no error has the kind `vlaue`",
                   "a similar name exists: `value`", code="PF0911")

    def test_has_no_such_action(self):
        self.fails(SAY + "sys.stdin.readline(); say({'id': 1, 'action': 'agin', 'output': 3}); time.sleep(600)\n",
                   "the answer of `length` (`python3 node.py`) does not fit: the node has no action `agin`",
                   code="PF0911")


if __name__ == "__main__":
    unittest.main()
