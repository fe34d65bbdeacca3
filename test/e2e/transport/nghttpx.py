"""nghttpx in front of an HTTP/1.1 server: HTTP/2 and TLS on 127.0.0.1."""
import socket
import subprocess
import time


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


class Nghttpx:
    """`connections()`: the ports of the clients, with what each speaks, of all answered so far."""

    def __init__(self, folder, backend_port, certificate, streams=100):
        self.folder, self.backend, self.certificate = folder, backend_port, certificate
        self.streams = streams
        self.log = folder / "nghttpx.log"
        self.process = None

    def __enter__(self):
        for _ in range(5):  # another program may take the port before it does
            if self.start(free_port()):
                return self
        raise RuntimeError("nghttpx did not start")

    def start(self, port):
        self.port = port
        self.process = subprocess.Popen(
            ["nghttpx", "--conf=/dev/null", "--single-process", f"-f127.0.0.1,{port}",
             f"-b127.0.0.1,{self.backend}", f"--accesslog-file={self.log}",
             "--accesslog-format=$remote_port $alpn", "--backlog=2048",
             f"--frontend-http2-max-concurrent-streams={self.streams}",
             f"--errorlog-file={self.folder / 'nghttpx.errors'}",
             self.certificate.key, self.certificate.file],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return True
            except OSError:
                time.sleep(0.02)
        return False

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    @property
    def url(self):
        return f"https://localhost:{self.port}"

    def connections(self):
        lines = self.log.read_text().split("\n") if self.log.exists() else []
        return {tuple(line.split()) for line in lines if line}
