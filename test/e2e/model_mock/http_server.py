"""An HTTP/1.1 server on 127.0.0.1 for thousands of connections: asyncio in a thread of its own."""
import asyncio
import http
import json
import socket
import struct
import threading
import traceback
import urllib.parse

LONGEST_HEAD = 1 << 20
WAITING = 4096  # connections not yet accepted


class Gone(Exception):
    """The connection carries nothing more."""


class Request:
    def __init__(self, head, body):
        first, *lines = head.decode("latin-1").split("\r\n")
        self.method, self.target, _ = first.split(" ", 2)
        path, _, query = self.target.partition("?")
        self.path = urllib.parse.unquote(path)
        self.query = dict(urllib.parse.parse_qsl(query))
        pairs = (line.split(":", 1) for line in lines if line)
        self.headers = {name.strip().lower(): value.strip() for name, value in pairs}
        self.body = body

    @property
    def json(self):
        """The body as a value, or as text when it is no JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return self.body.decode("utf-8", "replace")


class Connection:
    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    async def request(self):
        """The next request, None at the orderly end."""
        try:
            head = await self.reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return None
        request = Request(head[:-4], b"")
        if request.headers.get("expect", "").lower() == "100-continue":
            self.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        if "chunked" in request.headers.get("transfer-encoding", ""):
            request.body = await self.chunked_body()
        else:
            request.body = await self.reader.readexactly(int(request.headers.get("content-length", 0)))
        return request

    async def chunked_body(self):
        body = b""
        while size := int(await self.reader.readuntil(b"\r\n"), 16):
            body += (await self.reader.readexactly(size + 2))[:-2]
        await self.reader.readuntil(b"\r\n")
        return body

    async def write(self, data):
        self.writer.write(data)
        await self.writer.drain()

    async def head(self, status, headers):
        try:
            reason = http.HTTPStatus(status).phrase
        except ValueError:
            reason = "Overloaded" if status == 529 else "Unknown"
        lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in headers)]
        await self.write("\r\n".join([*lines, "", ""]).encode("latin-1"))

    async def chunk(self, data):
        """A part of a body without a length; an empty one ends it."""
        await self.write(b"%x\r\n%b\r\n" % (len(data), data))

    def close(self):
        self.writer.close()
        raise Gone

    def reset(self):
        """Ends at once, not in order."""
        raw = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()
        raise Gone

    async def silence(self):
        """Until the client goes away or the server stops."""
        await self.reader.read(1)
        self.close()


class HttpServer:
    """`answer(request, connection)` is a coroutine; serves while the server is a context."""

    def __init__(self):
        self.thread = threading.Thread(target=lambda: asyncio.run(self.run()), daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=WAITING)
        self.port = self.socket.getsockname()[1]
        self.root = f"http://127.0.0.1:{self.port}"
        self.ready = threading.Event()
        self.open = {}  # connections and who serves them

    def __enter__(self):
        self.thread.start()
        self.ready.wait()
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.stopping.set)
        self.thread.join()

    async def run(self):
        self.loop, self.stopping = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self.accept, sock=self.socket, limit=LONGEST_HEAD,
                                            backlog=WAITING)
        self.ready.set()
        await self.stopping.wait()
        server.close()
        for writer in list(self.open):
            writer.close()

    def accept(self, reader, writer):
        self.open[writer] = asyncio.create_task(self.serve(reader, writer))

    async def serve(self, reader, writer):
        connection = Connection(reader, writer)
        try:
            while request := await connection.request():
                await self.answer(request, connection)
        except (Gone, ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went away, which is part of the tests, or the server stops
        except Exception:  # a mistake of ours, which a test must see
            traceback.print_exc()
        finally:
            writer.close()
            del self.open[writer]

    async def answer(self, request, connection):
        raise NotImplementedError
