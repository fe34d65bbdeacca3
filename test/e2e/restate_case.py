"""What the tests of endpoints share: the Restate server from npm, and executables that it calls."""
import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import urllib.error
import urllib.request

import sdk_modules
from flow_case import PATIENCE, FlowCase

PACKAGES = pathlib.Path(__file__).resolve().parent / "restate"


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [taken.getsockname()[1] for taken in sockets]
    for taken in sockets:
        taken.close()
    return ports


def quiet_port():
    """One that no client is given while an endpoint that listened there is down."""
    while True:
        port = random.randrange(20_000, 32_000)
        try:
            socket.create_server(("127.0.0.1", port)).close()
            return port
        except OSError:
            continue


def ask(method, url, body=None, headers=None):
    """Status, and the body as a value; as text where it is no JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", "Accept": "application/json",
                                                 **(headers or {})}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            status, text = answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read().decode()
    try:
        return status, json.loads(text)
    except ValueError:
        return status, text


class RestateServer:
    """Of one folder, where it goes on after an end."""

    def __init__(self, folder, **settings):
        self.folder = folder
        self.ingress, self.admin, node = free_ports(3)
        self.env = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "RESTATE_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "1",
                    "RESTATE_INGRESS__BIND_PORT": str(self.ingress), "RESTATE_ADMIN__BIND_PORT": str(self.admin),
                    "RESTATE_BIND_PORT": str(node), "RESTATE_LOG_FILTER": "warn",
                    "RESTATE_WORKER__INVOKER__RETRY_POLICY__INITIAL_INTERVAL": "20ms",
                    "RESTATE_DEFAULT_RETRY_POLICY__INITIAL_INTERVAL": "20ms",
                    "RESTATE_DEFAULT_RETRY_POLICY__MAX_INTERVAL": "100ms", **settings}

    def start(self):
        program = next(sdk_modules.modules(PACKAGES).glob("@restatedev/restate-server-*/bin/restate-server"))
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [program, "--listen-mode", "tcp", "--bind-ip", "127.0.0.1", "--base-dir", self.folder / "data", "--no-logo",
                 "--node-name", "judge"], env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def is_up(self):
        """Whether all that it consists of answers."""
        try:
            return (ask("GET", f"http://127.0.0.1:{self.ingress}/restate/health")[0] == 200 and
                    self.query("select id from sys_invocation limit 1")[0] == 200)
        except OSError:
            return False

    def query(self, sql):
        return ask("POST", f"http://127.0.0.1:{self.admin}/query", {"query": sql})

    def kill(self):
        self.process.kill()
        self.process.wait()


class RestateCase(FlowCase):
    options = ["--with", "restate"]

    def restate(self, **settings):
        """A server of its own for this test."""
        folder = self.folder / "restate"
        folder.mkdir()
        self.server = RestateServer(folder, **settings)
        self.go_on()
        self.addCleanup(lambda: self.server.kill())
        return self.server

    def go_on(self):
        self.server.start()
        self.wait_until(self.server.is_up, "the Restate server")

    def endpoint(self, program, address=None, **env):
        """A process that the server can call; its port is `port`. What was killed may hold that for a moment."""
        address = quiet_port() if address is None else address
        started = []

        def listens():
            process = self.start(program, "--restate", str(address), env=env)
            self.addCleanup(self.end, process)
            line = process.stdout.readline()
            if not line and "address already in use" in self.end(process)[1]:
                return False
            self.assertTrue(line.startswith("listening on http://"), line)
            process.port = int(line.rsplit(":", 1)[1])
            started.append(process)
            return True
        self.wait_until(listens, "the endpoint")
        return started[0]

    def end(self, process, number=signal.SIGKILL):
        """Its exit code and what it wrote on standard error."""
        if process.returncode is None:
            os.kill(process.pid, number)
            process.out, process.err = process.communicate(timeout=PATIENCE)
        return process.returncode, process.err

    def register(self, endpoint, **more):
        status, body = ask("POST", f"http://127.0.0.1:{self.server.admin}/deployments",
                           {"uri": f"http://127.0.0.1:{endpoint.port}", **more})
        self.assertIn(status, (200, 201), body)
        return body

    def call(self, handler, arguments=None, **headers):
        return ask("POST", f"http://127.0.0.1:{self.server.ingress}/flow/{handler}", arguments or {}, headers)

    def send(self, handler, arguments=None):
        """The id of the invocation, which goes on by itself."""
        status, body = ask("POST", f"http://127.0.0.1:{self.server.ingress}/flow/{handler}/send", arguments or {})
        self.assertEqual(status, 202, body)
        return body["invocationId"]

    def result(self, invocation):
        """Waits for the end."""
        return ask("GET", f"http://127.0.0.1:{self.server.ingress}/restate/invocation/{invocation}/attach")

    def query(self, sql):
        """The rows; a server that has just come back needs a moment."""
        answers = []
        self.wait_until(lambda: answers.append(self.server.query(sql)) or answers[-1][0] == 200, f"an answer to {sql}")
        return answers[-1][1]["rows"]

    def status(self, invocation):
        rows = self.query(f"select status from sys_invocation where id = '{invocation}'")
        return rows[0]["status"] if rows else None

    def outcomes(self, invocation):
        """What the server holds of steps that are over."""
        rows = self.query(f"select entry_json from sys_journal where id = '{invocation}' and entry_type = 'Notification: Run'")
        results = [json.loads(row["entry_json"])["Notification"]["Completion"]["Run"]["result"] for row in rows]
        return [json.loads(bytes(result["Success"])) for result in results]

    def ledger(self):
        path = self.work / "ledger"
        return path.read_text().split() if path.exists() else []
