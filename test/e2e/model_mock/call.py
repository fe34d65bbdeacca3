"""One request as the wire forms see it."""
import itertools
from dataclasses import dataclass, field

NUMBERS = itertools.count(1)


@dataclass
class Call:
    headers: dict
    query: dict
    match: object  # of the path with the route of the form
    body: object
    issued: object
    number: int = field(default_factory=lambda: next(NUMBERS))

    def id(self, prefix):
        """An id that no other call has."""
        return f"{prefix}{self.number:08d}mock"


def bearer(call):
    """The key, None when there is none."""
    word, _, key = call.headers.get("authorization", "").partition(" ")
    return key.strip() or None if word.lower() == "bearer" else None


def pieces(text, characters=None):
    """A text as it comes in a stream: word by word, or so many characters each."""
    if not text:
        return []
    if characters:
        return [text[at:at + characters] for at in range(0, len(text), characters)]
    cuts = [at for at in range(1, len(text)) if text[at] == " "]
    return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)])]
