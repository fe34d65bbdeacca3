"""The models that Ollama holds: GET /api/tags."""
import re

from . import models, ollama_errors

ROUTES = (("GET", re.compile(r"/api/tags")),)

error, key_of, no_model = ollama_errors.error, ollama_errors.key_of, ollama_errors.no_model
HEADERS, REQUEST_ID = ollama_errors.HEADERS, ollama_errors.REQUEST_ID
NEEDS_KEY = ollama_errors.NEEDS_KEY
SPEAKS = False


def check(_call):
    pass


def model_of(_call):
    """None is asked, so any that is there will do."""
    return models.OLLAMA[0]


def knows(_name):
    return True


def wants_stream(_call):
    return False


def prompt_of(_call):
    return ""


def whole(_call, _answer):
    details = {"format": "gguf", "family": "llama", "families": ["llama"], "parameter_size": "3.2B",
               "quantization_level": "Q4_K_M"}
    return {"models": [{"name": name, "model": name, "modified_at": "2026-01-01T00:00:00Z", "size": 1,
                        "digest": "0" * 64, "details": details} for name in models.OLLAMA]}
