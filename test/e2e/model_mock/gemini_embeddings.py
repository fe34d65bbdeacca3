"""Gemini embeddings: POST /v1beta/models/MODEL:embedContent and :batchEmbedContents."""
import re

from . import gemini_errors, models
from .gemini_errors import bad
from .gemini_rules import CONTENT, camel
from .shapes import fields, integer, items, text
from .vectors import vector

ROUTES = (("POST", re.compile(r"/v1(?:beta)?/models/(?P<model>.+):(?P<method>embedContent|"
                              r"batchEmbedContents)")),)
NEEDS_KEY = True
SPEAKS = False

error, key_of, no_key = gemini_errors.error, gemini_errors.key_of, gemini_errors.no_key
wrong_key, no_model = gemini_errors.wrong_key, gemini_errors.no_model
HEADERS, REQUEST_ID = gemini_errors.HEADERS, gemini_errors.REQUEST_ID

OPTIONAL = {"taskType": text(), "title": text(), "outputDimensionality": integer(1)}
ONE = fields({"content": CONTENT}, {"model": text(), **OPTIONAL})
MANY = fields({"requests": items(fields({"model": text(), "content": CONTENT}, OPTIONAL), 1, 100)})


def check(call):
    call.body = camel(call.body)
    gemini_errors.check(MANY if wants_many(call) else ONE, call.body)
    most = models.GEMINI_EMBEDDINGS.get(model_of(call), 3072)
    for request in requests(call):
        if request.get("model", "models/" + model_of(call)) != "models/" + model_of(call):
            raise bad("Model of the request does not match the model of the batch.")
        if request.get("outputDimensionality", 1) > most:
            raise bad(f"output_dimensionality must be between 1 and {most}.")


def wants_many(call):
    return call.match["method"] == "batchEmbedContents"


def requests(call):
    return call.body["requests"] if wants_many(call) else [call.body]


def model_of(call):
    return call.match["model"]


def knows(name):
    return name in models.GEMINI_EMBEDDINGS


def wants_stream(_call):
    return False


def text_of(request):
    return "".join(part.get("text", "") for part in request["content"]["parts"])


def prompt_of(call):
    return text_of(requests(call)[-1])


def whole(call, _answer):
    size = models.GEMINI_EMBEDDINGS.get(model_of(call), 8)
    found = [{"values": vector(text_of(request), request.get("outputDimensionality", size))}
             for request in requests(call)]
    return {"embeddings": found} if wants_many(call) else {"embedding": found[0]}
