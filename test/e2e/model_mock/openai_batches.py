"""OpenAI batches: POST /v1/files and /v1/batches, GET /v1/batches/ID and /v1/files/ID/content."""
import email
import json
import re

from . import openai_chat, openai_errors, openai_responses
from .answer import Raw
from .batches import Item
from .openai_errors import bad
from .refusal import Refused
from .shapes import fields, obj, text

ROUTES = (("POST", re.compile(r"/v1/files")), ("GET", re.compile(r"/v1/files/(?P<file>[^/]+)/content")),
          ("POST", re.compile(r"/v1/batches")), ("GET", re.compile(r"/v1/batches(?P<list>)")), ("GET", re.compile(r"/v1/batches/(?P<batch>batch_[^/]+)")),
          ("POST", re.compile(r"/v1/batches/(?P<batch>batch_[^/]+)/(?P<cancel>cancel)")))
NEEDS_KEY = True
MOST_ITEMS = 50_000

error, key_of, no_key = openai_errors.error, openai_errors.key_of, openai_errors.no_key
wrong_key = openai_errors.wrong_key
HEADERS, REQUEST_ID = openai_errors.HEADERS, openai_errors.REQUEST_ID

BODY = fields({"input_file_id": text(), "endpoint": text("/v1/chat/completions", "/v1/responses"),
               "completion_window": text("24h")}, {"metadata": obj})
LINE = fields({"custom_id": text(at_least=1), "method": text("POST"), "url": text(), "body": obj})
FORMS = {"/v1/chat/completions": openai_chat, "/v1/responses": openai_responses}


def reply(mock, call, request):
    named = call.match.groupdict()
    if call.match.re.pattern == "/v1/files":
        return as_json(upload(mock, call, request))
    if "file" in named:
        return Raw(mock.batches.files[named["file"]].encode(), content_type="application/octet-stream")
    if "cancel" in named:
        return as_json(shown(mock, mock.batches.cancel(named["batch"])))
    if "batch" in named:
        return as_json(shown(mock, mock.batches.look(named["batch"])))
    if "list" in named:
        made = [batch for batch in mock.batches.made if batch.id.startswith("batch_")]
        return as_json({"object": "list", "data": [shown(mock, batch) for batch in reversed(made)], "has_more": False})
    return as_json(shown(mock, create(mock, call)))


def as_json(value):
    return Raw(json.dumps(value).encode())


def parts_of(request):
    """The fields of a form, by name."""
    kind = request.headers.get("content-type", "")
    message = email.message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + request.body)
    if not message.is_multipart():
        raise bad("Invalid content type: expected multipart/form-data.")
    return {part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
            for part in message.get_payload()}


def upload(mock, call, request):
    parts = parts_of(request)
    if parts.get("purpose") != b"batch":
        raise bad("Invalid value for 'purpose'.", param="purpose")
    name = call.id("file-")
    mock.batches.files[name] = parts["file"].decode()
    return {"id": name, "object": "file", "bytes": len(parts["file"]), "created_at": 1, "filename": "batch.jsonl",
            "purpose": "batch", "status": "processed"}


def create(mock, call):
    openai_errors.check(BODY, call.body)
    lines = mock.batches.files.get(call.body["input_file_id"])
    if lines is None:
        raise Refused(404, f"No such File object: {call.body['input_file_id']}")
    endpoint = call.body["endpoint"]
    items = [item_of(json.loads(line), endpoint) for line in lines.splitlines()]
    if len({item.name for item in items}) != len(items) or len(items) > MOST_ITEMS:
        raise bad("The custom_id of a line is not unique, or there are too many lines.")
    if len({item.body.get("model") for item in items}) > 1:
        raise bad("Each input file can only include requests to a single model.")
    batch = mock.batches.add(call, "batch_", FORMS[endpoint], items)
    batch.endpoint, batch.input_file = endpoint, call.body["input_file_id"]
    batch.metadata = call.body.get("metadata")
    return batch


def item_of(line, endpoint):
    openai_errors.check(LINE, line)
    if line["url"] != endpoint:
        raise bad("The URL of a line does not match the endpoint of the batch.")
    match = FORMS[endpoint].ROUTES[0][1].fullmatch(endpoint)
    return Item(line["custom_id"], match, line["body"])


def lines_of(batch, answered):
    for item in batch.items:
        status, body = batch.replies.get(item.name, (None, None))
        if (status == 200) != answered:
            continue
        line = {"id": f"batch_req_{item.name}", "custom_id": item.name, "response": None, "error": None}
        if status is None:
            code = "batch_cancelled" if batch.ended == "cancelled" else "batch_expired"
            line["error"] = {"code": code, "message": "This request was not executed."}
        else:
            line["response"] = {"status_code": status, "request_id": f"req_{item.name}", "body": body}
        yield json.dumps(line)


def file_of(mock, batch, answered):
    lines = list(lines_of(batch, answered))
    if not lines or batch.ended == "failed":
        return None
    name = f"file-{batch.id}-{'output' if answered else 'error'}"
    mock.batches.files[name] = "\n".join(lines) + "\n"
    return name


def shown(mock, batch):
    done = sum(status == 200 for status, _ in batch.replies.values())
    value = {"id": batch.id, "object": "batch", "endpoint": batch.endpoint, "errors": None,
             "input_file_id": batch.input_file, "completion_window": "24h", "created_at": 1,
             "status": batch.ended or "in_progress", "output_file_id": None, "error_file_id": None,
             "request_counts": {"total": len(batch.items), "completed": done,
                                "failed": len(batch.replies) - done}, "metadata": batch.metadata}
    if batch.ended == "failed":
        value["errors"] = {"object": "list", "data": [
            {"code": "invalid_json_line", "message": "This line is not parseable.", "param": None, "line": 1}]}
    if batch.ended:
        value["output_file_id"], value["error_file_id"] = file_of(mock, batch, True), file_of(mock, batch, False)
    return value
