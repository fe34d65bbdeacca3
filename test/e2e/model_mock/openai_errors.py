"""How OpenAI says no, in chat completions, responses and embeddings."""
from . import models
from .call import bearer
from .json_schema import BadSchema, openai, well_formed
from .refusal import Refused
from .shapes import Wrong

TYPES = {400: "invalid_request_error", 401: "invalid_request_error", 403: "invalid_request_error",
         404: "invalid_request_error", 413: "invalid_request_error", 429: "requests"}
CODES = {401: "invalid_api_key", 403: "unsupported_country_region_territory", 404: "model_not_found",
         429: "rate_limit_exceeded"}
KINDS = {"number": "a decimal", "integer": "an integer", "string": "a string", "array": "an array",
         "object": "an object", "boolean": "a boolean", "null": "null"}
HEADERS = (("openai-version", "2020-10-01"), ("openai-processing-ms", "7"))
REQUEST_ID = "x-request-id"


def error(refused):
    return {"error": {"message": refused.message,
                      "type": refused.kind or TYPES.get(refused.status, "server_error"),
                      "param": refused.param,
                      "code": refused.code or CODES.get(refused.status)}}


def bad(message, code=None, param=None):
    return Refused(400, message, code, param, "invalid_request_error")


def dotted(path):
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def json_type(value):
    names = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array",
             dict: "object", type(None): "null"}
    return names[type(value)]


def check(shape, body):
    """The body against a table of the form."""
    try:
        shape(body, ())
    except Wrong as wrong:
        raise spoken(wrong) from None


def spoken(wrong):
    place = dotted(wrong.path)
    if wrong.what == "missing":
        return bad(f"Missing required parameter: '{place}'.", "missing_required_parameter", place)
    if wrong.what == "unknown":
        return bad(f"Unknown parameter: '{place}'.", "unknown_parameter", place)
    if wrong.what == "type":
        expected = " or ".join(KINDS[kind] for kind in wrong.detail.split(" or "))
        got = KINDS[json_type(wrong.value)]
        return bad(f"Invalid type for '{place}': expected {expected}, but got {got} instead.",
                   "invalid_type", place)
    return bad(f"Invalid value for '{place}': expected {wrong.detail}.", "invalid_value", place)


def key_of(call):
    return bearer(call)


def no_key():
    return Refused(401, "You didn't provide an API key. You need to provide your API key in an "
                   "Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
                   kind="invalid_request_error")


def wrong_key(key):
    return Refused(401, f"Incorrect API key provided: {key}. You can find your API key at "
                   "https://platform.openai.com/account/api-keys.", "invalid_api_key")


def no_model(name):
    return Refused(404, f"The model `{name}` does not exist or you do not have access to it.",
                   "model_not_found")


def check_schema(schema, where, param, code, strict=True):
    try:
        (openai if strict else well_formed)(schema)
    except BadSchema as problem:
        steps = ", ".join(repr(step) for step in problem.path)
        context = f"({steps}{',' if len(problem.path) == 1 else ''})"
        raise bad(f"Invalid schema for {where}: In context={context}, {problem.message}",
                  code, param) from None


def check_sampling(body, effort, names):
    """Models that reason take no sampling parameters."""
    model = models.find(models.OPENAI, body["model"])
    if model is None or not model.efforts:
        if effort is not None:
            raise bad("Unrecognized request argument supplied: reasoning_effort")
        return
    if effort is not None and effort not in model.efforts:
        words = ", ".join(f"'{word}'" for word in model.efforts)
        raise bad(f"Unsupported value: 'reasoning_effort' does not support '{effort}' with this "
                  f"model. Supported values are: {words}.", "unsupported_value", "reasoning_effort")
    if (effort or model.default_effort) == "none":
        return
    for name in names:
        if body.get(name) is not None:
            raise bad(f"Unsupported value: '{name}' is not supported with this model.",
                      "unsupported_value", name)
