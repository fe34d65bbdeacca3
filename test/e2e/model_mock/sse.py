"""How one event of a stream lies on the wire."""
import json


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def unnamed(event, line_end):
    _, value = event
    return f"data: {compact(value)}{line_end}{line_end}".encode()


def named(event, line_end):
    name, value = event
    return f"event: {name}{line_end}data: {compact(value)}{line_end}{line_end}".encode()


def padded(event, line_end):
    """As Anthropic: spaces behind the value."""
    name, value = event
    spaces = " " * (len(name) % 5)
    return f"event: {name}{line_end}data: {compact(value)}{spaces}{line_end}{line_end}".encode()


def line(event, line_end):
    """NDJSON."""
    return (compact(event[1]) + line_end).encode()
