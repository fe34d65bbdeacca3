#!/usr/bin/env python3
"""A model provider for tests: OpenAI chat completions on 127.0.0.1.

The model's name says how it behaves, `NAME` or `NAME:ARGUMENT`:

  mock            answers "mock: " and the final user message
  delay:MS        the same, later
  status:CODE     fails with that HTTP status and a message
  limit:SECONDS   429 with Retry-After
  redirect        302 to the same place
  broken          an answer that is no JSON
  text-error      a 502 that is a web page
  error200        an error inside a 200
  empty           no choices
  null            a message without text
  refuse          a refusal
  ends:REASON     the prompt as answer, ended for that reason
  parts           the text in parts
  no-usage        no token counts
  cost:DOLLARS    a cost in the usage
  leak            an error message that repeats the key it was sent
  drop            closes the connection instead of answering
  cut             closes the connection in the middle of the answer
  drip:MS         the answer byte by byte
  huge:BYTES      that many bytes of text
  hang            never answers
  scripted        and, where there are `answers`, every other name: what they say, pairs of a regular expression, which the final
                  user message must hold, and the answer (or a list of answers,
                  given in turn, of which the last one stays). An answer is a text, a
                  value to be sent as JSON, or an HTTP status to fail with.

Every request is appended to the record file as one line of JSON. Started as a
program it prints its port and serves until its standard input ends.
"""
import argparse
import http.server
import json
import re
import socket
import struct
import sys
import threading
import time


def completion(model, text, **message):
    words = len(text.split()) if text else 0
    return {
        "id": "chatcmpl-mock",
        "object": "chat.completion",
        "created": 1,
        "model": model + "-2026",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": text, "refusal": None, **message},
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 7, "completion_tokens": words, "total_tokens": 7 + words},
    }


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.record(self, body)
        try:
            request = json.loads(body)
            name, _, argument = request["model"].partition(":")
            prompt = request["messages"][-1]["content"]
            behaviour = getattr(self, "on_" + name.replace("-", "_"), None)
        except (ValueError, KeyError, IndexError):
            return self.send_json(400, {"error": {"message": "malformed request"}})
        if self.path != "/v1/chat/completions":
            return self.send_json(404, {"error": {"message": "no such path " + self.path}})
        if behaviour is None and self.server.answers:
            behaviour = self.on_scripted
        if behaviour is None:
            message = f"The model `{request['model']}` does not exist"
            return self.send_json(404, {"error": {"message": message, "code": "model_not_found"}})
        return behaviour(request, prompt, argument)

    do_GET = do_POST

    def send_json(self, status, value, headers=()):
        self.send_bytes(status, json.dumps(value, indent=2).encode(), "application/json", headers)

    def send_bytes(self, status, body, kind, headers=()):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def reset_connection(self):
        """Closes at once, with a reset instead of an orderly end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    # ---- behaviours ----

    def on_mock(self, request, prompt, _):
        self.send_json(200, completion(request["model"], "mock: " + prompt))

    def on_delay(self, request, prompt, milliseconds):
        self.server.stopping.wait(int(milliseconds) / 1000)
        self.on_mock(request, prompt, "")

    def on_status(self, _request, _prompt, code):
        message = f"scripted failure {code}"
        self.send_json(int(code), {"error": {"message": message, "type": "mock", "code": None}})

    def on_limit(self, _request, _prompt, seconds):
        error = {"error": {"message": "slow down", "type": "requests"}}
        self.send_json(429, error, [("Retry-After", seconds)])

    def on_redirect(self, _request, _prompt, _):
        self.send_bytes(302, b"", "text/plain", [("Location", self.path)])

    def on_broken(self, _request, _prompt, _):
        self.send_bytes(200, b'{"choices": [{"message"', "application/json")

    def on_text_error(self, _request, _prompt, _):
        self.send_bytes(502, b"<html><b>Bad Gateway</b></html>\n", "text/html")

    def on_error200(self, _request, _prompt, _):
        self.send_json(200, {"error": {"message": "upstream is overloaded"}})

    def on_empty(self, request, _prompt, _):
        self.send_json(200, {"object": "chat.completion", "model": request["model"], "choices": []})

    def on_null(self, request, _prompt, _):
        answer = completion(request["model"], None)
        answer["choices"][0]["finish_reason"] = "content_filter"
        self.send_json(200, answer)

    def on_refuse(self, request, _prompt, _):
        self.send_json(200, completion(request["model"], None, refusal="I will not."))

    def on_ends(self, request, prompt, reason):
        answer = completion(request["model"], prompt)
        answer["choices"][0]["finish_reason"] = reason
        self.send_json(200, answer)

    def on_parts(self, request, prompt, _):
        parts = [{"type": "text", "text": "mock: "}, {"type": "text", "text": prompt}]
        self.send_json(200, completion(request["model"], "", content=parts))

    def on_no_usage(self, request, prompt, _):
        answer = completion(request["model"], "mock: " + prompt)
        del answer["usage"]
        self.send_json(200, answer)

    def on_cost(self, request, prompt, dollars):
        answer = completion(request["model"], "mock: " + prompt)
        answer["usage"]["cost"] = float(dollars)
        self.send_json(200, answer)

    def on_leak(self, _request, _prompt, _):
        sent = self.headers.get("authorization", "").removeprefix("Bearer ")
        self.send_json(401, {"error": {"message": f"Incorrect API key provided: {sent}."}})

    def on_drop(self, _request, _prompt, _):
        self.reset_connection()

    def on_cut(self, request, prompt, _):
        body = json.dumps(completion(request["model"], "mock: " + prompt)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.wfile.flush()
        self.close_connection = True

    def on_drip(self, request, prompt, milliseconds):
        body = json.dumps(completion(request["model"], "mock: " + prompt)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for byte in body:
            self.wfile.write(b"1\r\n" + bytes([byte]) + b"\r\n")
            self.wfile.flush()
            time.sleep(int(milliseconds) / 1000)
        self.wfile.write(b"0\r\n\r\n")

    def on_huge(self, request, _prompt, size):
        self.send_json(200, completion(request["model"], "x" * int(size)))

    def on_hang(self, _request, _prompt, _):
        self.server.stopping.wait()
        self.close_connection = True


    def on_scripted(self, request, prompt, _):
        answer = self.server.scripted_answer(prompt)
        if answer is None:
            message = f"no answer is scripted for: {prompt}"
            return self.send_json(400, {"error": {"message": message}})
        if isinstance(answer, int) and not isinstance(answer, bool):
            return self.on_status(request, prompt, answer)
        text = answer if isinstance(answer, str) else json.dumps(answer)
        return self.send_json(200, completion(request["model"], text))


class MockProvider(http.server.ThreadingHTTPServer):
    """Serves from a thread of its own while it is a context."""

    daemon_threads = True
    request_queue_size = 1024

    def __init__(self, record_file=None, answers=()):
        super().__init__(("127.0.0.1", 0), Handler)
        self.record_file = record_file
        self.requests = []
        self.answers = [
            (re.compile(pattern), list(answer) if isinstance(answer, list) else [answer])
            for pattern, answer in answers
        ]
        self.stopping = threading.Event()
        self.lock = threading.Lock()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"

    def record(self, handler, body):
        try:
            parsed = json.loads(body)
        except ValueError:
            parsed = body.decode("utf-8", "replace")
        entry = {
            "method": handler.command,
            "path": handler.path,
            "headers": {name.lower(): value for name, value in handler.headers.items()},
            "body": parsed,
        }
        with self.lock:
            self.requests.append(entry)
            if self.record_file:
                with open(self.record_file, "a", encoding="utf-8") as file:
                    file.write(json.dumps(entry) + "\n")

    def scripted_answer(self, prompt):
        """The next answer of the first pattern that the prompt holds."""
        with self.lock:
            for pattern, left in self.answers:
                if pattern.search(prompt):
                    return left.pop(0) if len(left) > 1 else left[0]
        return None

    def handle_error(self, request, client_address):
        """Clients that went away are part of the tests."""

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.shutdown()
        self.server_close()


def main():
    parser = argparse.ArgumentParser(description="A model provider for tests.")
    parser.add_argument("--record", metavar="FILE", help="append every request as a line of JSON")
    options = parser.parse_args()
    with MockProvider(options.record) as provider:
        print(provider.server_port, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
