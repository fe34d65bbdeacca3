"""What Gemini refuses."""
import base64

from . import models
from .gemini_errors import bad, check as check_shape, dotted
from .json_schema import BadSchema, gemini, gemini_openapi
from .shapes import anything, fields, flag, integer, items, number, obj, text

NAME = text(pattern=r"[A-Za-z_][A-Za-z0-9_.:-]{0,63}")
# Values in these are the user's own; elsewhere both spellings of a name are read.
OWN = {"args", "response", "responseJsonSchema", "parametersJsonSchema", "properties"}
DATA = {"text", "inlineData", "fileData", "functionCall", "functionResponse"}
PART = fields({}, {
    "text": text(), "thought": flag, "thoughtSignature": text(),
    "inlineData": fields({"mimeType": text(at_least=1), "data": text()}),
    "fileData": fields({"fileUri": text()}, {"mimeType": text()}),
    "functionCall": fields({"name": NAME}, {"args": obj, "id": text()}),
    "functionResponse": fields({"name": NAME, "response": obj}, {"id": text(), "parts": items(obj)}),
})
CONTENT = fields({"parts": items(PART, 1)}, {"role": text("user", "model")})
DECLARATION = fields({"name": NAME}, {
    "description": text(), "parameters": obj, "parametersJsonSchema": obj, "response": obj,
    "responseJsonSchema": obj, "behavior": text()})
CONFIG = fields({}, {
    "temperature": number(0, 2), "topP": number(0, 1), "topK": number(1),
    # the mock plays one candidate
    "candidateCount": integer(1, 1), "maxOutputTokens": integer(1), "stopSequences": items(text(), 0, 5),
    "responseMimeType": text("text/plain", "application/json", "text/x.enum"), "responseSchema": obj,
    "responseJsonSchema": obj, "presencePenalty": number(-2, 2), "frequencyPenalty": number(-2, 2),
    "seed": integer(), "responseLogprobs": flag, "logprobs": integer(0, 20),
    "responseModalities": items(text()), "mediaResolution": text(),
    "thinkingConfig": fields({}, {"includeThoughts": flag, "thinkingBudget": integer(-1),
                                  "thinkingLevel": text()}),
})
MODES = text("AUTO", "ANY", "NONE", "VALIDATED", "MODE_UNSPECIFIED")
BODY = fields({"contents": items(CONTENT, 1)}, {
    "model": text(), "systemInstruction": fields({"parts": items(PART, 1)}, {"role": text()}),
    "generationConfig": CONFIG, "tools": items(fields({}, {"functionDeclarations": items(
        DECLARATION)})),
    "toolConfig": fields({}, {"functionCallingConfig": fields(
        {}, {"mode": MODES, "allowedFunctionNames": items(NAME)})}),
    "safetySettings": items(fields({"category": text(), "threshold": text()})),
    "cachedContent": text(), "labels": obj, "store": flag, "serviceTier": anything,
})


def camel(value):
    """As protocol buffers read JSON: `max_output_tokens` is `maxOutputTokens`."""
    if isinstance(value, list):
        return [camel(item) for item in value]
    if not isinstance(value, dict):
        return value
    named = {}
    for name, member in value.items():
        first, *rest = name.split("_")
        name = first + "".join(word.capitalize() for word in rest)
        named[name] = member if name in OWN else camel(member)
    return named


def check(call):
    call.body = body = camel(call.body)
    check_shape(BODY, body)
    traits = models.find(models.GEMINI, call.match["model"])
    check_config(traits, body)
    check_tools(body)
    check_choice(body)
    check_order(body["contents"])
    check_data(body["contents"])
    check_signatures(call, traits, body["contents"])


def check_config(traits, body):
    config = body.get("generationConfig", {})
    thinking = config.get("thinkingConfig", {})
    if "thinkingBudget" in thinking and "thinkingLevel" in thinking:
        raise bad("You can only set only one of thinking budget and thinking level.")
    if "thinkingLevel" in thinking and traits:
        if thinking["thinkingLevel"].lower() not in traits.levels:
            raise bad("Thinking level is not supported for this model.")
    if "responseSchema" in config and "responseJsonSchema" in config:
        raise bad("Both response_schema and response_json_schema are set; only one may be set.")
    for name, rules in (("responseSchema", gemini_openapi), ("responseJsonSchema", gemini)):
        if name in config:
            if config.get("responseMimeType") != "application/json":
                raise bad("Response schema is only supported with response_mime_type "
                          "\"application/json\".")
            check_schema(rules, config[name], ("generationConfig", name))
    if config.get("responseMimeType") == "application/json" and body.get("tools") and traits \
            and not traits.signatures:
        raise bad("Function calling with a response mime type: 'application/json' is unsupported")


def check_schema(rules, schema, path):
    try:
        rules(schema)
    except BadSchema as problem:
        place = dotted((*path, *problem.path))
        raise bad(f"Invalid JSON payload received. {problem.message} at '{place}'") from None


def check_tools(body):
    for index, tool in enumerate(body.get("tools", [])):
        for at, function in enumerate(tool.get("functionDeclarations", [])):
            path = ("tools", index, "functionDeclarations", at)
            if "parameters" in function and "parametersJsonSchema" in function:
                raise bad("Only one of parameters and parameters_json_schema may be set.")
            if "parameters" in function:
                check_schema(gemini_openapi, function["parameters"], (*path, "parameters"))
            if "parametersJsonSchema" in function:
                check_schema(gemini, function["parametersJsonSchema"], (*path, "parametersJsonSchema"))


def check_choice(body):
    choice = body.get("toolConfig", {}).get("functionCallingConfig", {})
    allowed = choice.get("allowedFunctionNames", [])
    if allowed and choice.get("mode") not in ("ANY", "VALIDATED"):
        raise bad("allowed_function_names should only be set when mode is ANY or VALIDATED.")
    known = [function["name"] for tool in body.get("tools", [])
             for function in tool.get("functionDeclarations", [])]
    for name in allowed:
        if name not in known:
            raise bad(f"allowed_function_names contains '{name}', which is not declared.")


def calls(content, kind):
    return [part[kind] for part in content["parts"] if kind in part]


def check_order(contents):
    """Each turn of calls has as many results, in the turn right behind it."""
    waiting, before = 0, None
    for content in contents:
        role = content.get("role", "user")
        asked, given = calls(content, "functionCall"), calls(content, "functionResponse")
        if asked and (role != "model" or before != "user"):
            raise bad("Please ensure that function call turn comes immediately after a user turn or "
                      "after a function response turn.")
        if given and not waiting:
            raise bad("Please ensure that function response turn comes immediately after a function "
                      "call turn.")
        check_count(waiting, given)
        waiting, before = len(asked), role
    check_count(waiting, [])
    if before == "model":
        raise bad("Please ensure that single turn requests end with a user role.")


def check_count(waiting, given):
    if len(given) != waiting:
        raise bad("Please ensure that the number of function response parts is equal to the number of "
                  "function call parts of the function call turn.")


def check_data(contents):
    for index, content in enumerate(contents):
        for at, part in enumerate(content["parts"]):
            try:
                base64.b64decode(part.get("inlineData", {}).get("data", ""), validate=True)
            except ValueError:
                place = f"contents[{index}].parts[{at}].inline_data.data"
                raise bad(f"Invalid value at '{place}' (TYPE_BYTES), Base64 decoding failed") from None
            if not DATA & part.keys():
                raise bad(f"* GenerateContentRequest.contents[{index}].parts[{at}].data: required oneof "
                          "field 'data' must have one initialized field\n")


def check_signatures(call, traits, contents):
    """The first call of a turn comes back with its signature."""
    for index, content in enumerate(contents):
        for part in content["parts"]:
            mark = part.get("thoughtSignature")
            if mark is not None and mark not in call.issued.thoughts:
                raise bad("Thought signature is not valid.")
        first = [part for part in content["parts"] if "functionCall" in part][:1]
        for part in first:
            must = traits and traits.signatures or part["functionCall"].get("id") in call.issued.before
            if must and "thoughtSignature" not in part:
                raise bad("Function call is missing a thought_signature in functionCall parts. This is "
                          "required for tools to work correctly, and missing thought_signature may lead "
                          "to degraded model performance. Additional data, function call "
                          f"`default_api:{part['functionCall']['name']}`, position {index + 1}.")
