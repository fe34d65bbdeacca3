"""`pflowc mcp`: packages of the tools of servers, made, listed, compared and removed."""
import json
import subprocess
import unittest

from flow_case import PATIENCE, PFLOWC
from mcp_case import McpCase, record, tool


class PackageCase(McpCase):
    def mcp(self, *arguments, code=0, env=None):
        done = subprocess.run([PFLOWC, "mcp", *arguments], cwd=self.folder, env={**self.env, **(env or {})},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def add(self, tools, name="it", text="serve()\n", *options, **more):
        self.server(text, tools)
        return self.mcp("add", *options, name, "python3", "server.py", **more)

    def interface(self, name="it"):
        return (self.folder / "packages" / name / f"{name}.pf").read_text()

    def run_main(self, body, *arguments):
        return self.flow('import it\n' + body, *arguments)


class Packages(PackageCase):
    def test_added_and_called(self):
        done = self.add([tool("say-it", text="string", times_={"type": "integer", "default": 2})])
        self.assertEqual(done.stdout, "1 node in `packages/it/it.pf`\n")
        self.assertIn("node say_it(in text: str, times: int = 2) -> str by mcp(\"it\", \"say-it\")", self.interface())
        self.assertIn('name = "it"\nversion = "3.2.1"\npflow = 1\n',
                      (self.folder / "packages/it/package.toml").read_text())
        self.assert_done(self.run_main('flow main() { it.say_it("tea") >> print() }\n'),
                         'say-it{"text": "tea", "times": 2}\n')

    def test_docs_types_and_names(self):
        self.add([{
            "name": "find", "description": "Finds things.\n\nAll of them.",
            "annotations": {"readOnlyHint": True, "openWorldHint": False},
            "inputSchema": {
                "$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "required": ["in", "how"],
                "properties": {
                    "in": {"type": "string", "description": "Where"},
                    "how": {"enum": ["near", "far"]},
                    "max-items": {"type": ["integer", "null"]},
                    "at": {"$ref": "#/$defs/Point"},
                    "edits": {"type": "array", "items": {"type": "object", "required": ["old"], "properties": {
                        "old": {"type": "string"}, "new": {"type": "string", "default": "$"}}}},
                    "labels": {"type": "object", "additionalProperties": {"type": "number"}},
                    "any": {},
                    "tree": {"$ref": "#/$defs/Tree"}},
                "$defs": {
                    "Point": {"type": "object", "required": ["x"], "properties": {"x": {"type": "number"}}},
                    "Tree": {"type": "object", "properties": {"of": {"type": "array", "items": {"$ref": "#/$defs/Tree"}}}}}},
            "outputSchema": {"type": "object", "required": ["shape"], "properties": {"shape": {"oneOf": [
                {"type": "object", "required": ["kind", "r"],
                 "properties": {"kind": {"const": "circle"}, "r": {"type": "number"}}},
                {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "line"}}}]}}}}],
            text='def call(id, name, arguments, meta):\n'
                 '    text(id, "", structuredContent={"shape": {"kind": "circle", "r": len(json.dumps(arguments))}})\n'
                 'serve()\n')
        for part in ["## Finds things.\n##\n## All of them.\n## It changes nothing.\n",
                     "  ## Where\n  in_: str,\n", '  how: "near" | "far",\n', "  max_items: int? = none,\n",
                     "  at: Point? = none,\n", "  edits: [FindEditsItem]? = none,\n", "  labels: map<float>? = none,\n",
                     "  any: json? = none,\n", "  tree: Tree? = none,\n",
                     ') -> (shape: FindResultShape) by mcp("it", "find") repeatable\n',
                     'new: str = "\\$"', "of: [Tree]? = none",
                     'schema FindResultShapeCircle as "circle"',
                     'type FindResultShape = FindResultShapeCircle | FindResultShapeLine by "kind"']:
            self.assertIn(part, self.interface())
        self.assert_done(self.run_main("""
flow main() {
  it.find(in_: "a", how: "far", max_items: 3, edits: [it.FindEditsItem { old: "x" }], at: it.Point { x: 1.5 }) -> shape
  match shape { it.FindResultShapeCircle c => print(c.r), _ => print("no") }
}
"""), "96.0\n")

    def test_tools_that_cannot_be_nodes_are_left_out(self):
        done = self.add([tool("good", a="string"),
                         tool("far", a={"$ref": "https://example.com/a.json"}),
                         tool("lost", a={"$ref": "#/$defs/None"}),
                         {**tool("task"), "execution": {"taskSupport": "required"}}])
        self.assertIn("1 node in", done.stdout)
        self.assertIn("`far` is left out: its arguments cannot be typed: `a`: `$ref` points to "
                      "`https://example.com/a.json`, which is outside of the document", done.stdout)
        self.assertIn("`lost` is left out: its arguments cannot be typed: `a`: `$ref` points to `#/$defs/None`, which is "
                      "not there", done.stdout)
        self.assertIn("`task` is left out: it runs as a task of the server only", done.stdout)
        self.assertIn("# `task` is left out", self.interface())

    def test_names_that_are_taken(self):
        self.add([tool("print"), tool("get-it"), tool("get_it"), tool("json", error="string")])
        self.assert_done(self.run_main("flow main() { it.get_it2() >> print() }\n"), "get_it{}\n")

    def test_a_wrong_argument_is_an_error_at_compile_time(self):
        self.add([tool("echo", text="string")])
        path = self.folder / "flow.pf"
        path.write_text('import it\nflow main() { it.echo(txt: "tea") >> print() }\n')
        done = subprocess.run([PFLOWC, "check", "flow.pf"], cwd=self.folder, capture_output=True, text=True,
                              timeout=PATIENCE)
        self.assertIn("error[PF0502]: `echo` has no port `txt`", done.stderr)

    def test_list_show_and_remove(self):
        self.assertIn("no servers are added", self.mcp("list").stdout)
        self.add([tool("echo", text="string")])
        self.assertRegex(self.mcp("list").stdout, r"^it +1 tool +python3 \.\./\.\./server\.py\n$")
        listed = json.loads(self.mcp("list", "--json").stdout)
        self.assertEqual([(each["name"], each["tools"]) for each in listed], [("it", 1)])
        self.assertIn("node echo(in text: str) -> str", self.mcp("show", "it").stdout)
        self.assertIn("echo", json.loads(self.mcp("show", "--json", "it").stdout)["tools"])
        self.assertIn("did you mean `it`?", self.mcp("show", "itt", code=1).stderr)
        self.mcp("remove", "it")
        self.assertFalse((self.folder / "packages/it").exists())

    def test_test_says_what_has_changed(self):
        self.add([tool("echo", text="string"), tool("gone")])
        self.assertEqual(self.mcp("test", "it").stdout, "all tools of the package are as they were: 2\n")
        self.server(tools=[tool("echo", text="integer"), tool("new")])
        done = self.mcp("test", "it", code=1)
        self.assertIn("`echo`: the port `text` was", done.stdout)
        self.assertIn("`gone`: it is gone\n", done.stdout)
        self.assertIn("no nodes of the package are `new`\n", done.stdout)
        self.mcp("add", "it")
        self.assertIn("node echo(in text: int)", self.interface())
        self.assertEqual(self.mcp("test", "it").stdout, "all tools of the package are as they were: 2\n")

    def test_only_some_tools(self):
        self.server(tools=[tool("a"), tool("b"), tool("c")])
        self.mcp("add", "--only", "a", "--only", "c", "it", "python3", "server.py")
        self.assertEqual(sorted(json.loads((self.folder / "packages/it/it.mcp.json").read_text())["tools"]), ["a", "c"])
        self.assertIn("the server has no tool `d`",
                      self.mcp("add", "--only", "d", "it", "python3", "server.py", code=1).stderr)

    def test_what_stands_behind_the_name_is_the_servers(self):
        self.server(tools=[tool("a")])
        self.mcp("add", "it", "python3", "-u", "server.py", "--key", "x")
        self.assertIn("python3 -u ../../server.py --key x\n", self.mcp("list").stdout)

    def test_of_the_user(self):
        self.server(tools=[tool("a")])
        self.mcp("add", "--user", "it", "python3", "server.py")
        self.assertTrue((self.home / "packages/it/it.pf").exists())
        self.assertIn("server.py", self.mcp("list").stdout)

    def test_variables_and_keys(self):
        (self.home / "keys.json").write_text('{"tea": "secret"}')
        self.server("""
def call(id, name, arguments, meta): text(id, " ".join(os.environ.get(n, "-") for n in "ABC"))
serve()
""", [tool("a")])
        self.mcp("add", "--env", "A=1", "--env", "B", "--env-key", "C=tea", "it", "python3", "server.py")
        program = self.compile('import it\nflow main() { it.a() >> print() }\n')
        self.assert_done(self.run_flow(program, env={"B": "2"}), "1 2 secret\n")
        self.assertNotIn("secret", (self.folder / "packages/it/it.mcp.json").read_text())


class Refusals(PackageCase):
    def test_a_command_that_is_not_there(self):
        done = self.mcp("add", "it", "no-such-command", code=1)
        self.assertIn("the command `no-such-command` of the node `tools` is not on the PATH", done.stderr)
        self.assertFalse((self.folder / "packages").exists())

    def test_a_server_that_dies(self):
        done = self.add([], text="sys.exit('no licence')\n", code=1)
        self.assertIn("ended with exit code 1 before it was ready: no licence", done.stderr)

    def test_names_that_no_program_can_say(self):
        self.assertIn("`my-it` is no name for a server; one is as `my_it`",
                      self.mcp("add", "my-it", "python3", "server.py", code=1).stderr)

    def test_what_the_command_takes(self):
        self.assertIn("`pflowc mcp` takes `add NAME COMMAND …`", self.mcp("frobnicate", code=2).stderr)
        self.assertIn("there is no server `it` yet", self.mcp("add", "it", code=1).stderr)

    def test_files_of_servers_that_are_broken(self):
        for text, why in [("{", "line 1: it is no JSON"), ("[]", 'no object with a member `"server"'),
                          ('{"server": {}}', "is to have a `command` or a `url`"),
                          ('{"server": {"cmd": "a"}}', "its `server` has a member `cmd`"),
                          ('{"server": {"command": "a", "env": {"A": 1}}}', "`A` of its `env` is no text")]:
            with self.subTest(text):
                (self.folder / "it.mcp.json").write_text(text)
                (self.folder / "flow.pf").write_text('node a() -> str by mcp("it", "a")\nflow main() { a() >> print() }\n')
                done = subprocess.run([PFLOWC, "check", "flow.pf"], cwd=self.folder, capture_output=True, text=True,
                                      timeout=PATIENCE)
                self.assertIn("error[PF0525]", done.stderr)
                self.assertIn(why, done.stderr)


if __name__ == "__main__":
    unittest.main()
