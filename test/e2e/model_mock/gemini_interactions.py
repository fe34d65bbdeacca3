"""Gemini's interactions: POST /v1beta/interactions."""
import json
import re

from . import framing, gemini_errors, gemini_interactions_rules, models
from .call import pieces

ROUTES = (("POST", re.compile(r"/v1(?:beta)?/interactions")),)
NEEDS_KEY = True
SPEAKS = True
STATUS = {"stop": "completed", "tool_calls": "requires_action", "length": "incomplete",
          "context": "incomplete", "filter": "failed", "refusal": "failed",
          "pause": "requires_continuation"}

error, key_of, no_key = gemini_errors.error, gemini_errors.key_of, gemini_errors.no_key
wrong_key, no_model = gemini_errors.wrong_key, gemini_errors.no_model
HEADERS, REQUEST_ID = gemini_errors.HEADERS, gemini_errors.REQUEST_ID
check = gemini_interactions_rules.check


def model_of(call):
    return call.body["model"]


def knows(name):
    return models.find(models.GEMINI, name) is not None


def wants_stream(call):
    return bool(call.body.get("stream"))


def framing_of(_call):
    return framing.NAMED_WITH_DONE


def prompt_of(call):
    given = call.body["input"]
    if isinstance(given, str):
        return given
    last = given[-1] if isinstance(given, list) else given
    content = last.get("content", last.get("result", last.get("text", "")))
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        return str(content)
    return "".join(part.get("text", "") for part in content)


def steps(call, answer):
    """What the model did, in order: thoughts, text, calls."""
    found = []
    for thought in answer.reasoning:
        summary = [{"type": "text", "text": thought.text}] if thought.text else []
        found.append({"type": "thought", "signature": thought.opaque, "summary": summary})
    said = answer.text if answer.refusal is None else answer.refusal
    texts = answer.text_parts or ((said,) if said else ())
    if texts:
        found.append({"type": "model_output", "content": [
            {"type": "text", "text": text} for text in texts]})
    calls = [{"type": "function_call", "id": tool.id or call.id(f"fn{index}"), "name": tool.name,
              "arguments": tool.arguments} for index, tool in enumerate(answer.tool_calls)]
    thoughts = {step["signature"]: "" for step in found if step["type"] == "thought"}
    call.issued.remember(thoughts, [step["id"] for step in calls])
    return found + calls


def usage(answer):
    used = answer.usage
    said = answer.output_tokens - used.reasoning
    return {"total_input_tokens": used.input, "total_cached_tokens": used.cached,
            "total_output_tokens": said, "total_thought_tokens": used.reasoning,
            "total_tool_use_tokens": 0, "total_tokens": used.input + answer.output_tokens}


def interaction(call, status, **more):
    return {"id": call.id("v1_"), "object": "interaction", "model": model_of(call), "status": status,
            "created": "2026-01-01T00:00:00Z", "updated": "2026-01-01T00:00:01Z", **more}


def ending(answer):
    end = {} if answer.usage is None else {"usage": usage(answer)}
    if STATUS.get(answer.ended) == "failed":
        end["errors"] = [{"code": "safety", "message": answer.refusal or "blocked"}]
    return end


def whole(call, answer):
    status = STATUS.get(answer.ended, answer.ended)
    return interaction(call, status, steps=steps(call, answer), **ending(answer))


def start_of(step):
    empty = {"thought": {"type": "thought"}, "model_output": {"type": "model_output", "content": []}}
    return empty.get(step["type"], {**step, "arguments": {}})


def deltas(step, characters):
    if step["type"] == "thought":
        for part in step["summary"]:
            yield {"type": "thought_summary", "content": part}
        yield {"type": "thought_signature", "signature": step["signature"]}
    if step["type"] == "model_output":
        for part in step["content"]:
            for piece in pieces(part["text"], characters):
                yield {"type": "text", "text": piece}
    if step["type"] == "function_call":
        for piece in pieces(json.dumps(step["arguments"], ensure_ascii=False), characters):
            yield {"type": "arguments_delta", "arguments": piece}


def untyped(call, answer):
    yield "interaction.created", {"interaction": interaction(call, "in_progress")}
    for index, step in enumerate(steps(call, answer)):
        yield "step.start", {"index": index, "step": start_of(step)}
        for delta in deltas(step, answer.delivery.characters):
            yield "step.delta", {"index": index, "delta": delta}
        yield "step.stop", {"index": index}
    status = STATUS.get(answer.ended, answer.ended)
    yield "interaction.completed", {"interaction": interaction(call, status, **ending(answer))}


def events(call, answer):
    for name, value in untyped(call, answer):
        yield name, {"event_type": name, **value}


def broken_off(_call, refused):
    code = gemini_errors.STATUS.get(refused.status, "UNKNOWN").lower()
    return "error", {"event_type": "error", "error": {"code": code, "message": refused.message}}
