"""Batches of questions, whatever their provider: who has made which, and what their questions are answered."""
from dataclasses import dataclass, field

from .answer import Answer, Failure, Hang
from .call import Call
from .refusal import Refused


@dataclass
class Item:
    """A question of a batch: what it is known by, the match of its path with its form's route, its body."""

    name: str
    match: object
    body: object


@dataclass
class Batch:
    id: str
    form: object  # of its questions
    items: list
    headers: dict
    looks: int
    ended: str = ""  # "", "completed", "expired", "cancelled" or "failed"
    replies: dict = field(default_factory=dict)  # by name: status and body; of one not answered none


class Batches:
    """`looks`: how often a batch is looked at before it has ended; `held`: none ends. `ends` is how the
    next ones end, and `lost` names of questions that have no answer then. So many requests find it `busy`; `silent`, it makes batches and says nothing of them."""

    def __init__(self, mock):
        self.mock = mock
        self.made, self.files = [], {}
        self.looks, self.held, self.ends, self.lost = 1, False, "completed", ()
        self.busy, self.silent = 0, False

    def answer(self, form, call, request):
        if self.busy:
            self.busy -= 1
            raise Refused(429, "slow down")
        before = len(self.made)
        reply = form.reply(self.mock, call, request)
        return Hang() if self.silent and len(self.made) > before else reply

    def add(self, call, prefix, form, items):
        batch = Batch(call.id(prefix), form, items, call.headers, self.looks)
        self.made.append(batch)
        return batch

    def find(self, name):
        for batch in self.made:
            if batch.id == name:
                return batch
        raise Refused(404, f"No batch found with id '{name}'.")

    def look(self, name):
        batch = self.find(name)
        if not batch.ended and not self.held:
            batch.looks -= 1
            if batch.looks < 0:
                self.end(batch)
        return batch

    def cancel(self, name):
        batch = self.find(name)
        if not batch.ended:
            batch.ended = "cancelled"
        return batch

    def end(self, batch):
        batch.ended = self.ends
        if self.ends == "failed":
            return
        for item in batch.items:
            if item.name not in self.lost:
                batch.replies[item.name] = self.reply(batch, item)

    def reply(self, batch, item):
        form = batch.form
        call = Call(batch.headers, {}, item.match, item.body, self.mock.issued)
        try:
            self.mock.check_question(form, call)
            answer = self.mock.script.next(form.model_of(call), form.prompt_of(call))
            if isinstance(answer, Failure):
                said = answer.message or f"scripted failure {answer.status}"
                raise Refused(answer.status, said, answer.code, kind=answer.kind)
            if not isinstance(answer, Answer):
                raise Refused(500, "no such answer in a batch")
            return 200, form.whole(call, answer)
        except Refused as refused:
            return refused.status, form.error(refused)
