"""Nodes that tools of MCP servers carry out: calls, eras, and what servers may do wrong."""
import unittest
import uuid

from mcp_case import McpCase, record, tool
from model_mock import Answer, ModelMock, ToolCall

ECHO = 'node echo(in text: str) -> str by mcp("it", "echo")\n'
SAY_IT = ECHO + 'flow main() { echo("tea") >> print() }\n'
WHO = "the server `it` (`python3 server.py`) "


class Calls(McpCase):
    def run_source(self, source, text="serve()\n", tools=None):
        self.server(text, tools)
        self.server_file(tools)
        return self.flow(source)

    def test_a_tool_is_called(self):
        self.assert_done(self.run_source(SAY_IT), 'echo{"text": "tea"}\n')
        self.assertEqual([each["method"] for each in self.heard()],
                         ["initialize", "notifications/initialized", "tools/list", "tools/call"])
        self.assertEqual(self.heard()[0]["params"]["capabilities"], {})
        self.assertEqual(self.heard()[3]["params"]["name"], "echo")

    def test_one_server_for_all_calls(self):
        self.assert_done(self.run_source(ECHO + """
flow main() {
  ["a", "b", "c"] >> each t with (parallel: 3) { echo(t) } -> all
  echo("d") -> last
  print("${all.len()} ${last}")
}
"""), '3 echo{"text": "d"}\n')
        self.assertEqual([each["method"] for each in self.heard()].count("initialize"), 1)

    def test_answers_in_any_order(self):
        self.assert_done(self.run_source(ECHO + """
flow main() { ["a", "b"] >> each t with (parallel: 2) { echo(t) } -> all
  print("${all}") }
""", """
waiting = []
def call(id, name, arguments, meta):
    waiting.append((id, arguments["text"]))
    if len(waiting) == 2:
        for each in reversed(waiting): text(*each)
serve()
"""), '["a","b"]\n')

    def test_structured_results_by_type(self):
        weather = tool("weather", record(degrees="number", sky="string"), city="string")
        self.assert_done(self.run_source("""
schema Weather { degrees: float; sky: str }
node weather(city: str) -> Weather by mcp("it", "weather")
flow main() { weather("Oslo") -> w
  print("${w.degrees} ${w.sky}") }
""", """
def call(id, name, arguments, meta):
    text(id, "not this", structuredContent={"degrees": 4, "sky": "grey"})
serve()
""", [weather]), "4.0 grey\n")

    def test_a_member_of_the_structure_is_an_output(self):
        self.assert_done(self.run_source("""
node read(path: str) -> (content: str) by mcp("it", "read")
flow main() { read("a") >> print() }
""", """
def call(id, name, arguments, meta):
    text(id, "not this", structuredContent={"content": "hello"})
serve()
""", [tool("read", record(content="string"), path="string")]), "hello\n")

    def test_structure_that_stands_in_the_text(self):
        self.assert_done(self.run_source("""
node tally(path: str) -> (n: int) by mcp("it", "tally")
flow main() { tally("a") >> print() }
""", """
def call(id, name, arguments, meta): text(id, '{"n": 7}')
serve()
""", [tool("tally", record(n="integer"), path="string")]), "7\n")

    def test_structure_that_does_not_fit(self):
        done = self.run_source("""
node tally(path: str) -> (n: int) by mcp("it", "tally")
flow main() { tally("a") >> print() }
""", """
def call(id, name, arguments, meta): text(id, "", structuredContent={"n": "many"})
serve()
""", [tool("tally", record(n="integer"), path="string")])
        self.assert_failed(done, "PF0911", "the result of `tally` of " + WHO + "does not fit: $.n: expected int")
        self.assertIn("pflowc mcp test it", done.stderr)

    def test_blocks_of_all_kinds(self):
        self.assert_done(self.run_source("""
node echo(in text: str) -> (out said: str, content: json) by mcp("it", "echo")
flow main() { echo("tea") as it
  print("${it.said}|${it.content[1].mimeType}") }
""", """
def call(id, name, arguments, meta):
    say(id=id, result={"content": [
        {"type": "text", "text": "one"}, {"type": "image", "data": "AA==", "mimeType": "image/png"},
        {"type": "resource", "resource": {"uri": "a:b", "text": "two"}},
        {"type": "resource_link", "uri": "c:d", "name": "x"}]})
serve()
"""), "one\n[image image/png]\ntwo\n[resource_link c:d]|\"image/png\"\n")

    def test_what_is_none_is_left_out(self):
        tools = [tool("find", word="string", most_="integer", kind={"type": ["string", "null"]})]
        self.assert_done(self.run_source("""
schema Place { x: int; note: str? = none }
node find(in word: str, most: int? = none, kind: str? = none) -> str by mcp("it", "find")
flow main() { find("a") >> print()
  find("b", most: 2, kind: "k") >> print() }
""", tools=tools), 'find{"kind": null, "word": "a"}\nfind{"kind": "k", "most": 2, "word": "b"}\n')

    def test_is_error_is_a_failure(self):
        done = self.run_source(ECHO + """
flow main() { echo("tea") as e
  e - "error" >> print("${error.kind}: ${error.message} ${error.data.structuredContent}") >> end }
""", """
def call(id, name, arguments, meta): text(id, "no such cup", isError=True, structuredContent={"at": 3})
serve()
""")
        self.assert_done(done, 'tool: no such cup {"at":3}\n')

    def test_an_error_of_the_protocol(self):
        done = self.run_source(SAY_IT, """
def call(id, name, arguments, meta): say(id=id, error={"code": -32602, "message": "Tool echo not found"})
serve()
""")
        self.assert_failed(done, "PF0914", WHO + "refused `echo`: Tool echo not found (-32602)")
        self.assertIn("`pflowc mcp test it` compares them", done.stderr)

    def test_the_server_may_ask(self):
        self.assert_done(self.run_source(SAY_IT, """
asked = {"p": "ping", "r": "roots/list", "e": "elicitation/create", "s": "sampling/createMessage", "x": "no/such"}
pending, answers = [], {}
def call(id, name, arguments, meta):
    pending.append(id)
    for key, method in asked.items(): say(id=key, method=method, params={})
usual = take
def take(message):
    if "method" in message: return usual(message)
    answers[message["id"]] = message.get("result") or message.get("error", {}).get("code") or "empty"
    if len(answers) == len(asked): text(pending[0], json.dumps(answers, sort_keys=True))
serve()
"""), '{"e": {"action": "decline"}, "p": "empty", "r": {"roots": []}, "s": -1, "x": -32601}\n')

    def test_pages_of_tools(self):
        self.assert_done(self.run_source(SAY_IT, """
usual, pages = take, {None: ([], ""), "": (TOOLS, "more"), "more": ([], None)}
def take(message):
    if message.get("method") != "tools/list": return usual(message)
    tools, cursor = pages[message["params"].get("cursor")]
    say(id=message["id"], result={"tools": tools, **({} if cursor is None else {"nextCursor": cursor})})
serve()
"""), 'echo{"text": "tea"}\n')

    def test_what_a_server_says_of_itself(self):
        self.assert_done(self.run_source("""
node about() -> json by mcp("it")
flow main() { about() -> a
  print("${a.server.name} ${a.tools[0].name}") }
"""), '"test" "echo"\n')

    def test_a_model_calls_tools(self):
        self.server()
        self.server_file()
        program = self.compile("## Says it again.\n" + ECHO + """
flow main() { llm("Say tea", tools: [echo]) >> print() }
""")
        with ModelMock(answers=[("Say tea", Answer(tool_calls=(ToolCall("echo", {"text": "tea"}),))),
                                ("", "done")]) as mock:
            done = self.run_flow(program, "--model", "gpt-4o-mini",
                                 env={"OPENAI_BASE_URL": mock.url, "OPENAI_API_KEY": "k"})
            self.assert_done(done, "done\n")
            self.assertEqual(mock.requests[1]["body"]["messages"][-1]["content"], 'echo{"text": "tea"}')


class Eras(McpCase):
    MODERN = """
def take(message):
    id, params = message.get("id"), message["params"]
    if message["method"] == "initialize":
        return say(id=id, error={"code": -32022, "message": "Unsupported protocol version",
                                 "data": {"supported": ["2026-07-28"], "requested": "2025-11-25"}})
    meta = params["_meta"]
    assert meta["io.modelcontextprotocol/protocolVersion"] == "2026-07-28", meta
    assert meta["io.modelcontextprotocol/clientCapabilities"] == {}, meta
    if message["method"] == "tools/list":
        return say(id=id, result={"tools": TOOLS, "resultType": "complete", "ttlMs": 0, "cacheScope": "private"})
    call(id, params["name"], params["arguments"], meta)
"""

    def test_a_modern_server(self):
        self.server(self.MODERN + "serve()\n")
        self.server_file()
        self.assert_done(self.flow(SAY_IT), 'echo{"text": "tea"}\n')
        self.assertEqual([each["method"] for each in self.heard()], ["initialize", "tools/list", "tools/call"])

    def test_an_argument_that_looks_like_a_part_of_a_message(self):
        tools = [tool("keep", what={})]
        self.server(self.MODERN + "serve()\n", tools)
        self.server_file(tools)
        self.assert_done(self.flow("""
node keep(what: json) -> str by mcp("it", "keep")
flow main() { keep({ "_meta": { "a": 1 } }) >> print() }
"""), 'keep{"what": {"_meta": {"a": 1}}}\n')

    def test_a_modern_server_that_wants_input(self):
        self.server(self.MODERN + """
def call(id, name, arguments, meta):
    say(id=id, result={"resultType": "input_required", "inputRequests": {}, "requestState": "s"})
serve()
""")
        self.server_file()
        self.assert_failed(self.flow(SAY_IT), "PF0914", WHO + "asks for input of a person")

    def test_a_version_that_nobody_knows(self):
        self.server("""
def take(message): say(id=message["id"], result={"protocolVersion": "1999-01-01", "capabilities": {}})
serve()
""")
        self.server_file()
        self.assert_failed(self.flow(SAY_IT), "PF0914", WHO + "speaks version `1999-01-01` of MCP")

    def test_a_server_that_refuses_to_begin(self):
        self.server("""
def take(message): say(id=message["id"], error={"code": -32000, "message": "licence expired"})
serve()
""")
        self.server_file()
        self.assert_failed(self.flow(SAY_IT), "PF0914", WHO + "refused to begin: licence expired (-32000)")


class Drift(McpCase):
    def drifts(self, before, after, what, source=SAY_IT):
        self.server(tools=after)
        self.server_file(before)
        done = self.flow(source)
        self.assert_failed(done, "PF0914", f"the tool `{before[0]['name']}` of {WHO}has changed: {what}")
        self.assertIn("`pflowc mcp add`", done.stderr)

    def test_a_tool_that_is_gone(self):
        self.drifts([tool("echo", text="string")], [tool("other")], "it is gone")

    def test_a_port_that_is_gone(self):
        self.drifts([tool("echo", text="string")], [tool("echo", words="string")], "the port `text` is gone")

    def test_a_port_of_another_type(self):
        self.drifts([tool("echo", text="string")], [tool("echo", text="integer")],
                    'the port `text` was {"type":"string",} and is {"type":"integer",}')

    def test_a_new_port_that_must_be_given(self):
        self.drifts([tool("echo", text="string")], [tool("echo", text="string", how="string")],
                    "there is a new port `how`, which must be given")

    def test_an_output_of_another_type(self):
        self.drifts([tool("tally", record(n="integer"), path="string")],
                    [tool("tally", record(n="string"), path="string")],
                    'the output `n` was {"type":"integer",} and is {"type":"string",}',
                    'node tally(path: str) -> (n: int) by mcp("it", "tally")\n'
                    'flow main() { tally("a") >> print() }\n')

    def test_words_and_more_tools_may_change(self):
        noted = tool("echo", text={"description": "what to say", "type": "string"}, more_="string")
        self.server(tools=[noted, tool("other")])
        self.server_file([tool("echo", text="string")])
        self.assert_done(self.flow(SAY_IT), 'echo{"text": "tea"}\n')


class Lifetime(McpCase):
    def test_another_try_starts_it_anew(self):
        self.server("""
first = not os.path.exists("tried")
open("tried", "w")
def call(id, name, arguments, meta):
    if first: os._exit(3)
    text(id, "there")
serve()
""")
        self.server_file()
        self.assert_done(self.flow(ECHO + 'flow main() { echo("a") with (retries: 1, wait: 1ms) >> print() }\n'),
                         "there\n")

    def test_a_cancelled_call_is_told_and_a_late_answer_passed_over(self):
        self.server("""
def call(id, name, arguments, meta):
    if arguments["text"] != "slow": text(id, "quick")
usual = take
def take(message):
    usual(message)
    if message["method"] == "notifications/cancelled": text(message["params"]["requestId"], "late")
serve()
""")
        self.server_file()
        self.assert_done(self.flow(ECHO + """
flow main() {
  echo("slow") with (timeout: 500ms, fallback: "none") -> a
  echo("b") -> b
  print("${a} ${b}")
}
"""), "none quick\n")

    def test_silence_is_bounded_and_progress_ends_it(self):
        self.server("""
def call(id, name, arguments, meta):
    if arguments["text"] == "slow": return
    for step in range(4):
        time.sleep(0.4)
        say(method="notifications/progress", params={"progressToken": meta["progressToken"], "progress": step})
    text(id, "long")
serve()
""")
        self.server_file()
        source = 'node echo(in text: str) -> str by mcp("it", "echo", silence: 1s)\n'
        self.assert_done(self.flow(source + 'flow main() { echo("long") >> print() }\n'), "long\n")
        self.assert_failed(self.flow(source + 'flow main() { echo("slow") >> print() }\n'), "PF0908",
                           WHO + "has said nothing of `echo` for 1 s")

    def test_nothing_is_left_running(self):
        marker = f"left-{uuid.uuid4()}"
        self.server(f"""
import signal, subprocess
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen(["sh", "-c", "trap '' TERM; sleep 600; : {marker}"])
serve()
time.sleep(600)
""")
        self.server_file(command="python3", args=["server.py", marker])
        self.assert_done(self.flow(SAY_IT), 'echo{"text": "tea"}\n')
        self.assertEqual(self.processes(marker), [])

    def test_it_gets_only_the_variables_that_are_named(self):
        self.server("""
def call(id, name, arguments, meta): text(id, " ".join(os.environ.get(n, "-") for n in "ABCD"))
serve()
""")
        self.server_file(command="python3", args=["server.py"],
                         env={"A": "text", "B": {"env": "OTHER"}, "C": {"key": "tea"}})
        (self.home / "keys.json").write_text('{"tea": "secret"}')
        done = self.run_flow(self.compile(SAY_IT), env={"OTHER": "passed", "D": "hidden"})
        self.assert_done(done, "text passed secret -\n")

    def test_a_key_that_is_not_set(self):
        self.server()
        self.server_file(command="python3", args=["server.py"], env={"C": {"key": "tea"}})
        done = self.flow(SAY_IT)
        self.assert_failed(done, "PF0902", "the server `it` needs the key `tea`, which is not set", 2)
        self.assertIn("TEA_API_KEY", done.stderr)


class BadServers(McpCase):
    def fails(self, text, headline, *helps, source=SAY_IT):
        self.server(text)
        self.server_file()
        done = self.flow(source)
        self.assert_failed(done, "PF0914", WHO + headline)
        for help_text in helps:
            self.assertIn(help_text, done.stderr)
        self.assertEqual(self.processes(str(self.folder / "server.py")), [])
        return done

    def test_a_banner_is_passed_over(self):
        self.server('print("Welcome to the server!\\n"); sys.stdout.flush()\nserve()\n')
        self.server_file()
        self.assert_done(self.flow(SAY_IT), 'echo{"text": "tea"}\n')

    def test_it_dies_at_its_start(self):
        self.fails('sys.exit("no module named tea")', "ended with exit code 1 before it was ready: no module named tea")

    def test_it_dies_in_a_call(self):
        self.fails("def call(*_): os._exit(7)\nserve()\n", "ended with exit code 7 before it answered")

    def test_it_prints_garbage_without_end(self):
        self.fails("while True: print('x' * 100)\n", "printed 100 lines that are no messages, as `xxx",
                   "is it a server of MCP?")

    def test_a_line_without_end(self):
        self.fails("while True: sys.stdout.write('x' * 65536)\n", "printed a line of more than 64 MB")

    def test_it_says_nothing(self):
        self.fails("time.sleep(600)\n", "was not ready within 500 ms", "`start: 5m`",
                   source='node echo(in text: str) -> str by mcp("it", "echo", start: 500ms)\n'
                          'flow main() { echo("tea") >> print() }\n')

    def test_it_answers_twice(self):
        self.fails("""
asked = []
def call(id, *_):
    asked.append(id)
    if len(asked) == 2:
        text(2, "a")
        text(2, "b")
serve()
""", "answered the request 2 twice", source=ECHO + 'flow main() { par { echo("a") -> a\necho("b") -> b }\nprint(a + b) }\n')

    def test_it_answers_another_request(self):
        self.fails('def call(id, *_): text(77, "a")\nserve()\n', "answered the request 77, which it was not asked")

    def test_it_fills_its_standard_error(self):
        self.server("""
def call(id, *_):
    for _ in range(1000): sys.stderr.write("y" * 1000 + "\\n")
    text(id, "full")
serve()
""")
        self.server_file()
        done = self.flow(SAY_IT)
        self.assert_done(done, "full\n")
        self.assertEqual(done.stderr, "")

    def test_it_closes_its_output(self):
        self.fails("sys.stdout.close(); os.close(1); time.sleep(600)\n", "closed its standard output before it answered")

    def test_pages_without_end(self):
        self.fails("""
usual = take
def take(message):
    if message.get("method") != "tools/list": return usual(message)
    say(id=message["id"], result={"tools": [], "nextCursor": "same"})
serve()
""", "tells tools without end")


if __name__ == "__main__":
    unittest.main()
