"""What a test scripts, the same for every provider; the wire forms say it in their own words."""
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ToolCall:
    """A call that the model asks for. `arguments` is a value, or the text that the model wrote."""

    name: str
    arguments: object = field(default_factory=dict)
    id: str | None = None


@dataclass(frozen=True)
class Reasoning:
    """A thought: `text` may be shown, `opaque` (a signature or encrypted data) comes back unchanged.
    A hidden one is opaque only."""

    text: str = ""
    opaque: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Usage:
    """`input` holds `cached` and `cache_written`, `output` holds `reasoning`."""

    input: int = 7
    output: int | None = None
    cached: int = 0
    cache_written: int = 0
    reasoning: int = 0
    cost: float | None = None


@dataclass(frozen=True)
class Delivery:
    """How the bytes of an answer come."""

    characters: int | None = None  # of text in one event of a stream; None: word by word
    octets: int | None = None  # in one write; None: one event a write
    first_ms: int = 0  # before the first event, or before the whole answer
    between_ms: int = 0  # before each further write
    line_end: str = "\n"
    comments: bool = False  # lines of the stream that say nothing
    leading_space: bool = False  # a line before the first event that is not one
    done: bool = True  # `[DONE]`, where the form has it
    stop_after: int | None = None  # events of a stream, or half of a whole answer, then `end`
    end: str = "close"  # what comes instead of the rest: close, reset, silence, end, error
    error: "Failure | None" = None  # for the end `error`
    chunked: bool = False  # a whole answer without its length
    content_type: str | None = None


@dataclass(frozen=True)
class Answer:
    text: str | None = ""
    tool_calls: tuple = ()
    reasoning: tuple = ()
    # stop, length, tool_calls, filter, refusal, context, pause; other words go out as they are
    finish: str | None = None
    refusal: str | None = None
    stop_sequence: str | None = None
    usage: Usage | None = Usage()
    text_parts: tuple = ()  # the text as a list of parts, where the form knows it
    choices: bool = True  # False: an answer that holds none
    delivery: Delivery = Delivery()

    @property
    def ended(self):
        if self.finish:
            return self.finish
        if self.refusal is not None:
            return "refusal"
        return "tool_calls" if self.tool_calls else "stop"

    @property
    def output_tokens(self):
        if self.usage.output is not None:
            return self.usage.output
        words = (self.text or "").split() or " ".join(self.text_parts).split()
        return len(words) + self.usage.reasoning


@dataclass(frozen=True)
class Failure:
    """An error in the provider's own shape. `kind` and `code` only where the form's own do not do."""

    status: int
    message: str = ""
    kind: str | None = None
    code: str | None = None
    retry_after: str | None = None
    headers: tuple = ()  # further ones
    first_ms: int = 0


@dataclass(frozen=True)
class Raw:
    """Bytes that no provider should send: a page for JSON, an empty body, half a value."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json"
    headers: tuple = ()


@dataclass(frozen=True)
class Drop:
    """The connection is reset instead of an answer."""


@dataclass(frozen=True)
class Hang:
    """No answer ever comes."""
