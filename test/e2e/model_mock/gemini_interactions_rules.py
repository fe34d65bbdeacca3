"""What Gemini's interactions refuse."""
from . import models
from .gemini_errors import bad, check as check_shape
from .gemini_rules import NAME, check_schema
from .images import media_type
from .json_schema import gemini
from .shapes import anything, constant, either, fields, flag, integer, items, number, obj, tagged, text

CONTENT = tagged("type", {
    "text": fields({"type": anything, "text": text()}, {"annotations": items(obj)}),
    "image": fields({"type": anything}, {"data": text(at_least=1), "uri": text(), "mime_type": text(),
                                         "resolution": text()}),
    "document": fields({"type": anything}, {"data": text(at_least=1), "uri": text(),
                                            "mime_type": text()}),
    "audio": fields({"type": anything}, {"data": text(at_least=1), "uri": text(), "mime_type": text()}),
})
CONTENTS = items(CONTENT)
STEPS = {
    "user_input": fields({"type": anything, "content": CONTENTS}),
    "model_output": fields({"type": anything, "content": CONTENTS}),
    "thought": fields({"type": anything}, {"signature": text(), "summary": CONTENTS}),
    "function_call": fields({"type": anything, "id": text(at_least=1), "name": NAME, "arguments": obj}),
    "function_result": fields({"type": anything, "call_id": text(at_least=1), "result": either(
        string=anything, array=CONTENTS, object=anything)}, {"name": NAME, "is_error": flag}),
}
# A list holds steps, or parts of what the user says.
PARTS = {kind: CONTENT for kind in ("text", "image", "document", "audio")}
TOOL = fields({"type": constant("function"), "name": NAME}, {"description": text(), "parameters": obj})
CHOICE = either(string=text("auto", "any", "none", "validated"), object=fields({}, {
    "allowed_tools": fields({}, {"mode": text("auto", "any", "none", "validated"),
                                 "tools": items(NAME)})}))
CONFIG = fields({}, {"max_output_tokens": integer(1), "seed": integer(), "stop_sequences": items(text()),
                     "temperature": number(0, 2), "top_p": number(0, 1), "thinking_level": text(),
                     "thinking_summaries": text("auto", "none"), "tool_choice": CHOICE})
FORMAT = fields({"type": constant("text")}, {"mime_type": text(), "schema": obj})
BODY = fields({"model": text(at_least=1), "input": either(
    string=anything, object=CONTENT, array=items(tagged("type", {**STEPS, **PARTS}), 1))}, {
        "system_instruction": text(), "tools": items(TOOL), "generation_config": CONFIG,
        "response_format": either(object=FORMAT, array=items(FORMAT, 1)), "stream": flag, "store": flag,
        "background": flag, "previous_interaction_id": text(), "service_tier": text(), "labels": obj,
        "safety_settings": items(obj)})


def check(call):
    body = call.body
    check_shape(BODY, body)
    check_level(body)
    check_schemas(body)
    given = body["input"] if isinstance(body["input"], list) else []
    check_order(given)
    check_thoughts(call, given)
    check_images(given)


def check_level(body):
    traits = models.find(models.GEMINI, body["model"])
    level = body.get("generation_config", {}).get("thinking_level")
    if level and traits and level not in traits.levels:
        raise bad("Thinking level is not supported for this model.")


def check_schemas(body):
    forms = body.get("response_format", [])
    for form in forms if isinstance(forms, list) else [forms]:
        if "schema" in form:
            if form.get("mime_type") != "application/json":
                raise bad("A schema is only supported with mime_type \"application/json\".")
            check_schema(gemini, form["schema"], ("response_format", "schema"))
    for index, tool in enumerate(body.get("tools", [])):
        if "parameters" in tool:
            check_schema(gemini, tool["parameters"], ("tools", index, "parameters"))


def check_order(given):
    """Each call has its result behind it, and no result stands alone."""
    waiting = []
    for step in given:
        if step["type"] == "function_call":
            waiting.append(step["id"])
        elif step["type"] == "function_result":
            if step["call_id"] not in waiting:
                raise bad(f"function_result for unknown call_id '{step['call_id']}'.")
            waiting.remove(step["call_id"])
    if waiting:
        raise bad(f"function_call '{waiting[0]}' has no function_result.")


def check_thoughts(call, given):
    """A call comes back with the thoughts that led to it, unchanged."""
    sent = set()
    for step in given:
        if step["type"] == "thought":
            if step.get("signature") not in call.issued.thoughts:
                raise bad("Thought signature is not valid.")
            sent.add(step["signature"])
        if step["type"] == "function_call" and call.issued.missing(step["id"], sent):
            raise bad(f"function_call '{step['id']}' is missing its thought.")


def check_images(given):
    for step in given:
        parts = step["content"] if isinstance(step.get("content"), list) else [step]
        for part in parts:
            if part["type"] == "image" and "data" in part and media_type(part["data"]) != \
                    part.get("mime_type"):
                raise bad("Unable to process input image.")
