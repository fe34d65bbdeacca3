"""Frames of HTTP/2, written and read by hand: what no client would send."""
import socket
import struct

from flow_case import PATIENCE

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = 0, 1, 2, 3, 4, 6, 7, 8, 9
END_STREAM, ACK, END_HEADERS = 1, 1, 4
NO_ERROR, PROTOCOL_ERROR, REFUSED_STREAM, CANCEL, ENHANCE_YOUR_CALM = 0, 1, 7, 8, 11
WINDOW = 65535

# The first byte of a head, when the status is one that HPACK knows.
STATUSES = {0x88: 200, 0x89: 204, 0x8C: 400, 0x8D: 404, 0x8E: 500}


def frame(kind, flags=0, stream=0, payload=b""):
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def field(name, value):
    """A header as HPACK takes it in plain: neither indexed nor packed."""
    def text(bytes_):
        prefix, rest = (bytes([len(bytes_)]), b"") if len(bytes_) < 127 else (b"\x7f", b"")
        left = len(bytes_) - 127
        while prefix == b"\x7f" and left >= 128:
            rest += bytes([left % 128 + 128])
            left //= 128
        return prefix + (rest + bytes([left]) if prefix == b"\x7f" else b"") + bytes_
    return b"\0" + text(name.encode()) + text(value.encode())


def head(method="POST", path="/flows/echo", authority="localhost", **more):
    fields = [(":method", method), (":scheme", "http"), (":path", path), (":authority", authority), *more.items()]
    return b"".join(field(name, value) for name, value in fields)


def kinds(got):
    """The kinds of the frames in these bytes."""
    found = []
    while len(got) >= 9:
        found.append(got[3])
        got = got[9 + int.from_bytes(got[:3], "big"):]
    return found


class Http2Link:
    """A connection on which the preface and empty settings were sent."""

    def __init__(self, case):
        self.socket = socket.create_connection(("127.0.0.1", case.port), timeout=PATIENCE)
        case.addCleanup(self.socket.close)
        self.send(PREFACE + frame(SETTINGS))

    def send(self, frames):
        self.socket.sendall(frames)

    def ask(self, stream, path, body=b"{}", **more):
        self.send(frame(HEADERS, END_HEADERS, stream, head(path=path, **more))
                  + frame(DATA, END_STREAM, stream, body))

    def bytes(self, count):
        got = b""
        while len(got) < count:
            piece = self.socket.recv(count - len(got))
            if not piece:
                raise EOFError
            got += piece
        return got

    def frame(self):
        """Kind, flags, stream, payload."""
        start = self.bytes(9)
        return start[3], start[4], struct.unpack(">I", start[5:9])[0], self.bytes(int.from_bytes(start[:3], "big"))

    def until(self, kind, stream=0):
        """The next frame of a kind, on a stream: its flags and payload."""
        while True:
            got, flags, at, payload = self.frame()
            if (got, at) == (kind, stream) and not (kind == SETTINGS and flags & ACK):
                return flags, payload

    def body(self, stream):
        """All data of a stream, to its end."""
        body = []
        while True:
            flags, payload = self.until(DATA, stream)
            body.append(payload)
            if flags & END_STREAM:
                return b"".join(body)

    def error(self, kind, stream=0):
        """The error code of a RST_STREAM or GOAWAY."""
        payload = self.until(kind, stream)[1]
        return struct.unpack(">I", payload[0:4] if kind == RST_STREAM else payload[4:8])[0]

    def widen(self, stream, count):
        self.send(frame(WINDOW_UPDATE, stream=stream, payload=struct.pack(">I", count)))

    def reset(self, stream, error=CANCEL):
        self.send(frame(RST_STREAM, stream=stream, payload=struct.pack(">I", error)))

    def rest(self):
        """What still comes, until the server closes; a server may cut what it no longer reads."""
        got = b""
        try:
            while piece := self.socket.recv(65536):
                got += piece
        except ConnectionError:
            pass
        return got
