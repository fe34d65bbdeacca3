"""Anthropic's message batches: POST /v1/messages/batches, GET …/ID and …/ID/results."""
import json
import re
import time

from . import anthropic_errors, anthropic_messages
from .answer import Raw
from .anthropic_errors import bad
from .batches import Item
from .shapes import fields, items, obj, text

ROUTES = (("POST", re.compile(r"/v1/messages/batches")),
          ("GET", re.compile(r"/v1/messages/batches(?P<list>)")),
          ("GET", re.compile(r"/v1/messages/batches/(?P<batch>[^/]+)")),
          ("GET", re.compile(r"/v1/messages/batches/(?P<batch>[^/]+)/(?P<results>results)")),
          ("POST", re.compile(r"/v1/messages/batches/(?P<batch>[^/]+)/(?P<cancel>cancel)")))
NEEDS_KEY = True
HEADERS, REQUEST_ID = anthropic_messages.HEADERS, anthropic_messages.REQUEST_ID
NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")

error, key_of, no_key = anthropic_errors.error, anthropic_errors.key_of, anthropic_errors.no_key
wrong_key = anthropic_errors.wrong_key

BODY = fields({"requests": items(fields({"custom_id": text(), "params": obj}), 1, 100_000)}, {})
COUNTS = {None: "expired", 200: "succeeded"}


def reply(mock, call, request):
    named = call.match.groupdict()
    if "list" in named:
        made = [batch for batch in mock.batches.made if batch.id.startswith("msgbatch_")]
        return as_json({"data": [value_of(call, batch) for batch in reversed(made)], "has_more": False,
                        "first_id": None, "last_id": None})
    if "results" in named:
        return results(mock.batches.find(named["batch"]))
    if "cancel" in named:
        return shown(call, mock.batches.cancel(named["batch"]))
    if "batch" in named:
        return shown(call, mock.batches.look(named["batch"]))
    return shown(call, create(mock, call))


def create(mock, call):
    if "anthropic-version" not in call.headers:
        raise bad("anthropic-version: header is required")
    anthropic_errors.check(BODY, call.body)
    made = [item_of(one) for one in call.body["requests"]]
    if len({item.name for item in made}) != len(made):
        raise bad("requests: custom_id must be unique")
    batch = mock.batches.add(call, "msgbatch_", anthropic_messages, made)
    batch.made = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return batch


def item_of(one):
    if not NAME.fullmatch(one["custom_id"]):
        raise bad("requests.custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'")
    if one["params"].get("stream"):
        raise bad("requests.params.stream: streaming is not supported in batches")
    return Item(one["custom_id"], anthropic_messages.ROUTES[0][1].fullmatch("/v1/messages"), one["params"])


def result_of(batch, item):
    status, body = batch.replies.get(item.name, (None, None))
    if status is None:
        return {"type": "canceled" if batch.ended == "cancelled" else "expired"}
    return {"type": "succeeded", "message": body} if status == 200 else {"type": "errored", "error": body}


def results(batch):
    if not batch.ended:
        raise bad("The batch has not ended.")
    lines = [json.dumps({"custom_id": item.name, "result": result_of(batch, item)}) for item in batch.items]
    return Raw("".join(line + "\n" for line in lines).encode(), content_type="application/x-jsonl")


def as_json(value):
    return Raw(json.dumps(value).encode())


def shown(call, batch):
    return as_json(value_of(call, batch))


def value_of(call, batch):
    counts = dict.fromkeys(("processing", "succeeded", "errored", "canceled", "expired"), 0)
    for item in batch.items:
        counts[result_of(batch, item)["type"] if batch.ended else "processing"] += 1
    address = f"http://{call.headers['host']}/v1/messages/batches/{batch.id}/results"
    return {"id": batch.id, "type": "message_batch",
            "processing_status": "ended" if batch.ended else "in_progress",
            "request_counts": counts, "created_at": batch.made, "expires_at": batch.made, "archived_at": None,
            "ended_at": batch.made if batch.ended else None, "cancel_initiated_at": None,
            "results_url": address if batch.ended else None}
