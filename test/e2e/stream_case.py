"""What the tests of streamed answers share."""
import json
import os
import socket

from flow_case import PATIENCE
from raw_server import CLOSE
from test_providers import ProviderCase

LONG = " ".join(f"w{i}" for i in range(40))


def sse(*events):
    return "".join(f"data: {event}\n\n" for event in events)


def chunk(text, finish=None):
    """Of chat completions."""
    return json.dumps({"model": "m", "choices": [{"index": 0, "delta": {"content": text},
                                                  "finish_reason": finish}]}, ensure_ascii=False)


def reply(body, headers="Content-Type: text/event-stream\r\n", status="200 OK"):
    """Its end is that of the connection."""
    return (f"HTTP/1.1 {status}\r\n{headers}Connection: close\r\n\r\n".encode() + body, CLOSE)


class StreamCase(ProviderCase):
    def script(self, answer):
        self.mock.script.pairs.clear()
        self.mock.script.on("", answer)

    def start(self, *arguments, **options):
        process = super().start(*arguments, **options)
        self.addCleanup(self.stop, process)
        return process

    @staticmethod
    def stop(process):
        """What a test that fails has left; by SIGTERM it takes its commands with it."""
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=PATIENCE)
        process.stdout.close()
        process.stderr.close()

    def read_until(self, process, text):
        """What has come on standard output, once that holds `text`."""
        got = ""
        while text not in got:
            piece = os.read(process.stdout.fileno(), 4096).decode()
            self.assertTrue(piece, f"the output ended with {got!r}")
            got += piece
        return got

    def caught(self, call):
        """A program that prints the error of the call, and the text that had come."""
        return self.compile(f"""flow main(m: str) {{
  {call} with (retries: 0) as asking
  asking - "error" >> print("${{error.kind}}|${{error.message}}|${{error.data.text}}")
}}
""")


class Stepped:
    """A server for one connection that sends what the test says, when it says it."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = "http://127.0.0.1:%d" % self.listener.getsockname()[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()
        self.listener.close()

    def accept(self):
        """Reads the request and sends the head of a stream that has no length."""
        self.connection, _ = self.listener.accept()
        self.connection.settimeout(PATIENCE)
        head = b""
        while b"\r\n\r\n" not in head:
            head += self.connection.recv(65536)
        self.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")

    def send(self, text):
        self.connection.sendall(text.encode())

    def close(self):
        self.connection.close()

    def wait_for_the_end(self):
        """Until the client has closed the connection."""
        try:
            while self.connection.recv(65536):
                pass
        except ConnectionResetError:
            pass
        self.connection.close()
