"""An executable as an MCP server on its standard streams: `--mcp`."""
import json
import subprocess
import unittest

from serve_case import ServeCase, Session

MODERN = {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
          "io.modelcontextprotocol/clientCapabilities": {}}


class McpTest(ServeCase):
    def setUp(self):
        super().setUp()
        self.session = Session(self, self.compile(self.flows))
        self.addCleanup(self.close)

    def close(self):
        if self.session.process.poll() is None:
            self.session.process.kill()
        self.session.process.communicate()

    def error(self, answer, code, holds=""):
        self.assertEqual(answer["error"]["code"], code, answer)
        self.assertIn(holds, answer["error"]["message"])

    def tools(self):
        return {tool["name"]: tool for tool in self.session.ask("tools/list")["result"]["tools"]}

    def test_a_handshake(self):
        answer = self.session.ask("initialize", protocolVersion="2025-06-18", capabilities={},
                                  clientInfo={"name": "t", "version": "1"})
        self.assertEqual(answer["result"]["protocolVersion"], "2025-06-18")
        self.assertEqual(answer["result"]["serverInfo"]["name"], "flow")
        self.session.say({"jsonrpc": "2.0", "method": "notifications/initialized"})
        self.assertEqual(self.session.ask("ping", id="p")["result"], {})
        newest = self.session.ask("initialize", protocolVersion="1900-01-01")
        self.assertEqual(newest["result"]["protocolVersion"], "2025-11-25")
        self.assertEqual(self.session.end(), 0)

    def test_requests_that_stand_for_themselves(self):
        found = self.session.ask("server/discover", _meta=MODERN)["result"]
        self.assertEqual(found["supportedVersions"], ["2026-07-28"])
        self.assertEqual(found["resultType"], "complete")
        answer = self.session.call("echo", meta=MODERN, text="a")["result"]
        self.assertEqual(answer["structuredContent"], {"result": "a1"})
        self.assertEqual(answer["resultType"], "complete")
        self.assertEqual(self.session.ask("tools/list", _meta=MODERN)["result"]["ttlMs"], 0)
        other = {**MODERN, "io.modelcontextprotocol/protocolVersion": "2099-01-01"}
        refused = self.session.ask("tools/list", _meta=other)
        self.error(refused, -32022)
        self.assertEqual(refused["error"]["data"], {"supported": ["2026-07-28"], "requested": "2099-01-01"})
        self.error(self.session.ask("server/discover"), -32602, "_meta")
        self.error(self.session.ask("ping", _meta=MODERN), -32601)

    def test_flows_are_tools(self):
        tools = self.tools()
        self.assertEqual(list(tools), ["echo", "keep", "save", "letters", "wait", "broken", "main"])
        echo = tools["echo"]
        self.assertEqual(echo["description"], "Gives the text back.")
        self.assertEqual(echo["inputSchema"], {
            "type": "object", "required": ["text"], "additionalProperties": False,
            "properties": {"text": {"type": "string", "description": "What to say"},
                           "times": {"type": "integer", "default": 1}}})
        self.assertEqual(echo["outputSchema"], {
            "type": "object", "required": ["result"], "additionalProperties": False,
            "properties": {"result": {"type": "string"}}})
        self.assertEqual(echo["annotations"], {"readOnlyHint": True, "openWorldHint": False})
        self.assertFalse(tools["save"]["annotations"]["readOnlyHint"])
        self.assertTrue(tools["save"]["annotations"]["destructiveHint"])
        self.assertEqual(tools["save"]["outputSchema"]["required"], ["path", "size"])

    def test_types_that_hold_themselves(self):
        note = self.tools()["keep"]["inputSchema"]
        self.assertEqual(note["properties"]["note"], {"$ref": "#/$defs/Note"})
        members = note["$defs"]["Note"]
        self.assertEqual(members["required"], ["title"])
        self.assertEqual(members["properties"]["tags"]["default"], ["new"])
        answer = self.session.call("keep", note={"title": "a", "parent": {"title": "b"}})["result"]
        self.assertEqual(answer["structuredContent"]["parent"]["title"], "b")
        self.assertEqual(json.loads(answer["content"][0]["text"]), answer["structuredContent"])

    def test_results(self):
        self.assertEqual(self.session.call("echo", text="é")["result"], {
            "content": [{"type": "text", "text": "é1"}], "structuredContent": {"result": "é1"}})
        saved = self.session.call("save", name="f")["result"]
        self.assertEqual(saved["structuredContent"], {"path": "f", "size": 4})
        self.assertEqual((self.work / "f").read_text(), "kept")
        self.assertEqual(self.session.call("letters", to=3)["result"]["structuredContent"],
                         {"result": ["a", "b", "c"]})

    def test_failures_are_results(self):
        for answer, words in [
            (self.session.call("broken", file="none"), "io: cannot read `none`"),
            (self.session.call("echo", text=7), "the arguments do not fit: $.text: expected str, found int"),
            (self.session.call("echo"), "the arguments do not fit: $.text: expected str, found nothing"),
            (self.session.call("echo", text="a", tims=2),
             "there is no parameter `tims`; one with a similar name exists: `times`"),
        ]:
            self.assertTrue(answer["result"]["isError"])
            self.assertIn(words, answer["result"]["content"][0]["text"])
            self.assertNotIn("structuredContent", answer["result"])
        self.assertEqual(self.session.end(), 0)
        self.assertIn("error[PF0904]: cannot read `none`", self.session.err)

    def test_what_is_no_request(self):
        for line, code in [
            ("garbage", -32700),
            ('{"jsonrpc":"2.0","id":1', -32700),
            ("[" * 5000, -32700),
            ('[{"jsonrpc":"2.0","id":1,"method":"ping"}]', -32600),
            ("17", -32600),
            ('{"id":1,"method":"ping"}', -32600),
            ('{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600),
            ('{"jsonrpc":"2.0","id":1}', -32600),
            ('{"jsonrpc":"2.0","id":1,"method":"no/such"}', -32601),
            ('{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}', -32602),
            ('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}', -32602),
            ('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":[]}}', -32602),
            ('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}', -32602),
        ]:
            with self.subTest(line[:60]):
                self.session.say(line)
                self.error(self.session.hear(), code)
        self.error(self.session.call("ecko", text=""), -32602, "a similar name exists: `echo`")
        self.error(self.session.call("hidden"), -32602, "there is no flow `hidden`")
        # None of these is answered.
        self.session.say("")
        self.session.say({"jsonrpc": "2.0", "id": 4, "result": {}})
        self.session.say({"jsonrpc": "2.0", "method": "notifications/unknown"})
        self.assertEqual(self.session.ask("ping")["result"], {})

    def test_a_message_that_is_too_long(self):
        other = Session(self, self.folder / "flow")
        other.process.kill()
        other.process.communicate()
        self.env["PFLOW_SERVE_BODY"] = "1000"
        small = Session(self, self.folder / "flow")
        small.say(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"x": "x" * 5000}}))
        self.error(small.hear(), -32600, "too long")
        self.assertEqual(small.ask("ping")["result"], {})
        self.assertEqual(small.end(), 0)

    def test_what_flows_print_is_no_message(self):
        self.assertEqual(self.session.call("main")["result"]["structuredContent"], {"result": "main"})
        self.assertEqual(self.session.end(), 0)
        self.assertIn("printed\n", self.session.err)

    def test_progress_and_cancellation(self):
        self.session.say({"jsonrpc": "2.0", "id": "w", "method": "tools/call",
                          "params": {"name": "wait", "arguments": {"name": "a"}, "_meta": {"progressToken": 5}}})
        told = self.session.hear()
        self.assertEqual(told["method"], "notifications/progress")
        self.assertEqual(told["params"]["progressToken"], 5)
        self.assertEqual(told["params"]["progress"], 1)
        self.assertIn("print", told["params"]["message"])
        self.session.say({"jsonrpc": "2.0", "id": "x", "method": "tools/call",
                          "params": {"name": "echo", "arguments": {"text": "beside"}}})
        self.assertEqual(self.hear_answer()["id"], "x")
        self.session.say({"jsonrpc": "2.0", "id": "w", "method": "tools/call",
                          "params": {"name": "echo", "arguments": {"text": "twice"}}})
        self.error(self.hear_answer(), -32600, "in flight")
        self.session.say({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": "w"}})
        self.session.say({"jsonrpc": "2.0", "id": "y", "method": "ping"})
        self.assertEqual(self.hear_answer()["id"], "y")
        self.assertEqual(self.session.end(), 0)

    def hear_answer(self):
        while "id" not in (message := self.session.hear()):
            pass
        return message

    def test_the_end_of_input_finishes_what_is_in_flight(self):
        lines = "".join(json.dumps({"jsonrpc": "2.0", "id": id, "method": "tools/call",
                                    "params": {"name": "echo", "arguments": {"text": "t"}}}) + "\n"
                        for id in range(200))
        requests = self.folder / "requests"
        requests.write_text(lines)
        with open(requests, encoding="utf-8") as file:
            done = subprocess.run([self.folder / "flow", "--mcp"], stdin=file, capture_output=True, text=True,
                                  timeout=120, env=self.env, cwd=self.work, check=True)
        self.assertEqual([json.loads(line)["id"] for line in done.stdout.splitlines()], list(range(200)))
        piped = self.run_flow(self.folder / "flow", "--mcp", stdin=lines)
        self.assertEqual(piped.stdout, done.stdout)

    def test_a_signal_ends_it(self):
        self.session.say({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {
            "name": "wait", "arguments": {"name": "a"}, "_meta": {"progressToken": 1}}})
        self.session.hear()
        self.session.process.terminate()
        self.assertEqual(self.session.process.wait(120), 143)


class RunTest(ServeCase):
    def test_run_links_what_serves(self):
        import os
        path = self.folder / "flow.pf"
        path.write_text(self.flows)
        done = subprocess.run([os.environ["PFLOWC"], "run", "flow.pf", "--mcp"], cwd=self.folder, env=self.env,
                              input='{"jsonrpc":"2.0","id":1,"method":"ping"}\n', capture_output=True, text=True,
                              timeout=120)
        self.assertEqual(done.stdout, '{"jsonrpc":"2.0","id":1,"result":{}}\n', done.stderr)
        plain = subprocess.run([os.environ["PFLOWC"], "run", "flow.pf", "--text", "x"], cwd=self.folder, env=self.env,
                               capture_output=True, text=True, timeout=120)
        self.assertEqual(plain.stdout, "printed\nx\n", plain.stderr)


if __name__ == "__main__":
    unittest.main()
