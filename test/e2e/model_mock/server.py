"""The mock: all wire forms on one port."""
import json
import threading
import traceback

from . import (anthropic_batches, anthropic_messages, behaviours, gemini, gemini_batches, gemini_embeddings,
               gemini_interactions, ollama, ollama_embed, ollama_tags, openai_batches, openai_chat,
               openai_embeddings, openai_responses)
from .batches import Batches
from .call import Call
from .deliver import Reply
from .http_server import HttpServer
from .issued import Issued
from .refusal import Refused
from .script import Script

FORMS = (openai_chat, openai_responses, openai_embeddings, anthropic_messages, gemini,
         gemini_embeddings, gemini_interactions, ollama, ollama_embed, ollama_tags)
BATCH_FORMS = (openai_batches, anthropic_batches, gemini_batches)
LARGEST_BODY = 32 << 20


class ModelMock(HttpServer):
    """Serves while it is a context. `requests` holds all that was asked: method, path, headers, body.

    With `key`, only that key is right; without, any is. `answers` are those of `Script`."""

    def __init__(self, record_file=None, answers=(), key=None):
        super().__init__()
        self.record_file, self.key = record_file, key
        self.requests = []
        self.script = Script(answers)
        self.issued = Issued()
        self.batches = Batches(self)
        self.lock = threading.Lock()

    @property
    def url(self):
        """What OPENAI_BASE_URL holds."""
        return self.root + "/v1"

    def record(self, request):
        entry = {"method": request.method, "path": request.target, "headers": request.headers,
                 "body": request.json}
        with self.lock:
            self.requests.append(entry)
            if self.record_file:
                with open(self.record_file, "a", encoding="utf-8") as file:
                    file.write(json.dumps(entry) + "\n")

    async def answer(self, request, connection):
        self.record(request)
        form, match = self.form_of(request)
        call = Call(request.headers, request.query, match, request.json, self.issued)
        reply = Reply(form, call, request, connection)
        try:
            self.check(form, call, request)
            if form in BATCH_FORMS:
                answer = self.batches.answer(form, call, request)
            else:
                self.check_question(form, call)
                answer = self.script.next(form.model_of(call), form.prompt_of(call), form.SPEAKS)
        except Refused as refused:
            return await reply.refuse(refused)
        except Exception:  # a mistake of ours, which a test must see
            traceback.print_exc()
            return await reply.refuse(Refused(500, "the mock failed: " + traceback.format_exc(0)))
        return await reply.give(answer)

    def form_of(self, request):
        for form in (*FORMS, *BATCH_FORMS):
            for method, route in form.ROUTES:
                match = route.fullmatch(request.path)
                if match and method == request.method:
                    return form, match
        return openai_chat, None

    def check(self, form, call, request):
        """In the order of the providers: the place, the key, whether there is a body."""
        if call.match is None:
            raise Refused(404, f"Invalid URL ({request.method} {request.path})",
                          code="unknown_url", kind="invalid_request_error")
        if form.NEEDS_KEY:
            self.check_key(form, form.key_of(call))
        if len(request.body) > LARGEST_BODY:
            raise Refused(413, "Request exceeds the maximum size")
        if request.method == "POST" and form not in BATCH_FORMS and not isinstance(call.body, dict):
            raise Refused(400, "We could not parse the JSON body of your request.")

    def check_question(self, form, call):
        """The body, then the model."""
        form.check(call)
        model = form.model_of(call)
        if not form.knows(model) and not behaviours.knows(model):
            raise form.no_model(model)

    def check_key(self, form, key):
        if key is None:
            raise form.no_key()
        if self.key is not None and key != self.key:
            raise form.wrong_key(key)
