"""OpenAI responses: POST /v1/responses."""
import re

from . import framing, models, openai_errors, openai_responses_rules
from .call import pieces
from .openai_chat import arguments_text

ROUTES = (("POST", re.compile(r"/v1/responses")),)
NEEDS_KEY = True
SPEAKS = True
INCOMPLETE = {"length": "max_output_tokens", "filter": "content_filter", "context": "max_output_tokens"}

error, key_of, no_key = openai_errors.error, openai_errors.key_of, openai_errors.no_key
wrong_key, no_model = openai_errors.wrong_key, openai_errors.no_model
HEADERS, REQUEST_ID = openai_errors.HEADERS, openai_errors.REQUEST_ID
check = openai_responses_rules.check


def model_of(call):
    return call.body["model"]


def knows(name):
    return models.find(models.OPENAI, name) is not None


def wants_stream(call):
    return bool(call.body.get("stream"))


def framing_of(_call):
    return framing.NAMED


def prompt_of(call):
    given = call.body["input"]
    if isinstance(given, str):
        return given
    content = given[-1].get("content", given[-1].get("output", ""))
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content)


def reasoning_items(call, answer):
    secret = "reasoning.encrypted_content" in (call.body.get("include") or [])
    for index, thought in enumerate(answer.reasoning):
        summary = [{"type": "summary_text", "text": thought.text}] if thought.text else []
        item = {"id": call.id(f"rs_{index}"), "type": "reasoning", "summary": summary}
        yield {**item, "encrypted_content": thought.opaque} if secret else item


def message_item(call, answer, status):
    if answer.refusal is not None:
        parts = [{"type": "refusal", "refusal": answer.refusal}]
    else:
        texts = answer.text_parts or (answer.text or "",)
        parts = [{"type": "output_text", "annotations": [], "logprobs": [], "text": text}
                 for text in texts]
    return {"id": call.id("msg_"), "type": "message", "status": status, "role": "assistant",
            "phase": "final_answer", "content": parts}


def items(call, answer):
    """The output, in order: thoughts, text, calls."""
    status = "incomplete" if answer.ended in INCOMPLETE else "completed"
    found = list(reasoning_items(call, answer))
    if answer.text or answer.text_parts or answer.refusal is not None:
        found.append(message_item(call, answer, status))
    calls = [{"id": call.id(f"fc_{index}"), "type": "function_call", "status": status,
              "arguments": arguments_text(tool), "call_id": tool.id or call.id(f"call_{index}"),
              "name": tool.name} for index, tool in enumerate(answer.tool_calls)]
    thoughts = {item["id"]: item.get("encrypted_content") for item in found
                if item["type"] == "reasoning"}
    call.issued.remember(thoughts, [tool["call_id"] for tool in calls])
    return found + calls


def usage(answer):
    used = answer.usage
    return {"input_tokens": used.input,
            "input_tokens_details": {"cached_tokens": used.cached,
                                     "cache_write_tokens": used.cache_written},
            "output_tokens": answer.output_tokens,
            "output_tokens_details": {"reasoning_tokens": used.reasoning},
            "total_tokens": used.input + answer.output_tokens}


def response(call, status, output=(), counts=None, why=None, failed=None):
    body = call.body
    return {
        "id": call.id("resp_"), "object": "response", "created_at": 1, "status": status,
        "background": False, "error": failed, "incomplete_details": why,
        "instructions": body.get("instructions"), "max_output_tokens": body.get("max_output_tokens"),
        "max_tool_calls": None, "model": model_of(call) + "-2026", "output": list(output),
        "parallel_tool_calls": body.get("parallel_tool_calls", True), "previous_response_id": None,
        "reasoning": body.get("reasoning") or {"effort": None, "summary": None},
        "service_tier": "default", "store": body.get("store", True),
        "temperature": body.get("temperature", 1.0),
        "text": {"format": {"type": "text"}, "verbosity": "medium", **(body.get("text") or {})},
        "tool_choice": body.get("tool_choice", "auto"), "tools": body.get("tools", []),
        "top_logprobs": 0, "top_p": body.get("top_p", 1.0), "truncation": "disabled", "usage": counts,
        "user": None, "metadata": body.get("metadata") or {},
    }


def finished(call, answer, output):
    counts = None if answer.usage is None else usage(answer)
    why = INCOMPLETE.get(answer.ended)
    if why:
        return response(call, "incomplete", output, counts, {"reason": why})
    return response(call, "completed", output, counts)


def whole(call, answer):
    return finished(call, answer, items(call, answer))


def text_events(item, index, characters):
    for at, part in enumerate(item["content"]):
        word = "refusal" if part["type"] == "refusal" else "text"
        kind = "refusal" if word == "refusal" else "output_text"
        place = {"item_id": item["id"], "output_index": index, "content_index": at}
        yield "response.content_part.added", {**place, "part": {**part, word: ""}}
        more = {} if word == "refusal" else {"logprobs": []}
        for piece in pieces(part[word], characters):
            yield f"response.{kind}.delta", {**place, "delta": piece, **more, "obfuscation": "mock"}
        yield f"response.{kind}.done", {**place, word: part[word], **more}
        yield "response.content_part.done", {**place, "part": part}


def call_events(item, index, characters):
    place = {"item_id": item["id"], "output_index": index}
    for piece in pieces(item["arguments"], characters or 4):
        yield "response.function_call_arguments.delta", {**place, "delta": piece,
                                                         "obfuscation": "mock"}
    yield "response.function_call_arguments.done", {**place, "arguments": item["arguments"],
                                                    "name": item["name"]}


def thought_events(item, index, characters):
    for at, part in enumerate(item["summary"]):
        place = {"item_id": item["id"], "output_index": index, "summary_index": at}
        yield "response.reasoning_summary_part.added", {**place, "part": {**part, "text": ""}}
        for piece in pieces(part["text"], characters):
            yield "response.reasoning_summary_text.delta", {**place, "delta": piece}
        yield "response.reasoning_summary_text.done", {**place, "text": part["text"]}
        yield "response.reasoning_summary_part.done", {**place, "part": part}


EVENTS = {"message": text_events, "function_call": call_events, "reasoning": thought_events}
NOT_YET = {"message": {"content": [], "status": "in_progress"}, "reasoning": {"summary": []},
           "function_call": {"arguments": "", "status": "in_progress"}}


def unnumbered(call, answer):
    output = items(call, answer)
    yield "response.created", {"response": response(call, "in_progress")}
    yield "response.in_progress", {"response": response(call, "in_progress")}
    for index, item in enumerate(output):
        kind = item["type"]
        yield "response.output_item.added", {"output_index": index, "item": {**item, **NOT_YET[kind]}}
        yield from EVENTS[kind](item, index, answer.delivery.characters)
        yield "response.output_item.done", {"output_index": index, "item": item}
    end = finished(call, answer, output)
    yield f"response.{end['status']}", {"response": end}


def events(call, answer):
    for number, (name, value) in enumerate(unnumbered(call, answer)):
        yield name, {"type": name, "sequence_number": number, **value}


def broken_off(call, refused):
    failed = {"code": refused.code or "server_error", "message": refused.message}
    return "response.failed", {"type": "response.failed", "sequence_number": 99,
                               "response": response(call, "failed", failed=failed)}
