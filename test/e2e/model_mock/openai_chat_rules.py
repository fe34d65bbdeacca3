"""What chat completions refuse."""
import re

from . import models
from .images import media_type
from .openai_errors import bad, check as check_shape, check_sampling, check_schema
from .shapes import (anything, constant, either, fields, flag, integer, items, nullable, number, obj,
                     tagged, text)

NAME = text(pattern=r"[A-Za-z0-9_-]{1,64}")
TEXT_PART = fields({"type": anything, "text": text()})
PARTS = {
    "text": TEXT_PART,
    "image_url": fields({"type": anything, "image_url": fields(
        {"url": text()}, {"detail": text("auto", "low", "high")})}),
    "input_audio": fields({"type": anything, "input_audio": fields(
        {"data": text(), "format": text("wav", "mp3")})}),
    "file": fields({"type": anything, "file": fields(
        {}, {"filename": text(), "file_data": text(), "file_id": text()})}),
}
ONLY_TEXT = either(string=anything, array=items(tagged("type", {"text": TEXT_PART}), 1))
TOOL_CALL = fields({"id": text(at_least=1), "type": constant("function"),
                    "function": fields({"name": NAME, "arguments": text()})})
MESSAGES = {
    "system": fields({"role": anything, "content": ONLY_TEXT}, {"name": text()}),
    "developer": fields({"role": anything, "content": ONLY_TEXT}, {"name": text()}),
    "user": fields({"role": anything,
                    "content": either(string=anything, array=items(tagged("type", PARTS), 1))},
                   {"name": text()}),
    "assistant": fields({"role": anything},
                        {"content": nullable(ONLY_TEXT), "refusal": nullable(text()), "name": text(),
                         "tool_calls": items(TOOL_CALL, 1), "audio": nullable(obj),
                         "annotations": items(obj)}),
    "tool": fields({"role": anything, "content": ONLY_TEXT, "tool_call_id": text()}),
}
TOOL = fields({"type": constant("function"), "function": fields(
    {"name": NAME}, {"description": text(), "parameters": obj, "strict": nullable(flag)})})
FORMATS = {
    "text": fields({"type": anything}),
    "json_object": fields({"type": anything}),
    "json_schema": fields({"type": anything, "json_schema": fields(
        {"name": NAME}, {"schema": obj, "strict": nullable(flag), "description": text()})}),
}
EFFORT = text("none", "minimal", "low", "medium", "high", "xhigh", "max")
BODY = fields({"model": text(at_least=1), "messages": items(tagged("role", MESSAGES), 1)}, {
    "temperature": nullable(number(0, 2)), "top_p": nullable(number(0, 1)),
    "frequency_penalty": nullable(number(-2, 2)), "presence_penalty": nullable(number(-2, 2)),
    "max_tokens": nullable(integer(1)), "max_completion_tokens": nullable(integer(1)),
    # the mock plays one choice
    "n": nullable(integer(1, 1)), "seed": nullable(integer()),
    "stop": nullable(either(string=anything, array=items(text(), 1, 4))),
    "stream": nullable(flag),
    "stream_options": nullable(fields({}, {"include_usage": flag, "include_obfuscation": flag})),
    "tools": items(TOOL, 1, 128), "parallel_tool_calls": flag,
    "tool_choice": either(string=text("none", "auto", "required"), object=fields(
        {"type": constant("function"), "function": fields({"name": NAME})})),
    "response_format": tagged("type", FORMATS), "reasoning_effort": nullable(EFFORT),
    "verbosity": nullable(text("low", "medium", "high")), "logprobs": nullable(flag),
    "top_logprobs": nullable(integer(0, 20)), "logit_bias": nullable(obj), "metadata": nullable(obj),
    "store": nullable(flag), "service_tier": nullable(text()), "user": text(),
    "safety_identifier": nullable(text()), "prompt_cache_key": nullable(text()),
    "prompt_cache_options": obj, "modalities": nullable(items(text("text", "audio"), 1)),
    "audio": nullable(obj), "prediction": nullable(obj), "web_search_options": obj, "moderation": obj,
})
NOT_WITH_REASONING = ("temperature", "top_p", "presence_penalty", "frequency_penalty", "logprobs",
                      "top_logprobs", "logit_bias")


def check(call):
    body = call.body
    for name in body:
        if name not in BODY.optional and name not in ("model", "messages"):
            raise bad(f"Unrecognized request argument supplied: {name}")
    check_shape(BODY, body)
    check_sampling(body, body.get("reasoning_effort"), NOT_WITH_REASONING)
    check_tokens(body)
    check_tools(body)
    check_format(body)
    check_order(body["messages"])
    check_images(body["messages"])
    if body.get("stream_options") is not None and not body.get("stream"):
        raise bad("The 'stream_options' parameter is only allowed when 'stream' is enabled.",
                  param="stream_options")


def check_tokens(body):
    model = models.find(models.OPENAI, body["model"])
    if body.get("max_tokens") is None:
        return
    if model and model.efforts:
        raise bad("Unsupported parameter: 'max_tokens' is not supported with this model. Use "
                  "'max_completion_tokens' instead.", "unsupported_parameter", "max_tokens")
    if body.get("max_completion_tokens") is not None:
        raise bad("Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
                  "invalid_parameter_combination", "max_tokens")


def check_tools(body):
    tools = body.get("tools")
    if tools is None:
        for name in ("tool_choice", "parallel_tool_calls"):
            if name in body:
                raise bad(f"Invalid value for '{name}': '{name}' is only allowed when 'tools' are "
                          "specified.", param=name)
        return
    model = models.find(models.OPENAI, body["model"])
    if model and not model.chat_tools:
        raise bad(f"Function tools with reasoning_effort are not supported for {body['model']} in "
                  "/v1/chat/completions. Please use /v1/responses instead.", param="reasoning_effort")
    for index, tool in enumerate(tools):
        function = tool["function"]
        check_schema(function.get("parameters", {}), f"function '{function['name']}'",
                     f"tools[{index}].function.parameters", "invalid_function_parameters",
                     function.get("strict"))
    choice = body.get("tool_choice")
    if isinstance(choice, dict):
        check_choice(choice["function"]["name"], [tool["function"]["name"] for tool in tools])


def check_choice(name, names):
    if name not in names:
        raise bad(f"Tool choice 'function' with name '{name}' not found in 'tools' parameter.",
                  param="tool_choice")


def check_format(body):
    answer = body.get("response_format", {})
    if answer.get("type") == "json_object" and "json" not in str(body["messages"]).lower():
        raise bad("'messages' must contain the word 'json' in some form, to use 'response_format' of "
                  "type 'json_object'.", param="messages")
    schema = answer.get("json_schema", {})
    if "schema" in schema:
        check_schema(schema["schema"], f"response_format '{schema['name']}'", "response_format",
                     "invalid_json_schema", schema.get("strict"))


def check_order(messages):
    """Each call has its result, right behind it, and no result stands alone."""
    waiting = set()
    for index, message in enumerate(messages):
        if message["role"] == "tool":
            if message["tool_call_id"] not in waiting:
                raise bad("Invalid parameter: messages with role 'tool' must be a response to a "
                          "preceeding message with 'tool_calls'.", param=f"messages.[{index}].role")
            waiting.remove(message["tool_call_id"])
            continue
        refuse_unanswered(waiting, index)
        waiting = {tool["id"] for tool in message.get("tool_calls", [])}
        if message["role"] == "assistant" and not waiting and message.get("content") is None \
                and message.get("refusal") is None:
            raise bad("Invalid value for 'content': expected a string, got null.",
                      param=f"messages.[{index}].content")
    refuse_unanswered(waiting, len(messages))


def refuse_unanswered(waiting, index):
    if waiting:
        raise bad("An assistant message with 'tool_calls' must be followed by tool messages responding "
                  "to each 'tool_call_id'. The following tool_call_ids did not have response messages: "
                  f"{', '.join(sorted(waiting))}", param=f"messages.[{index}].role")


def check_images(messages):
    for index, message in enumerate(messages):
        for at, part in enumerate(message["content"] if isinstance(message.get("content"), list) else []):
            if part["type"] == "image_url":
                check_image(part["image_url"]["url"], f"messages[{index}].content[{at}].image_url.url")


def check_image(url, param):
    """An address, or a picture in base64."""
    if re.match("https?://", url):
        return
    head, _, data = url.partition(";base64,")
    if not re.fullmatch("data:image/.*", head) or head != f"data:{media_type(data)}":
        raise bad("Invalid image data. Expected a valid URL or base64-encoded data URL with an image "
                  "MIME type.", "invalid_image_url", param)
