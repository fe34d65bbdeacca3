"""Gemini's batches with inlined requests: POST …/models/MODEL:batchGenerateContent, GET /v1beta/batches/ID."""
import json
import re

from . import gemini, gemini_errors
from .answer import Raw
from .batches import Item
from .gemini_errors import bad

ROUTES = (("POST", re.compile(r"/v1(?:beta)?/models/(?P<model>.+):batchGenerateContent")),
          ("GET", re.compile(r"/v1beta/batches(?P<list>)")),
          ("GET", re.compile(r"/v1(?:beta)?/batches/(?P<batch>[^/:]+)")),
          ("POST", re.compile(r"/v1(?:beta)?/batches/(?P<batch>[^/:]+):(?P<cancel>cancel)")))
NEEDS_KEY = True
HEADERS, REQUEST_ID = gemini_errors.HEADERS, gemini_errors.REQUEST_ID
STATES = {"": "RUNNING", "completed": "SUCCEEDED", "expired": "EXPIRED", "cancelled": "CANCELLED", "failed": "FAILED"}

error, key_of, no_key = gemini_errors.error, gemini_errors.key_of, gemini_errors.no_key
wrong_key = gemini_errors.wrong_key


def reply(mock, call, request):
    named = call.match.groupdict()
    if "model" in named:
        return shown(create(mock, call, named["model"]))
    if "list" in named:
        made = [batch for batch in mock.batches.made if batch.id.startswith("batches/")]
        return Raw(json.dumps({"operations": [value_of(batch) for batch in reversed(made)]}).encode())
    name = "batches/" + named["batch"]
    return shown(mock.batches.cancel(name) if "cancel" in named else mock.batches.look(name))


def member(value, *names):
    """A member that JSON of Google may spell in two ways."""
    for name in names:
        if isinstance(value, dict) and name in value:
            return value[name]
    raise bad(f"* BatchGenerateContentRequest.batch.{names[0]}: {names[0]} is not specified")


def create(mock, call, model):
    batch = member(call.body, "batch")
    name = member(batch, "display_name", "displayName")
    requests = member(member(member(batch, "input_config", "inputConfig"), "requests"), "requests")
    match = gemini.ROUTES[0][1].fullmatch(f"/v1beta/models/{model}:generateContent")
    items = [Item(str(place), match, without_model(member(one, "request"))) for place, one in enumerate(requests)]
    made = mock.batches.add(call, "batches/", gemini, items)
    made.display_name = name
    made.metadata = [one.get("metadata") for one in requests]
    return made


def without_model(request):
    """It stands in the address, but requests of a batch may name it, too."""
    return {name: value for name, value in request.items() if name != "model"}


def response_of(batch, item, metadata):
    status, body = batch.replies.get(item.name, (None, None))
    if status is None:
        found = {"error": {"code": 1, "message": "The request was not executed."}}
    elif status == 200:
        found = {"response": body}
    else:
        found = {"error": {"code": status, "message": body["error"]["message"]}}
    return found if metadata is None else {**found, "metadata": metadata}


def shown(batch):
    return Raw(json.dumps(value_of(batch)).encode())


def value_of(batch):
    state = "BATCH_STATE_" + STATES[batch.ended]
    value = {"name": batch.id, "metadata": {
        "@type": "type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch",
        "name": batch.id, "displayName": batch.display_name, "state": state, "createTime": "2026-11-30T00:00:00Z"}}
    if batch.ended == "completed":
        inlined = {"inlinedResponses": [response_of(batch, *pair) for pair in zip(batch.items, batch.metadata)]}
        value["metadata"]["output"] = {"inlinedResponses": inlined}
        value.update(done=True, response={"inlinedResponses": inlined})
    elif batch.ended:
        value.update(done=True, error={"code": 13, "message": "the batch was not executed"})
    return value
