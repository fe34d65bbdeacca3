"""How Anthropic says no."""
from .call import bearer
from .refusal import Refused
from .shapes import Wrong

KINDS = {400: "invalid_request_error", 401: "authentication_error", 402: "billing_error",
         403: "permission_error", 404: "not_found_error", 409: "conflict_error",
         413: "request_too_large", 429: "rate_limit_error", 504: "timeout_error",
         529: "overloaded_error"}
INPUTS = {"string": "string", "integer": "integer", "number": "number", "boolean": "boolean",
          "array": "list", "object": "dictionary"}


def error(refused):
    kind = refused.kind or KINDS.get(refused.status, "api_error")
    return {"type": "error", "error": {"type": kind, "message": refused.message},
            "request_id": "req_mock"}


def bad(message):
    return Refused(400, message)


def check(shape, body):
    try:
        shape(body, ())
    except Wrong as wrong:
        raise bad(f"{'.'.join(str(step) for step in wrong.path)}: {spoken(wrong)}") from None


def spoken(wrong):
    if wrong.what == "missing":
        return "Field required"
    if wrong.what == "unknown":
        return "Extra inputs are not permitted"
    if wrong.what == "type":
        kinds = [INPUTS[kind] for kind in wrong.detail.split(" or ")]
        return f"Input should be a valid {' or '.join(kinds)}"
    return f"Input should be {wrong.detail.removeprefix('one of ')}"


def key_of(call):
    """With both headers, `x-api-key` counts."""
    return call.headers.get("x-api-key") or bearer(call)


def no_key():
    return Refused(401, "x-api-key header is required")


def wrong_key(_key):
    return Refused(401, "invalid x-api-key")


def no_model(name):
    return Refused(404, f"model: {name}")
