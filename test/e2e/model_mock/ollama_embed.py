"""Ollama's embeddings: POST /api/embed."""
import re

from . import models, ollama_errors
from .ollama_errors import stored
from .shapes import either, fields, flag, integer, items, text
from .vectors import vector

ROUTES = (("POST", re.compile(r"/api/embed")),)

error, key_of, no_model = ollama_errors.error, ollama_errors.key_of, ollama_errors.no_model
HEADERS, REQUEST_ID = ollama_errors.HEADERS, ollama_errors.REQUEST_ID
NEEDS_KEY = ollama_errors.NEEDS_KEY
SPEAKS = False

ANY = text()
BODY = fields({"model": text(at_least=1), "input": either(string=ANY, array=items(ANY, 1))},
              {"truncate": flag, "dimensions": integer(1)}, ignore_unknown=True)


def check(call):
    ollama_errors.check(BODY, call.body)


def model_of(call):
    return call.body["model"]


def knows(name):
    return stored(name) in models.OLLAMA


def wants_stream(_call):
    return False


def texts(call):
    given = call.body["input"]
    return [given] if isinstance(given, str) else given


def prompt_of(call):
    return texts(call)[-1]


def whole(call, _answer):
    size = call.body.get("dimensions", 768)
    return {"model": model_of(call), "embeddings": [vector(given, size) for given in texts(call)],
            "total_duration": 5_000_000, "load_duration": 1_000_000,
            "prompt_eval_count": sum(len(given.split()) for given in texts(call))}
