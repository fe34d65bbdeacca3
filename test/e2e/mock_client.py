"""Requests to the mock of model providers, byte for byte."""
import http.client
import json

KEY = "sk-test"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SCHEMA = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"],
          "additionalProperties": False}


def image(data):
    return {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": data}}


class Wire:
    """A place of the mock, with the headers that its provider wants."""

    def __init__(self, path, **headers):
        self.path, self.headers = path, headers

    def post(self, mock, body, headers=None, path=None):
        """Status, headers and text of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", mock.port, timeout=60)
        data = body if isinstance(body, (str, bytes)) else json.dumps(body)
        given = {"Content-Type": "application/json", **(self.headers if headers is None else headers)}
        connection.request("POST", path or self.path, data, given)
        answer = connection.getresponse()
        try:
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        finally:
            connection.close()


BEARER = {"Authorization": f"Bearer {KEY}"}
CHAT = Wire("/v1/chat/completions", **BEARER)
RESPONSES = Wire("/v1/responses", **BEARER)
EMBEDDINGS = Wire("/v1/embeddings", **BEARER)
MESSAGES = Wire("/v1/messages", **{"x-api-key": KEY, "anthropic-version": "2023-06-01"})
NEWER_MESSAGES = Wire("/v1/messages", **{"x-api-key": KEY, "anthropic-version": "2026-10-21"})
GEMINI = Wire("/v1beta/models/gemini-3.8-flash:generateContent", **{"x-goog-api-key": KEY})
INTERACTIONS = Wire("/v1beta/interactions", **{"x-goog-api-key": KEY})
OLLAMA = Wire("/api/chat")


def user(content):
    return {"role": "user", "content": content}


def chat(**more):
    return {"model": "gpt-4.1", "messages": [user("hi")], **more}


def responses(**more):
    return {"model": "gpt-6.2-sol", "input": "hi", **more}


def messages(**more):
    return {"model": "claude-opus-5-5", "max_tokens": 100, "messages": [user("hi")], **more}


def gemini(**more):
    return {"contents": [{"role": "user", "parts": [{"text": "hi"}]}], **more}


def interaction(**more):
    return {"model": "gemini-3.8-flash", "input": "hi", **more}


def ollama(**more):
    return {"model": "qwen3", "messages": [user("hi")], "stream": False, **more}


def without(body, *names):
    return {name: value for name, value in body.items() if name not in names}
