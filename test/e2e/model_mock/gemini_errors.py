"""How Gemini says no."""
from .refusal import Refused
from .shapes import Wrong

STATUS = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
          409: "ABORTED", 413: "INVALID_ARGUMENT", 429: "RESOURCE_EXHAUSTED", 500: "INTERNAL",
          503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED"}
RPC = "type.googleapis.com/google.rpc."
HEADERS = (("server", "scaffolding on HTTPServer2"),)
REQUEST_ID = None


def error(refused):
    value = {"code": refused.status, "message": refused.message,
             "status": refused.kind or STATUS.get(refused.status, "UNKNOWN")}
    if refused.retry_after is not None:
        value["details"] = [{"@type": RPC + "RetryInfo", "retryDelay": f"{refused.retry_after}s"}]
    if refused.code is not None:
        value["details"] = [{"@type": RPC + "ErrorInfo", "reason": refused.code,
                             "domain": "googleapis.com"}]
    return {"error": value}


def bad(message):
    return Refused(400, message)


def snake(name):
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def dotted(path):
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{snake(step)}" if text else snake(step)
    return text


def check(shape, body):
    try:
        shape(body, ())
    except Wrong as wrong:
        raise bad(spoken(wrong)) from None


def spoken(wrong):
    place, above = dotted(wrong.path), dotted(wrong.path[:-1])
    if wrong.what == "unknown":
        where = f" at '{above}'" if above else ""
        return ('Invalid JSON payload received. Unknown name '
                f'"{wrong.path[-1]}"{where}: Cannot find field.')
    if wrong.what == "missing":
        return f"* GenerateContentRequest.{place}: {snake(wrong.path[-1])} is not specified\n"
    return f"Invalid value at '{place}' ({wrong.detail}), {wrong.value!r}"


def key_of(call):
    return call.headers.get("x-goog-api-key") or call.query.get("key")


def no_key():
    return Refused(403, "Method doesn't allow unregistered callers (callers without established "
                   "identity). Please use API Key or other form of API consumer identity to call this "
                   "API.")


def wrong_key(_key):
    return Refused(400, "API key not valid. Please pass a valid API key.", code="API_KEY_INVALID")


def no_model(name):
    return Refused(404, f"models/{name} is not found for API version v1beta, or is not supported for "
                   "generateContent. Call ListModels to see the list of available models and their "
                   "supported methods.")
