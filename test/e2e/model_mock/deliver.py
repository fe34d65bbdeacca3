"""An answer on its way: whole or as a stream, with the faults that a test asks for."""
import asyncio
import json

from .answer import Answer, Drop, Failure, Hang, Raw
from .refusal import Refused


def octets(text):
    """JSON in UTF-8; half a pair, which that has no form for, as JSON escapes it."""
    return text.encode(errors="backslashreplace")


class Reply:
    """The answer to one request, in one wire form."""

    def __init__(self, form, call, request, connection):
        self.form, self.call, self.request, self.connection = form, call, request, connection

    async def give(self, answer):
        if isinstance(answer, Drop):
            self.connection.reset()
        elif isinstance(answer, Hang):
            await self.connection.silence()
        elif isinstance(answer, Raw):
            await self.raw(answer)
        elif isinstance(answer, Failure):
            await self.failure(answer)
        elif isinstance(answer, Answer) and self.form.wants_stream(self.call):
            await self.stream(answer)
        else:
            await self.whole(answer)

    # ---- not an answer ----

    async def raw(self, raw):
        headers = [(name, value.format(target=self.request.target)) for name, value in raw.headers]
        await self.body(raw.status, raw.body, raw.content_type, headers)

    async def failure(self, failure):
        await asyncio.sleep(failure.first_ms / 1000)
        await self.refuse(self.refused(failure), failure.headers)

    def refused(self, failure):
        message = failure.message or f"scripted failure {failure.status}"
        key = self.form.key_of(self.call) or ""
        return Refused(failure.status, message.replace("{key}", key), failure.code,
                       kind=failure.kind, retry_after=failure.retry_after)

    async def refuse(self, refused, more=()):
        retry = [("Retry-After", refused.retry_after)] if refused.retry_after is not None else []
        body = octets(json.dumps(self.form.error(refused), ensure_ascii=False))
        await self.body(refused.status, body, "application/json", (*retry, *more))

    def headers(self):
        given = self.form.HEADERS
        if self.form.REQUEST_ID:
            given = (*given, (self.form.REQUEST_ID, self.call.id("req_")))
        return given

    async def body(self, status, body, content_type, headers=()):
        length = ("Content-Length", str(len(body)))
        await self.connection.head(
            status, [("Content-Type", content_type), length, *self.headers(), *headers])
        await self.connection.write(body)

    # ---- at once ----

    async def whole(self, answer):
        how = answer.delivery
        body = octets(json.dumps(self.form.whole(self.call, answer), indent=2, ensure_ascii=False))
        length = [] if how.chunked else [("Content-Length", str(len(body)))]
        coding = [("Transfer-Encoding", "chunked")] if how.chunked else []
        await asyncio.sleep(how.first_ms / 1000)
        if how.stop_after is not None:
            body = body[:len(body) // 2]
            if how.end == "end":  # a length that holds, of half a value
                length = [("Content-Length", str(len(body)))]
        content_type = how.content_type or "application/json"
        await self.connection.head(
            200, [("Content-Type", content_type), *length, *coding, *self.headers()])
        await self.parts(body, how, how.chunked)
        if how.stop_after is not None and how.end != "end":
            await self.break_off(how)
        if how.chunked:
            await self.connection.chunk(b"")

    async def parts(self, data, how, chunked):
        """Writes so many octets at a time, wherever that cuts a character."""
        size = how.octets or max(len(data), 1)
        write = self.connection.chunk if chunked else self.connection.write
        for at in range(0, len(data), size):
            if at and how.between_ms:
                await asyncio.sleep(how.between_ms / 1000)
            await write(data[at:at + size])

    async def break_off(self, how):
        if how.end == "reset":
            self.connection.reset()
        if how.end == "silence":
            await self.connection.silence()
        self.connection.close()

    # ---- as a stream ----

    async def stream(self, answer):
        how, framing = answer.delivery, self.form.framing_of(self.call)
        content_type = how.content_type or framing.content_type
        await self.connection.head(200, [
            ("Content-Type", content_type), ("Cache-Control", "no-cache"),
            ("Transfer-Encoding", "chunked"), *self.headers()])
        events = self.form.events(self.call, answer)
        frames = self.with_noise(list(self.frames(framing, events, how)), how)
        cut = how.stop_after is not None
        await asyncio.sleep(how.first_ms / 1000)
        for frame in frames[:how.stop_after]:
            await self.parts(frame, how, chunked=True)
            if how.between_ms:
                await asyncio.sleep(how.between_ms / 1000)
        if cut and how.end == "error":
            broken = self.form.broken_off(self.call, self.refused(how.error))
            await self.connection.chunk(octets(framing.write(broken, how.line_end)))
        elif cut and how.end != "end":
            await self.break_off(how)
        await self.connection.chunk(b"")

    def frames(self, framing, events, how):
        for event in events:
            yield octets(framing.write(event, how.line_end))
        if framing.last and how.done:
            yield framing.last.replace("\n", how.line_end).encode()

    def with_noise(self, frames, how):
        """Lines that a client must skip."""
        if how.comments:
            comment = f": nothing to see{how.line_end}{how.line_end}".encode()
            frames = [comment + frame for frame in frames]
        if how.leading_space:
            frames = [f' data: {{"skip": "this"}}{how.line_end}{how.line_end}'.encode(), *frames]
        return frames
