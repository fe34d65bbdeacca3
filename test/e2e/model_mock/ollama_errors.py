"""How Ollama says no: unknown members it reads over, wrong types it does not."""
from .refusal import Refused
from .shapes import Wrong

KINDS = {"string": "string", "integer": "int", "number": "float64", "boolean": "bool",
         "array": "[]", "object": "map[string]interface {}"}
HEADERS = ()
REQUEST_ID = None
# Unless it is the service in the cloud, nobody asks for a key.
NEEDS_KEY = False


def error(refused):
    return {"error": refused.message}


def bad(message):
    return Refused(400, message)


def check(shape, body):
    try:
        shape(body, ())
    except Wrong as wrong:
        raise bad(spoken(wrong)) from None


def spoken(wrong):
    place = ".".join(str(step) for step in wrong.path)
    if wrong.what == "missing":
        return f"{place} is required"
    if wrong.what == "type":
        kind = KINDS[wrong.detail.split(" or ")[0]]
        return f"json: cannot unmarshal into Go struct field ChatRequest.{place} of type {kind}"
    return f"invalid {place}: expected {wrong.detail}"


def key_of(call):
    return call.headers.get("authorization", "").removeprefix("Bearer ")


def no_model(name):
    return Refused(404, f"model '{name}' not found")


def stored(name):
    """`llama3.2` is `llama3.2:latest`."""
    return name if ":" in name else name + ":latest"
