"""Ollama's own chat: POST /api/chat."""
import base64
import re

from . import framing, models, ollama_errors
from .call import pieces
from .ollama_errors import bad, stored
from .shapes import anything, constant, either, fields, flag, integer, items, number, obj, tagged, text

ROUTES = (("POST", re.compile(r"/api/chat")),)
DONE = {"tool_calls": "stop", "filter": "stop", "refusal": "stop", "context": "length", "pause": "stop"}

error, key_of, no_model = ollama_errors.error, ollama_errors.key_of, ollama_errors.no_model
HEADERS, REQUEST_ID = ollama_errors.HEADERS, ollama_errors.REQUEST_ID
NEEDS_KEY = ollama_errors.NEEDS_KEY
SPEAKS = True

# Arguments are a value here, not its text.
TOOL_CALL = fields({"function": fields({"name": text(at_least=1), "arguments": obj},
                                       ignore_unknown=True)}, ignore_unknown=True)
REST = {"content": text(), "images": items(text()), "thinking": text(), "tool_name": text(),
        "tool_calls": items(TOOL_CALL)}
MESSAGE = tagged("role", {role: fields({}, REST, ignore_unknown=True)
                          for role in ("system", "user", "assistant", "tool")})
OPTIONS = fields({}, {"temperature": number(), "top_p": number(), "top_k": integer(),
                      "min_p": number(), "seed": integer(), "num_ctx": integer(1),
                      "num_predict": integer(-2), "stop": items(text())}, ignore_unknown=True)
TOOL = fields({"type": constant("function"), "function": fields(
    {"name": text(at_least=1)}, {"description": text(), "parameters": obj}, ignore_unknown=True)},
              ignore_unknown=True)
BODY = fields({"model": text(at_least=1), "messages": items(MESSAGE, 1)}, {
    "stream": flag, "format": either(string=text("json", ""), object=anything), "options": OPTIONS,
    "tools": items(TOOL), "think": anything, "keep_alive": anything}, ignore_unknown=True)


def check(call):
    body = call.body
    ollama_errors.check(BODY, body)
    name = stored(model_of(call))
    if name.startswith("nomic-embed-text"):
        raise bad(f'"{model_of(call)}" does not support chat')
    if body.get("think") and name.startswith("llama"):
        raise bad(f'"{model_of(call)}" does not support thinking')
    for message in body["messages"]:
        for image in message.get("images", []):
            check_image(image)


def check_image(image):
    try:
        base64.b64decode(image, validate=True)
    except ValueError:
        raise bad("illegal base64 data at input byte 0") from None


def model_of(call):
    return call.body["model"]


def knows(name):
    return stored(name) in models.OLLAMA


def wants_stream(call):
    """Unless it is told not to."""
    return call.body.get("stream", True)


def framing_of(_call):
    return framing.LINES


def prompt_of(call):
    return call.body["messages"][-1].get("content", "")


def line(call, message, **more):
    return {"model": model_of(call), "created_at": "2026-01-01T00:00:00.000000001Z",
            "message": {"role": "assistant", "content": "", **message}, "done": False, **more}


def tool_calls(answer):
    calls = [{"function": {"name": tool.name, "arguments": tool.arguments}} for tool in answer.tool_calls]
    return {"tool_calls": calls} if calls else {}


def thoughts(call, answer):
    said = "".join(thought.text for thought in answer.reasoning)
    return said if call.body.get("think") else ""


def text_of(answer):
    return answer.refusal or answer.text or "".join(answer.text_parts)


def ending(answer):
    """Durations are nanoseconds."""
    end = {"done": True, "done_reason": DONE.get(answer.ended, answer.ended)}
    if answer.usage is None:
        return end
    return {**end, "total_duration": 5_000_000, "load_duration": 1_000_000,
            "prompt_eval_count": answer.usage.input, "prompt_eval_duration": 1_000_000,
            "eval_count": answer.output_tokens, "eval_duration": 3_000_000}


def whole(call, answer):
    thinking = thoughts(call, answer)
    message = {"content": text_of(answer), **({"thinking": thinking} if thinking else {}),
               **tool_calls(answer)}
    return line(call, message, **ending(answer))


def events(call, answer):
    characters = answer.delivery.characters
    for piece in pieces(thoughts(call, answer), characters):
        yield None, line(call, {"thinking": piece})
    for piece in pieces(text_of(answer), characters):
        yield None, line(call, {"content": piece})
    if answer.tool_calls:
        yield None, line(call, tool_calls(answer))
    yield None, line(call, {}, **ending(answer))


def broken_off(_call, refused):
    return None, error(refused)
