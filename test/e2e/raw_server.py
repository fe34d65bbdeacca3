"""An HTTP/1.1 server on 127.0.0.1 that answers byte for byte what a test says."""
import fcntl
import socket
import struct
import sys
import termios
import threading
import time

CLOSE, RESET = "close", "reset"


def ok(body=b"", headers="", status="200 OK"):
    """An answer with its length."""
    return f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode("latin-1") + body


class Request:
    def __init__(self, head, connection, socket):
        self.socket = socket
        first, *lines = head.decode("latin-1").split("\r\n")
        self.method, self.path = first.split(" ")[:2]
        self.headers = {name.lower(): value.strip()
                        for name, value in (line.split(":", 1) for line in lines)}
        self.body = b""
        self.connection = connection  # 1, 2, … in the order of the connections

    def wait_until_stuck(self):
        """Until the client cannot send more of a large body that nobody reads."""
        unread = -1
        while unread != (unread := self.unread()):
            time.sleep(0.1)

    def unread(self):
        return int.from_bytes(fcntl.ioctl(self.socket, termios.FIONREAD, bytes(4)), sys.byteorder)


class RawServer:
    """`answer(request)` gives bytes, or (bytes, CLOSE or RESET) for what the connection does
    behind them. `early(request)`, asked before the body is read, gives the same or None. With `tls`,
    an ssl.SSLContext, it speaks HTTPS; `url` then names `localhost`."""

    def __init__(self, answer, early=lambda request: None, tls=None):
        self.answer, self.early, self.tls = answer, early, tls
        self.seen = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
        self.port = self.listener.getsockname()[1]
        self.url = f"https://localhost:{self.port}" if tls else f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
        self.listener.close()

    def accept(self):
        number = 0
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            number += 1
            threading.Thread(target=self.serve, args=(connection, number), daemon=True).start()

    def serve(self, connection, number):
        try:
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
        except OSError:
            return connection.close()  # the client does not trust it
        with connection:
            left = b""
            while left is not None:
                left = self.one_request(connection, number, left)

    def one_request(self, connection, number, left):
        """What stands behind the request, or None when the connection ends."""
        while b"\r\n\r\n" not in left:
            left = self.more(connection, left)
            if left is None:
                return None
        head, left = left.split(b"\r\n\r\n", 1)
        request = Request(head, number, connection)
        self.seen.append(request)
        answer = self.early(request)
        if answer is None:
            need = int(request.headers.get("content-length", 0))
            while len(left) < need:
                left = self.more(connection, left)
                if left is None:
                    return None
            request.body, left = left[:need], left[need:]
            answer = self.answer(request)
        data, end = answer if isinstance(answer, tuple) else (answer, None)
        if end == RESET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        try:
            connection.sendall(data)
        except OSError:
            return None  # the client wants no more
        return None if end else left

    @staticmethod
    def more(connection, left):
        try:
            got = connection.recv(65536)
        except OSError:
            return None
        return left + got if got else None
