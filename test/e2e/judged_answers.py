"""What the mock answers the clients of the providers: a pattern of the prompt, and the answer."""
from model_mock import Answer, Delivery, Drop, Failure, Raw, Reasoning, ToolCall, Usage

STATUSES = (400, 401, 403, 404, 413, 429, 500, 503, 529)
THOUGHT = Reasoning("I must add.", "c2VhbGVkIHRob3VnaHQ=")
TEXT = "Grüße, 世界 😀!"


def told(**how):
    return Answer(TEXT, delivery=Delivery(**how))


def add(a, b):
    return ToolCall("add", {"a": a, "b": b})


ANSWERS = (
    ("^plain$", Answer("Hello, world!", usage=Usage(input=11, output=9, cached=4, reasoning=5))),
    ("^typed$", Answer('{"name":"Ada","age":36}')),
    ("^long$", Answer("half a", finish="length")),
    ("^filtered$", Answer("half a", finish="filter")),
    ("^refused$", Answer("", refusal="I will not.")),
    ("^retried$", [Failure(429, retry_after="0"), Answer("at last")]),
    ("^html$", Raw(b"<html><b>Hello</b></html>", content_type="text/html")),
    ("^empty body$", Raw(b"")),
    ("^truncated$", Answer(TEXT, delivery=Delivery(stop_after=0, end="end"))),
    ("^dropped$", Drop()),
    *((f"^status {status}$", Failure(status)) for status in STATUSES),
    ("^letters$", told(characters=1)),
    ("^octets$", told(octets=1)),
    ("^crlf$", told(line_end="\r\n")),
    ("^comments$", told(comments=True)),
    ("^no done$", told(done=False)),
    ("^error inside$", told(stop_after=2, end="error", error=Failure(529, "overloaded in the middle"))),
    ("^cut$", told(stop_after=2)),
    ("^unfinished$", told(stop_after=2, end="end")),
    ("^tools$", Answer(tool_calls=(add(2, 3),), reasoning=(THOUGHT,))),
    ("^two tools$", Answer(tool_calls=(add(2, 3), add(4, 5)))),
    # the results of the calls, as each form hands them on
    ("9$|'output': '9'", Answer("They are 5 and 9.")),
    ("5$|'output': '5'", Answer("It is 5.")),
)
