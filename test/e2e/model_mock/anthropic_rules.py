"""What Anthropic messages refuse."""
from . import models
from .anthropic_errors import bad, check as check_shape
from .images import media_type
from .json_schema import BadSchema, anthropic, well_formed
from .shapes import (anything, constant, either, fields, flag, integer, items, nullable, number, obj,
                     tagged, text)

VERSIONS = ("2023-06-01", "2026-10-21")
CACHE = nullable(fields({"type": constant("ephemeral")}, {"ttl": text("5m", "1h")}))
TEXT = fields({"type": anything, "text": text()},
              {"cache_control": CACHE, "citations": nullable(items(obj))})
SOURCES = {
    "base64": fields({"type": anything, "data": text(at_least=1), "media_type": text(
        "image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf")}),
    "url": fields({"type": anything, "url": text(at_least=1)}),
    "text": fields({"type": anything, "data": text(), "media_type": constant("text/plain")}),
    "file": fields({"type": anything, "file_id": text()}),
}
SOURCE = tagged("type", SOURCES)
IMAGE = fields({"type": anything, "source": SOURCE}, {"cache_control": CACHE})
DOCUMENT = fields({"type": anything, "source": SOURCE},
                  {"cache_control": CACHE, "title": nullable(text()), "context": nullable(text()),
                   "citations": nullable(fields({}, {"enabled": flag}))})
RESULT = fields({"type": anything, "tool_use_id": text(pattern="[A-Za-z0-9_-]+")}, {
    "content": either(string=anything, array=items(tagged("type", {
        "text": TEXT, "image": IMAGE, "document": DOCUMENT}))),
    "is_error": flag, "cache_control": CACHE})
THINKING = fields({"type": anything, "thinking": text(), "signature": text()})
REDACTED = fields({"type": anything, "data": text()})
NAME = text(pattern="[a-zA-Z0-9_-]{1,128}")
TOOL_USE = fields({"type": anything, "id": text(pattern="[A-Za-z0-9_-]+"), "name": NAME, "input": obj},
                  {"caller": obj, "cache_control": CACHE})
BLOCKS = {
    "user": tagged("type", {"text": TEXT, "image": IMAGE, "document": DOCUMENT, "tool_result": RESULT}),
    "assistant": tagged("type", {"text": TEXT, "thinking": THINKING, "redacted_thinking": REDACTED,
                                 "tool_use": TOOL_USE}),
}
MESSAGES = {role: fields({"role": anything,
                          "content": either(string=anything, array=items(block))})
            for role, block in BLOCKS.items()}
TOOL = fields({"name": NAME, "input_schema": obj},
              {"description": text(), "strict": flag, "type": nullable(constant("custom")),
               "input_examples": items(obj), "defer_loading": flag,
               "eager_input_streaming": nullable(flag), "cache_control": CACHE})
PARALLEL = {"disable_parallel_tool_use": flag}
CHOICES = {"auto": fields({"type": anything}, PARALLEL), "any": fields({"type": anything}, PARALLEL),
           "tool": fields({"type": anything, "name": NAME}, PARALLEL),
           "none": fields({"type": anything})}
DISPLAY = {"display": nullable(text("summarized", "omitted"))}
THOUGHTS = {"enabled": fields({"type": anything, "budget_tokens": integer(1024)}, DISPLAY),
            "adaptive": fields({"type": anything}, DISPLAY),
            "between_tools": fields({"type": anything}, DISPLAY),
            "disabled": fields({"type": anything})}
OUTPUT = fields({}, {"effort": nullable(text("low", "medium", "high", "xhigh", "max")),
                     "format": nullable(fields({"type": constant("json_schema"), "schema": obj}))})
SAMPLING = {"temperature": number(0, 1), "top_p": number(0, 1), "top_k": integer(0)}
BODY = fields({"model": text(at_least=1), "max_tokens": integer(0),
               "messages": items(tagged("role", MESSAGES), 1)}, {
    **SAMPLING, "system": either(string=anything, array=items(tagged("type", {"text": TEXT}))),
    "stop_sequences": items(text(at_least=1)), "stream": flag, "metadata": obj, "thinking": tagged(
        "type", THOUGHTS), "tools": items(TOOL), "tool_choice": tagged("type", CHOICES),
    "output_config": OUTPUT, "service_tier": text("auto", "standard_only"), "cache_control": CACHE,
    "speed": nullable(text("standard", "fast")), "inference_geo": nullable(text()),
    "container": nullable(anything), "diagnostics": nullable(obj)})
UNKNOWN_MODEL = models.AnthropicModel(thinking=tuple(THOUGHTS), efforts=("low", "medium", "high"))


def check(call):
    body, version = call.body, call.headers.get("anthropic-version")
    if version is None:
        raise bad("anthropic-version: header is required")
    if version not in VERSIONS:
        raise bad(f'anthropic-version: "{version}" is not a valid version. Use one of '
                  f"{', '.join(VERSIONS)}")
    for name in SAMPLING:
        if version == VERSIONS[1] and name in body:
            raise bad(f"{name}: Extra inputs are not permitted")
    check_shape(BODY, body)
    model = models.find(models.ANTHROPIC, body["model"]) or UNKNOWN_MODEL
    check_model(model, body)
    check_thinking(model, body)
    check_schemas(model, body)
    check_messages(model, body["messages"])
    check_signatures(call, body)


def check_model(model, body):
    if body["max_tokens"] > model.most_tokens:
        raise bad(f"max_tokens: {body['max_tokens']} > {model.most_tokens}, which is the maximum "
                  f"allowed number of output tokens for {body['model']}")
    for name in SAMPLING:
        if name in body and not model.sampling:
            raise bad(f"`{name}` is not supported for this model")
    effort = (body.get("output_config") or {}).get("effort")
    if effort and effort not in model.efforts:
        raise bad(f"This model does not support effort level '{effort}'")
    choice = body.get("tool_choice", {}).get("type")
    if choice and "tools" not in body:
        raise bad("tool_choice: tool_choice may only be specified while providing tools")
    if choice in ("any", "tool") and not model.forced_tools:
        raise bad(f"tool_choice: type '{choice}' is not supported for this model")


def check_thinking(model, body):
    thinking = body.get("thinking", {})
    kind = thinking.get("type")
    if kind is None or kind == "disabled" and kind in model.thinking:
        return
    if kind not in model.thinking:
        raise bad(f"thinking.type: '{kind}' is not supported for this model")
    if thinking.get("budget_tokens", 0) >= body["max_tokens"] > 0:
        raise bad("`max_tokens` must be greater than `thinking.budget_tokens`")
    if body.get("temperature", 1) != 1:
        raise bad("`temperature` may only be set to 1 when thinking is enabled")
    if body.get("tool_choice", {}).get("type") in ("any", "tool"):
        raise bad("Thinking may not be enabled when tool_choice forces tool use.")


def check_schemas(model, body):
    answer = (body.get("output_config") or {}).get("format")
    if answer:
        if not model.structured:
            raise bad("output_config.format: structured outputs are not supported for this model")
        check_schema(answer["schema"], "output_config.format.schema")
    for index, tool in enumerate(body.get("tools", [])):
        if tool["input_schema"].get("type") != "object":
            raise bad(f"tools.{index}.custom.input_schema.type: Input should be 'object'")
        check_schema(tool["input_schema"], f"tools.{index}.custom",
                     anthropic if tool.get("strict") else well_formed)
    names = [tool["name"] for tool in body.get("tools", [])]
    chosen = body.get("tool_choice", {}).get("name")
    if chosen is not None and chosen not in names:
        raise bad(f"Tool '{chosen}' not found in provided tools")
    if len(set(names)) < len(names):
        raise bad("tools: Tool names must be unique.")


def check_schema(schema, place, rules=anthropic):
    try:
        rules(schema)
    except BadSchema as problem:
        raise bad(f"{place}: {problem.message}") from None


def blocks(message):
    content = message["content"]
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def check_messages(model, messages):
    if messages[0]["role"] != "user":
        raise bad("messages: first message must use the \"user\" role")
    waiting = []
    for index, message in enumerate(messages):
        check_results(index, message, waiting)
        waiting = [block["id"] for block in blocks(message) if block["type"] == "tool_use"]
        check_content(index, message, last=index == len(messages) - 1)
    if waiting:
        raise unanswered(len(messages) - 1, waiting)
    if messages[-1]["role"] == "assistant" and not model.prefill:
        raise bad("This model does not support assistant message prefill. The conversation must end "
                  "with a user message.")


def check_results(index, message, waiting):
    """A message of results holds one for each call before it, and these come first."""
    found = [block["tool_use_id"] for block in blocks(message) if block["type"] == "tool_result"]
    for call in found:
        if call not in waiting:
            raise bad(f"messages.{index}.content.0: unexpected `tool_use_id` found in `tool_result` "
                      f"blocks: {call}. Each `tool_result` block must have a corresponding `tool_use` "
                      "block in the previous message.")
    first = [block["type"] for block in blocks(message)[:len(found)]]
    missing = [call for call in waiting if call not in found]
    if missing or any(kind != "tool_result" for kind in first):
        raise unanswered(index - 1, missing or waiting)


def unanswered(index, calls):
    return bad(f"messages.{index}: `tool_use` ids were found without `tool_result` blocks immediately "
               f"after: {', '.join(calls)}. Each `tool_use` block must have a corresponding "
               "`tool_result` block in the next message.")


def check_content(index, message, last):
    found = blocks(message)
    if not found and not (last and message["role"] == "assistant"):
        raise bad(f"messages.{index}: all messages must have non-empty content except for the optional "
                  "final assistant message")
    for at, block in enumerate(found):
        if block["type"] == "text" and not block["text"]:
            raise bad("messages: text content blocks must be non-empty")
        if block["type"] == "text" and not block["text"].strip():
            raise bad("messages: text content blocks must contain non-whitespace text")
        if block.get("source", {}).get("type") == "base64":
            check_base64(index, at, block["type"], block["source"])


def check_base64(index, at, kind, source):
    given = source.get("media_type")
    if media_type(source["data"]) != given:
        raise bad(f"messages.{index}.content.{at}.{kind}.source.base64.data: The file does not match "
                  f"the provided media type {given}")


def check_signatures(call, body):
    """Thoughts come back unchanged, and with the calls that they led to."""
    for index, message in enumerate(body["messages"]):
        sent = set()
        for at, block in enumerate(blocks(message)):
            if block["type"] in ("thinking", "redacted_thinking"):
                name = block.get("signature", block.get("data"))
                if call.issued.thoughts.get(name) != block.get("thinking", ""):
                    raise bad(f"messages.{index}.content.{at}: Invalid `signature` in `thinking` block")
                sent.add(name)
            thinks = body.get("thinking", {}).get("type", "disabled") != "disabled"
            if block["type"] == "tool_use" and thinks and call.issued.missing(block["id"], sent):
                raise bad(f"messages.{index}.content.0.type: Expected `thinking` or "
                          "`redacted_thinking`, but found `tool_use`.")
