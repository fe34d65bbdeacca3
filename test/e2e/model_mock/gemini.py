"""Gemini: POST /v1beta/models/MODEL:generateContent and :streamGenerateContent."""
import re

from . import framing, gemini_errors, gemini_rules, models
from .call import pieces

ROUTES = (("POST", re.compile(r"/v1(?:beta)?/models/(?P<model>.+):(?P<method>generateContent|"
                              r"streamGenerateContent)")),)
NEEDS_KEY = True
SPEAKS = True
FINISH = {"stop": "STOP", "length": "MAX_TOKENS", "tool_calls": "STOP", "filter": "SAFETY",
          "refusal": "PROHIBITED_CONTENT", "context": "MAX_TOKENS", "pause": "CONTINUATION"}

error, key_of, no_key = gemini_errors.error, gemini_errors.key_of, gemini_errors.no_key
wrong_key, no_model = gemini_errors.wrong_key, gemini_errors.no_model
HEADERS, REQUEST_ID = gemini_errors.HEADERS, gemini_errors.REQUEST_ID
check = gemini_rules.check


def model_of(call):
    return call.match["model"]


def knows(name):
    return models.find(models.GEMINI, name) is not None


def wants_stream(call):
    return call.match["method"] == "streamGenerateContent"


def framing_of(call):
    return framing.UNNAMED if call.query.get("alt") == "sse" else framing.ARRAY


def prompt_of(call):
    parts = call.body["contents"][-1]["parts"]
    return "".join(part.get("text") or str(part.get("functionResponse", {}).get("response", ""))
                   for part in parts)


def signature(call, answer):
    """Gemini 3 gives one with every call."""
    for thought in answer.reasoning:
        if thought.opaque:
            return thought.opaque
    traits = models.find(models.GEMINI, model_of(call))
    return call.id("c2ln") if traits and traits.signatures and answer.tool_calls else None


def parts(call, answer):
    """The content, in order: thoughts, text, calls."""
    config = call.body.get("generationConfig", {}).get("thinkingConfig", {})
    shown = answer.reasoning if config.get("includeThoughts") else ()
    found = [{"text": thought.text, "thought": True} for thought in shown if thought.text]
    said = answer.text if answer.refusal is None else answer.refusal
    found += [{"text": text} for text in answer.text_parts or ((said,) if said else ())]
    found += [{"functionCall": {"id": tool.id or call.id(f"fn{index}"), "name": tool.name,
                                "args": tool.arguments}}
              for index, tool in enumerate(answer.tool_calls)]
    sign(call, answer, found)
    return found


def sign(call, answer, found):
    """On the first call, else behind the text."""
    mark = signature(call, answer)
    if mark is None or not found:
        return
    calls = [part for part in found if "functionCall" in part]
    place = calls[0] if calls else found[-1]
    place["thoughtSignature"] = mark
    call.issued.remember({mark: ""}, [part["functionCall"]["id"] for part in calls[:1]])


def usage(answer):
    used = answer.usage
    counts = {"promptTokenCount": used.input,
              "candidatesTokenCount": answer.output_tokens - used.reasoning,
              "totalTokenCount": used.input + answer.output_tokens}
    if used.cached:
        counts["cachedContentTokenCount"] = used.cached
    if used.reasoning:
        counts["thoughtsTokenCount"] = used.reasoning
    return counts


def reply(call, answer, some, finish=None):
    candidate = {"content": {"parts": some, "role": "model"}, "index": 0}
    if finish:
        candidate["finishReason"] = finish
    value = {"candidates": [candidate]} if answer.choices else {
        "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}
    if answer.usage is not None:
        value["usageMetadata"] = usage(answer)
    return {**value, "modelVersion": model_of(call), "responseId": call.id("resp")}


def whole(call, answer):
    return reply(call, answer, parts(call, answer), FINISH.get(answer.ended, answer.ended))


def streamed_parts(call, answer):
    """Texts come in pieces, calls at once."""
    for part in parts(call, answer):
        if "text" not in part:
            yield part
            continue
        *first, last = pieces(part["text"], answer.delivery.characters)
        for piece in first:
            yield {"text": piece, "thought": True} if part.get("thought") else {"text": piece}
        yield {**part, "text": last}


def events(call, answer):
    several = list(streamed_parts(call, answer)) or [{"text": ""}]
    for index, part in enumerate(several):
        end = FINISH.get(answer.ended, answer.ended) if index == len(several) - 1 else None
        yield "first" if index == 0 else None, reply(call, answer, [part], end)


def broken_off(_call, refused):
    return None, error(refused)
