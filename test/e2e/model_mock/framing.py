"""How the events of a stream lie on the wire. An event is a name, which may be None, and a value."""
import json
from dataclasses import dataclass
from typing import Callable

SSE = "text/event-stream; charset=utf-8"


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


@dataclass(frozen=True)
class Framing:
    content_type: str
    write: Callable  # of an event and the line end: its text
    last: str = ""  # behind the events


def unnamed(event, end):
    return f"data: {compact(event[1])}{end}{end}"


def named(event, end):
    return f"event: {event[0]}{end}data: {compact(event[1])}{end}{end}"


def padded(event, end):
    """As Anthropic: spaces behind the value."""
    spaces = " " * (len(event[0]) % 5)
    return f"event: {event[0]}{end}data: {compact(event[1])}{spaces}{end}{end}"


def line(event, end):
    return compact(event[1]) + end


UNNAMED = Framing(SSE, unnamed)
WITH_DONE = Framing(SSE, unnamed, "data: [DONE]\n\n")
NAMED = Framing(SSE, named)
NAMED_WITH_DONE = Framing(SSE, named, "event: done\ndata: [DONE]\n\n")
PADDED = Framing(SSE, padded)
LINES = Framing("application/x-ndjson", line)


def element(event, _end):
    """A part of one long array."""
    return ("[" if event[0] == "first" else ",\r\n") + json.dumps(event[1], indent=2,
                                                                  ensure_ascii=False)


ARRAY = Framing("application/json; charset=UTF-8", element, "\n]\n")
