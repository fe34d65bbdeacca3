"""What the tests of executables that serve share: the flows, a server, requests, and an MCP session."""
import http.client
import json
import signal
import socket
import subprocess
from contextlib import contextmanager

from flow_case import PATIENCE, FlowCase

FLOWS = """schema Note {
  ## One line
  title: str
  tags: [str] = ["new"]
  parent: Note? = none
}

## Gives the text back.
flow echo(
  ## What to say
  text: str,
  times: int = 1,
) -> said {
  let said = "${text}${times}"
}

## Keeps a note.
flow keep(note: Note, loud: bool = false) -> kept {
  let kept = note
}

## Writes a file.
flow save(name: str) -> (path: path, size: int) {
  write_file(name, "kept")
  let path = name
  let size = 4
}

## Gives some letters.
flow letters(to: int) -> (numbers: stream<str>) {
  let numbers: stream<str> = ["a", "b", "c"]
}

## Waits.
flow wait(name: str) -> done {
  print("begun ${name}")
  sleep(5m)
  let done = "late"
}

## Fails.
flow broken(file: str) -> text {
  read_file(file) -> text
}

flow hidden() -> x {
  let x = 1
}

flow main(text: str = "main") -> said {
  print("printed")
  let said = text
}
"""


class ServeCase(FlowCase):
    options = ["--with", "serve"]
    flows = FLOWS

    @contextmanager
    def serving(self, *arguments, address="0", program=None, **env):
        """A server; its port is `self.port`. It is ended by a signal, and has to end well."""
        program = program or self.compile(self.flows)
        server = self.start(program, "--serve", address, *arguments, env=env)
        try:
            line = server.stdout.readline()
            self.assertTrue(line.startswith("listening on http://"), line + (server.stderr.read() if not line else ""))
            self.port = int(line.rsplit(":", 1)[1])
            yield server
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.out, server.err = server.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                server.kill()
                server.communicate()
                self.fail("the server did not end")

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def ask(self, method, path, body=None, headers=None, raw=False):
        """Status, body (as a value), headers."""
        connection = self.connection()
        if body is not None and not isinstance(body, (str, bytes)):
            body = json.dumps(body)
        connection.request(method, path, body, {"Content-Type": "application/json", **(headers or {})})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text if raw else json.loads(text), answer.headers

    def call(self, flow, **arguments):
        status, body, _ = self.ask("POST", f"/flows/{flow}", arguments)
        return status, body

    def socket(self):
        link = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        self.addCleanup(link.close)
        return link

    def exchange(self, sent):
        """All that comes back for these bytes until the server closes."""
        link = self.socket()
        link.sendall(sent)
        got = b""
        while piece := link.recv(65536):
            got += piece
        return got


class Session:
    """An MCP client on the standard streams of an executable."""

    def __init__(self, case, program, *arguments):
        self.case = case
        self.process = case.start(program, "--mcp", *arguments, stdin=subprocess.PIPE)

    def say(self, message):
        text = message if isinstance(message, str) else json.dumps(message)
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    def hear(self):
        line = self.process.stdout.readline()
        self.case.assertTrue(line, "the server has ended")
        return json.loads(line)

    def ask(self, method, /, id=1, **params):
        self.say({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
        return self.hear()

    def call(self, name, /, id=1, meta=None, **arguments):
        more = {"_meta": meta} if meta else {}
        return self.ask("tools/call", id=id, name=name, arguments=arguments, **more)

    def end(self):
        """What was printed, and the exit code."""
        out, self.err = self.process.communicate(timeout=PATIENCE)
        self.case.assertEqual(out, "")
        return self.process.returncode
