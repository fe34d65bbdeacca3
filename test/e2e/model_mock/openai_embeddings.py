"""OpenAI embeddings: POST /v1/embeddings."""
import base64
import re
import struct

from . import models, openai_errors
from .openai_errors import bad
from .shapes import either, fields, integer, items, text
from .vectors import vector

ROUTES = (("POST", re.compile(r"/v1/embeddings")),)
NEEDS_KEY = True
SPEAKS = False

error, key_of, no_key = openai_errors.error, openai_errors.key_of, openai_errors.no_key
wrong_key, no_model = openai_errors.wrong_key, openai_errors.no_model
HEADERS, REQUEST_ID = openai_errors.HEADERS, openai_errors.REQUEST_ID

BODY = fields({"model": text(at_least=1),
               "input": either(string=text(at_least=1), array=items(text(at_least=1), 1, 2048))},
              {"dimensions": integer(1), "encoding_format": text("float", "base64"), "user": text()})


def check(call):
    openai_errors.check(BODY, call.body)
    most = models.OPENAI_EMBEDDINGS.get(model_of(call))
    wanted = call.body.get("dimensions")
    if wanted and model_of(call) == "text-embedding-ada-002":
        raise bad("This model does not support specifying dimensions.")
    if wanted and most and wanted > most:
        raise bad(f"Invalid value for 'dimensions': must be less than or equal to {most}.",
                  param="dimensions")


def model_of(call):
    return call.body["model"]


def knows(name):
    return name in models.OPENAI_EMBEDDINGS


def wants_stream(_call):
    return False


def texts(call):
    given = call.body["input"]
    return [given] if isinstance(given, str) else given


def prompt_of(call):
    return texts(call)[-1]


def whole(call, _answer):
    size = call.body.get("dimensions") or models.OPENAI_EMBEDDINGS.get(model_of(call), 8)
    data = []
    for index, given in enumerate(texts(call)):
        numbers = vector(given, size)
        if call.body.get("encoding_format") == "base64":
            numbers = base64.b64encode(struct.pack(f"<{size}f", *numbers)).decode()
        data.append({"object": "embedding", "index": index, "embedding": numbers})
    words = sum(len(given.split()) for given in texts(call))
    return {"object": "list", "data": data, "model": model_of(call),
            "usage": {"prompt_tokens": words, "total_tokens": words}}
