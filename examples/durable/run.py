"""A Restate server, two processes of `durable` behind one address, and a thousand items. One process is killed while
it works."""
import collections
import concurrent.futures
import json
import pathlib
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request

ITEMS = 1000
HERE = pathlib.Path.cwd()


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [taken.getsockname()[1] for taken in sockets]
    for taken in sockets:
        taken.close()
    return ports


def ask(method, port, path, body=None):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", json.dumps(body).encode() if body else None,
                                     {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or "null")


def until(fact):
    while True:
        try:
            if done := fact():
                return done
        except OSError:
            pass
        time.sleep(0.05)


class Restate:
    """The server, with its data in a folder of its own."""

    def __init__(self, folder):
        program = next(HERE.glob("node_modules/@restatedev/restate-server-*/bin/restate-server"))
        self.ingress, self.admin, node = free_ports(3)
        self.process = subprocess.Popen(
            [program, "--listen-mode", "tcp", "--bind-ip", "127.0.0.1", "--base-dir", folder, "--no-logo"],
            env={"PATH": "/usr/bin:/bin", "HOME": folder, "RESTATE_DISABLE_TELEMETRY": "true",
                 "RESTATE_LOG_FILTER": "error", "RESTATE_INGRESS__BIND_PORT": str(self.ingress),
                 "RESTATE_ADMIN__BIND_PORT": str(self.admin), "RESTATE_BIND_PORT": str(node)},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: urllib.request.urlopen(f"http://127.0.0.1:{self.admin}/health").status == 200)
        until(lambda: urllib.request.urlopen(f"http://127.0.0.1:{self.ingress}/restate/health").status == 200)


class Balancer:
    """One address for several: connections go to each of those that live, in turn."""

    def __init__(self):
        self.behind = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.socket.accept()
            for _ in range(len(self.behind)):
                self.behind.append(self.behind.pop(0))
                try:
                    server = socket.create_connection(("127.0.0.1", self.behind[-1]))
                except OSError:
                    continue
                for ends in ((client, server), (server, client)):
                    threading.Thread(target=self.pass_on, args=ends, daemon=True).start()
                break
            else:
                client.close()

    @staticmethod
    def pass_on(source, target):
        try:
            while piece := source.recv(65536):
                target.sendall(piece)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def endpoint():
    process = subprocess.Popen(["./durable", "--restate", "0"], stdout=subprocess.PIPE, text=True)
    process.port = int(process.stdout.readline().rsplit(":", 1)[1])
    return process


def work(server, processes):
    """The lines of all items. The first process is killed when some of them are there."""
    finished = {}

    def one(number):
        finished[number] = ask("POST", server.ingress, "/durable/item", {"number": number})
    with concurrent.futures.ThreadPoolExecutor(100) as pool:
        items = [pool.submit(one, number) for number in range(1, ITEMS + 1)]
        until(lambda: len(finished) >= ITEMS // 3)
        done = set(finished)
        processes[0].kill()
        print("a process is killed")
        for item in items:
            item.result()
    return finished, done


def main():
    pathlib.Path("results").mkdir(exist_ok=True)
    pathlib.Path("begun").unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        server, balancer = Restate(folder), Balancer()
        processes = [endpoint(), endpoint()]
        try:
            balancer.behind = [process.port for process in processes]
            ask("POST", server.admin, "/deployments", {"uri": f"http://127.0.0.1:{balancer.port}"})
            print(f"{ITEMS} items, two processes")
            lines, done = work(server, processes)
        finally:
            for process in (*processes, server.process):
                process.kill()
                process.wait()
    begun = collections.Counter(int(word) for word in pathlib.Path("begun").read_text().split())
    right = sum(lines[n] == f"{n} {n * n}" and pathlib.Path(f"results/{n}").read_text() == str(n * n) for n in lines)
    print(f"right results: {right}")
    print(f"done again after they were finished: {sum(begun[n] > 1 for n in done)}")


main()
