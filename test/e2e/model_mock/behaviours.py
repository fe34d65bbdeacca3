"""Models that only the mock has: their name says how they answer, `NAME` or `NAME:ARGUMENT`.

  mock            "mock: " and the final user message
  delay:MS        the same, later
  status:CODE     fails with that HTTP status and a message
  limit:SECONDS   429 with Retry-After
  redirect        302 to the same place
  broken          an answer that is no JSON
  text-error      a 502 that is a web page
  error200        an error inside a 200
  empty           no choices
  null            a message without text
  refuse          a refusal
  ends:REASON     the prompt as answer, ended for that reason
  parts           the text in parts
  no-usage        no token counts
  cost:DOLLARS    a cost in the usage
  leak            an error message that repeats the key it was sent
  drop            resets the connection instead of answering
  cut             closes the connection in the middle of the answer
  drip:MS         the answer byte by byte
  huge:BYTES      that many bytes of text
  hang            never answers
  scripted        what the script says, as every name of a real model where there is a script
"""
from .answer import Answer, Delivery, Drop, Failure, Hang, Raw, Usage

ENDINGS = {"content_filter": "filter"}


def said(prompt, **more):
    return Answer("mock: " + prompt, **more)


BEHAVIOURS = {
    "mock": lambda prompt, _: said(prompt),
    "delay": lambda prompt, ms: said(prompt, delivery=Delivery(first_ms=int(ms))),
    "status": lambda _, code: Failure(int(code), f"scripted failure {code}", "mock"),
    "limit": lambda _, seconds: Failure(429, "slow down", retry_after=seconds),
    "redirect": lambda _prompt, _: Raw(b"", 302, "text/plain", (("Location", "{target}"),)),
    "broken": lambda _prompt, _: Raw(b'{"choices": [{"message"'),
    "text-error": lambda _prompt, _: Raw(b"<html><b>Bad Gateway</b></html>\n", 502, "text/html"),
    "error200": lambda _prompt, _: Failure(200, "upstream is overloaded"),
    "empty": lambda _prompt, _: Answer(choices=False, usage=None),
    "null": lambda _prompt, _: Answer(None, finish="filter"),
    "refuse": lambda _prompt, _: Answer(None, refusal="I will not."),
    "ends": lambda prompt, why: Answer(prompt, finish=ENDINGS.get(why, why)),
    "parts": lambda prompt, _: Answer(text_parts=("mock: ", prompt)),
    "no-usage": lambda prompt, _: said(prompt, usage=None),
    "cost": lambda prompt, dollars: said(prompt, usage=Usage(cost=float(dollars))),
    "leak": lambda _prompt, _: Failure(401, "Incorrect API key provided: {key}."),
    "drop": lambda _prompt, _: Drop(),
    "cut": lambda prompt, _: said(prompt, delivery=Delivery(stop_after=0)),
    "drip": lambda prompt, ms: said(
        prompt, delivery=Delivery(octets=1, between_ms=int(ms), chunked=True)),
    "huge": lambda _, size: Answer("x" * int(size)),
    "hang": lambda _prompt, _: Hang(),
}


def knows(model):
    name = model.partition(":")[0]
    return name in BEHAVIOURS or name == "scripted"


def answer_of(model, prompt):
    """None for a model that has no behaviour of its own."""
    name, _, argument = model.partition(":")
    return BEHAVIOURS[name](prompt, argument) if name in BEHAVIOURS else None
