"""OpenAI chat completions: POST /v1/chat/completions."""
import json
import re

from . import framing, models, openai_chat_rules, openai_errors
from .call import pieces

ROUTES = (("POST", re.compile(r"/v1/chat/completions")),)
FINISH = {"filter": "content_filter", "refusal": "stop", "context": "length", "pause": "stop"}

error, key_of, no_key = openai_errors.error, openai_errors.key_of, openai_errors.no_key
wrong_key, no_model = openai_errors.wrong_key, openai_errors.no_model
HEADERS, REQUEST_ID = openai_errors.HEADERS, openai_errors.REQUEST_ID
check = openai_chat_rules.check
NEEDS_KEY = True
SPEAKS = True


def model_of(call):
    return call.body["model"]


def knows(name):
    return models.find(models.OPENAI, name) is not None


def wants_stream(call):
    return bool(call.body.get("stream"))


def framing_of(_call):
    return framing.WITH_DONE


def prompt_of(call):
    content = call.body["messages"][-1].get("content") or ""
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content)


def arguments_text(call):
    arguments = call.arguments
    return arguments if isinstance(arguments, str) else json.dumps(arguments, separators=(",", ":"),
                                                                   ensure_ascii=False)


def tool_calls(call, answer):
    return [{"id": tool.id or call.id(f"call_{index}"), "type": "function",
             "function": {"name": tool.name, "arguments": arguments_text(tool)}}
            for index, tool in enumerate(answer.tool_calls)]


def shown_thoughts(call, answer):
    """OpenAI shows none here, other servers that speak the form do."""
    hidden = knows(model_of(call))
    return [] if hidden else [thought.text for thought in answer.reasoning if thought.text]


def message(call, answer):
    content = answer.text or None
    if answer.text_parts:
        content = [{"type": "text", "text": part} for part in answer.text_parts]
    elif not answer.tool_calls and answer.refusal is None:
        content = answer.text
    said = {"role": "assistant", "content": content}
    if shown_thoughts(call, answer):
        said["reasoning_content"] = "".join(shown_thoughts(call, answer))
    if answer.tool_calls:
        said["tool_calls"] = tool_calls(call, answer)
    return {**said, "refusal": answer.refusal, "annotations": []}


def finish_reason(answer):
    return FINISH.get(answer.ended, answer.ended)


def usage(answer):
    used = answer.usage
    total = used.input + answer.output_tokens
    counts = {
        "prompt_tokens": used.input, "completion_tokens": answer.output_tokens, "total_tokens": total,
        "prompt_tokens_details": {"cached_tokens": used.cached, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": used.reasoning, "audio_tokens": 0,
                                      "accepted_prediction_tokens": 0,
                                      "rejected_prediction_tokens": 0},
    }
    return counts if used.cost is None else {**counts, "cost": used.cost}


def envelope(call, kind):
    return {"id": call.id("chatcmpl-"), "object": kind, "created": 1,
            "model": model_of(call) + "-2026", "service_tier": "default",
            "system_fingerprint": "fp_mock"}


def whole(call, answer):
    choice = {"index": 0, "message": message(call, answer), "logprobs": None,
              "finish_reason": finish_reason(answer)}
    value = {**envelope(call, "chat.completion"), "choices": [choice] if answer.choices else []}
    return value if answer.usage is None else {**value, "usage": usage(answer)}


def deltas(call, answer):
    characters = answer.delivery.characters
    yield {"role": "assistant", "content": None if answer.tool_calls else "", "refusal": None}
    for thought in shown_thoughts(call, answer):
        for piece in pieces(thought, characters):
            yield {"reasoning_content": piece}
    for piece in pieces(answer.text or "".join(answer.text_parts), characters):
        yield {"content": piece}
    for piece in pieces(answer.refusal, characters):
        yield {"refusal": piece}
    for index, tool in enumerate(tool_calls(call, answer)):
        arguments = tool["function"]["arguments"]
        first = {**tool, "function": {"name": tool["function"]["name"], "arguments": ""}}
        yield {"tool_calls": [{"index": index, **first}]}
        for piece in pieces(arguments, characters or 4):
            yield {"tool_calls": [{"index": index, "function": {"arguments": piece}}]}


def events(call, answer):
    head = envelope(call, "chat.completion.chunk")
    asked = (call.body.get("stream_options") or {}).get("include_usage") and answer.usage
    tail = {"usage": None, "obfuscation": "mock"} if asked else {"obfuscation": "mock"}

    def chunk(delta, finish):
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return None, {**head, "choices": [choice], **tail}

    if answer.choices:
        yield from (chunk(delta, None) for delta in deltas(call, answer))
        yield chunk({}, finish_reason(answer))
    if asked:
        yield None, {**head, "choices": [], "usage": usage(answer)}


def broken_off(_call, refused):
    """An error in the middle of a stream."""
    return None, error(refused)
