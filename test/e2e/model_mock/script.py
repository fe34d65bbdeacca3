"""Which answer is given next."""
import json
import re
import threading

from . import behaviours
from .answer import Answer, Failure


def as_answer(value):
    """A text, an HTTP status to fail with, a value to be sent as JSON, or what it says itself."""
    if isinstance(value, str):
        return Answer(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Failure(value, f"scripted failure {value}", "mock")
    if isinstance(value, (dict, list)) or value is None or isinstance(value, (bool, float)):
        return Answer(json.dumps(value))
    return value


class Script:
    """`pairs`: a regular expression, which the final message must hold, and its answer, or a list of
    answers given in turn, of which the last one stays."""

    def __init__(self, pairs=()):
        self.lock = threading.Lock()
        self.pairs = []
        for pattern, answer in pairs:
            self.on(pattern, *(answer if isinstance(answer, list) else [answer]))

    def on(self, pattern, *answers):
        with self.lock:
            self.pairs.append((re.compile(pattern), list(answers)))

    def matching(self, prompt):
        with self.lock:
            for pattern, left in self.pairs:
                if pattern.search(prompt):
                    return as_answer(left.pop(0) if len(left) > 1 else left[0])
        return None

    def next(self, model, prompt, speaks=True):
        """A model that has a behaviour of its own shows it; else the script, if there is one. Forms
        that do not speak have their own answer."""
        own = behaviours.answer_of(model, prompt)
        if own is not None:
            return own
        scripted = self.matching(prompt)
        if scripted is not None:
            return scripted
        if speaks and (self.pairs or model == "scripted"):
            return Failure(400, f"no answer is scripted for: {prompt}")
        return behaviours.said(prompt)
