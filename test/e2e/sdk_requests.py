"""What the clients of the providers send, as it is kept in `sdk/requests`.

    sdk_requests.py --update    writes the files anew, after a look at the difference"""
import argparse
import json
import pathlib
import re
import tempfile

import sdk_modules
from model_mock import ModelMock

PROVIDERS = ("openai_chat", "openai_responses", "anthropic_messages", "gemini", "gemini_interactions",
             "ollama")
STORED = sdk_modules.SDK / "requests"
SEALED = "c2VhbGVk"
# What the client says of itself, and what its way of speaking HTTP brings along.
OF_THE_CLIENT = re.compile("x-stainless-.*|user-agent|x-goog-api-client|host|connection|content-length|"
                           "accept-encoding|accept-language|sec-fetch-mode|transfer-encoding|cookie")


def recorded(provider):
    """By call: the method, the path, the headers and the body of its request."""
    with tempfile.TemporaryDirectory(prefix="pflow-record-") as folder, ModelMock() as mock:
        mock.issued.remember({SEALED: "I must look.", "rs_1": SEALED}, [])
        if provider.startswith("gemini"):  # a signature says nothing there
            mock.issued.remember({SEALED: ""}, [])
        names = sdk_modules.run("record_requests.mjs", mock.root, provider, folder=pathlib.Path(folder))
        requests = mock.requests
    if len(names) != len(requests):
        raise RuntimeError(f"{len(names)} calls made {len(requests)} requests")
    return {name: without_the_client(request) for name, request in sorted(zip(names, requests))}


def without_the_client(request):
    headers = {name: value for name, value in sorted(request["headers"].items())
               if not OF_THE_CLIENT.fullmatch(name)}
    if not request["body"]:
        return {"method": request["method"], "path": request["path"], "headers": headers}
    return {**request, "headers": headers}


def text_of(requests):
    return json.dumps(requests, indent=2, ensure_ascii=False) + "\n"


def file_of(provider):
    return STORED / f"{provider}.json"


def main():
    parser = argparse.ArgumentParser(description="The requests of the clients of the providers.")
    parser.add_argument("--update", action="store_true", required=True, help="write the files anew")
    parser.parse_args()
    STORED.mkdir(exist_ok=True)
    for provider in PROVIDERS:
        file_of(provider).write_text(text_of(recorded(provider)), encoding="utf-8")


if __name__ == "__main__":
    main()
