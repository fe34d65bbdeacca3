"""An HTTP proxy on 127.0.0.1: CONNECT, and requests with whole addresses."""
import base64
import socket
import threading
import urllib.parse


class ProxyServer:
    """With `login`, `user:password` is asked for; `refuse` is a status for every request. `seen` has
    the request lines."""

    def __init__(self, login=None, refuse=None, tls=None):
        self.login, self.refuse, self.tls = login, refuse, tls
        self.seen = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
        self.port = self.listener.getsockname()[1]

    def url(self, login="", scheme="http"):
        return f"{scheme}://{login + '@' if login else ''}127.0.0.1:{self.port}"

    def __enter__(self):
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            with (self.tls.wrap_socket(connection, server_side=True) if self.tls
                  else connection) as client:
                self.one_request(client)
        except OSError:
            pass  # the client has gone

    def one_request(self, client):
        data = b""
        while b"\r\n\r\n" not in data:
            got = client.recv(65536)
            if not got:
                return
            data += got
        head, rest = data.split(b"\r\n\r\n", 1)
        first, *lines = head.decode("latin-1").split("\r\n")
        self.seen.append(first)
        headers = {name.lower(): value.strip() for name, value in
                   (line.split(":", 1) for line in lines)}
        status = self.refuse
        if self.login:
            wanted = "Basic " + base64.b64encode(self.login.encode()).decode()
            status = None if headers.get("proxy-authorization") == wanted else 407
        if status:
            client.sendall(b"HTTP/1.1 %d No\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                           b"Content-Length: 0\r\nConnection: close\r\n\r\n" % status)
            return
        method, target, _ = first.split(" ")
        if method == "CONNECT":
            host, port = target.rsplit(":", 1)
        else:
            url = urllib.parse.urlsplit(target)
            host, port = url.hostname, url.port
        with socket.create_connection((host.strip("[]"), int(port))) as server:
            if method == "CONNECT":
                client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            else:
                path = urllib.parse.urlunsplit(("", "", url.path or "/", url.query, ""))
                again = [f"{method} {path} HTTP/1.1", *lines, "Connection: close", "", ""]
                server.sendall("\r\n".join(again).encode("latin-1"))
            server.sendall(rest)
            back = threading.Thread(target=self.copy, args=(server, client), daemon=True)
            back.start()
            self.copy(client, server)
            back.join()

    @staticmethod
    def copy(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass
