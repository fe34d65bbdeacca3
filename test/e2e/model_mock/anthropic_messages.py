"""Anthropic messages: POST /v1/messages."""
import re

from . import anthropic_errors, anthropic_rules, framing, models
from .call import pieces
from .framing import compact

ROUTES = (("POST", re.compile(r"/v1/messages")),)
NEEDS_KEY = True
SPEAKS = True
HEADERS = (("anthropic-organization-id", "mock"),)
REQUEST_ID = "request-id"
STOP = {"stop": "end_turn", "length": "max_tokens", "tool_calls": "tool_use", "filter": "refusal",
        "context": "model_context_window_exceeded", "pause": "pause_turn"}

error, key_of, no_key = anthropic_errors.error, anthropic_errors.key_of, anthropic_errors.no_key
wrong_key, no_model = anthropic_errors.wrong_key, anthropic_errors.no_model
check = anthropic_rules.check


def model_of(call):
    return call.body["model"]


def knows(name):
    return models.find(models.ANTHROPIC, name) is not None


def wants_stream(call):
    return bool(call.body.get("stream"))


def framing_of(_call):
    return framing.PADDED


def prompt_of(call):
    """The texts and results of the last message."""
    content = call.body["messages"][-1]["content"]
    if isinstance(content, str):
        return content
    texts = []
    for block in content:
        inner = block.get("text", block.get("content", ""))
        texts += [inner] if isinstance(inner, str) else [part.get("text", "") for part in inner]
    return "".join(texts)


def thought_block(thought):
    if thought.hidden:
        return {"type": "redacted_thinking", "data": thought.opaque}
    return {"type": "thinking", "thinking": thought.text, "signature": thought.opaque}


def blocks(call, answer):
    """The content, in order: thoughts, text, calls."""
    found = [thought_block(thought) for thought in answer.reasoning]
    texts = answer.text_parts or ((answer.text,) if answer.text else ())
    found += [{"type": "text", "text": text, "citations": None} for text in texts]
    calls = [{"type": "tool_use", "id": tool.id or call.id(f"toolu_{index}"), "name": tool.name,
              "input": tool.arguments, "caller": {"type": "direct"}}
             for index, tool in enumerate(answer.tool_calls)]
    thoughts = {thought.opaque: "" if thought.hidden else thought.text for thought in answer.reasoning}
    call.issued.remember(thoughts, [tool["id"] for tool in calls])
    return found + calls


def stop_reason(answer):
    if answer.stop_sequence is not None:
        return "stop_sequence"
    return STOP.get(answer.ended, answer.ended)


def counts(answer):
    """`input_tokens` is what neither came from the cache nor went into it."""
    used = answer.usage
    return {"input_tokens": used.input - used.cached - used.cache_written,
            "cache_creation_input_tokens": used.cache_written, "cache_read_input_tokens": used.cached,
            "output_tokens": answer.output_tokens,
            "output_tokens_details": {"thinking_tokens": used.reasoning}, "server_tool_use": None}


def usage(answer):
    written = answer.usage.cache_written
    return {**counts(answer), "cache_creation": {"ephemeral_5m_input_tokens": written,
                                                 "ephemeral_1h_input_tokens": 0},
            "service_tier": "standard", "speed": "standard", "inference_geo": "not_available"}


def message(call, content):
    return {"id": call.id("msg_"), "type": "message", "role": "assistant", "model": model_of(call),
            "content": content, "stop_reason": None, "stop_sequence": None, "stop_details": None,
            "container": None, "diagnostics": None}


def ending(answer):
    refused = answer.ended in ("refusal", "filter")
    details = {"type": "refusal", "category": None, "explanation": answer.refusal}
    return {"stop_reason": stop_reason(answer), "stop_sequence": answer.stop_sequence,
            "stop_details": details if refused else None}


def whole(call, answer):
    content = blocks(call, answer) if answer.choices else []
    value = {**message(call, content), **ending(answer)}
    return value if answer.usage is None else {**value, "usage": usage(answer)}


def start_of(block):
    empty = {"text": {"text": ""}, "thinking": {"thinking": "", "signature": ""},
             "tool_use": {"input": {}}}
    return {**block, **empty.get(block["type"], {})}


def deltas(block, characters):
    if block["type"] == "text":
        for piece in pieces(block["text"], characters):
            yield {"type": "text_delta", "text": piece}
    if block["type"] == "thinking":
        for piece in pieces(block["thinking"], characters):
            yield {"type": "thinking_delta", "thinking": piece}
        yield {"type": "signature_delta", "signature": block["signature"]}
    if block["type"] == "tool_use":
        given = block["input"]
        arguments = given if isinstance(given, str) else compact(given) if given else ""
        for piece in ["", *pieces(arguments, characters or 4)]:
            yield {"type": "input_json_delta", "partial_json": piece}


def untyped(call, answer):
    start = message(call, [])
    if answer.usage is not None:
        start["usage"] = {**usage(answer), "output_tokens": 1}
    yield "message_start", {"message": start}
    for index, block in enumerate(blocks(call, answer) if answer.choices else []):
        yield "content_block_start", {"index": index, "content_block": start_of(block)}
        if index == 0:
            yield "ping", {}
        for delta in deltas(block, answer.delivery.characters):
            yield "content_block_delta", {"index": index, "delta": delta}
        yield "content_block_stop", {"index": index}
    last = {"delta": {**ending(answer), "container": None}}
    yield "message_delta", last if answer.usage is None else {**last, "usage": counts(answer)}
    yield "message_stop", {}


def events(call, answer):
    for name, value in untyped(call, answer):
        yield name, {"type": name, **value}


def broken_off(_call, refused):
    return "error", error(refused)
