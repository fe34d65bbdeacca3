"""How the answers of the mock of model providers lie on the wire, and what it remembers."""
import asyncio
import http.client
import json
import pathlib
import resource
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from mock_client import (CHAT, GEMINI, MESSAGES, OLLAMA, RESPONSES, chat, gemini, messages, ollama,
                         responses)
from model_mock import Answer, Delivery, Drop, Failure, Hang, ModelMock, Raw, Reasoning, ToolCall, Usage

AT_ONCE = 1000


class WireCase(unittest.TestCase):
    def mock(self, *answers):
        mock = ModelMock(answers=[("", list(answers))] if answers else ())
        mock.__enter__()
        self.addCleanup(mock.__exit__)
        return mock

    def events(self, wire, body, answer, **options):
        """The events of a stream: names and values."""
        status, _, text = wire.post(self.mock(answer), body, **options)
        self.assertEqual(status, 200, text)
        found = []
        for event in text.split("\n\n"):
            lines = dict(line.split(": ", 1) for line in event.split("\n") if line)
            if lines.get("data", "[DONE]") != "[DONE]":
                found.append((lines.get("event"), json.loads(lines["data"])))
        return found


class Streams(WireCase):
    def test_chat_completions(self):
        answer = Answer("a b", usage=Usage(input=5, output=2))
        body = chat(stream=True, stream_options={"include_usage": True})
        values = [value for _, value in self.events(CHAT, body, answer)]
        self.assertEqual([value["choices"][0]["delta"] for value in values[:-1]], [
            {"role": "assistant", "content": "", "refusal": None}, {"content": "a"}, {"content": " b"},
            {}])
        self.assertEqual(values[-2]["choices"][0]["finish_reason"], "stop")
        self.assertEqual(values[-1]["choices"], [])
        self.assertEqual(values[-1]["usage"]["total_tokens"], 7)

    def test_chat_completions_end(self):
        _, headers, text = CHAT.post(self.mock(Answer("x")), chat(stream=True))
        self.assertEqual(headers["Content-Type"], "text/event-stream; charset=utf-8")
        self.assertTrue(text.endswith("data: [DONE]\n\n"))
        self.assertNotIn("usage", text)
        _, _, text = CHAT.post(self.mock(Answer("x", delivery=Delivery(done=False))), chat(stream=True))
        self.assertNotIn("[DONE]", text)

    def test_arguments_in_pieces(self):
        answer = Answer(tool_calls=(ToolCall("f", {"a": "b c"}, "c1"),), delivery=Delivery(characters=3))
        values = [value for _, value in self.events(CHAT, chat(stream=True), answer)]
        calls = [value["choices"][0]["delta"].get("tool_calls", [{}])[0] for value in values]
        self.assertEqual([call["id"] for call in calls if "id" in call], ["c1"])
        self.assertEqual([call["function"]["arguments"] for call in calls if call],
                         ["", '{"a', '":"', "b c", '"}'])

    def test_thoughts_of_other_servers(self):
        answer = Answer("x", reasoning=(Reasoning("I think."),))
        for model, shown in (("mock-server", True), ("gpt-4.1", False)):
            body = chat(model="scripted" if shown else model)
            _, _, text = CHAT.post(self.mock(answer), body)
            self.assertEqual("reasoning_content" in text, shown)

    def test_responses(self):
        answer = Answer("a b", reasoning=(Reasoning("I think.", "sealed"),),
                        tool_calls=(ToolCall("f", {}),), delivery=Delivery(characters=8))
        found = self.events(RESPONSES, responses(stream=True), answer)
        self.assertEqual([name.removeprefix("response.") for name, _ in found], [
            "created", "in_progress",
            "output_item.added", "reasoning_summary_part.added", "reasoning_summary_text.delta",
            "reasoning_summary_text.done", "reasoning_summary_part.done", "output_item.done",
            "output_item.added", "content_part.added", "output_text.delta", "output_text.done",
            "content_part.done", "output_item.done",
            "output_item.added", "function_call_arguments.delta", "function_call_arguments.done",
            "output_item.done", "completed"])
        self.assertEqual([value["sequence_number"] for _, value in found], list(range(19)))
        self.assertTrue(all(name == value["type"] for name, value in found))

    def test_anthropic(self):
        answer = Answer("a", reasoning=(Reasoning("I think.", "sealed"), Reasoning("", "shut", True)),
                        tool_calls=(ToolCall("f", {}),), delivery=Delivery(characters=8))
        found = self.events(MESSAGES, messages(stream=True), answer)
        self.assertEqual([name for name, _ in found], [
            "message_start", "content_block_start", "ping", "content_block_delta", "content_block_delta",
            "content_block_stop", "content_block_start", "content_block_stop", "content_block_start",
            "content_block_delta", "content_block_stop", "content_block_start", "content_block_delta",
            "content_block_stop", "message_delta", "message_stop"])
        blocks = [value["content_block"]["type"] for name, value in found if "content_block" in value]
        self.assertEqual(blocks, ["thinking", "redacted_thinking", "text", "tool_use"])
        self.assertEqual(found[-2][1]["delta"]["stop_reason"], "tool_use")

    def test_gemini_as_events_and_as_one_array(self):
        path = GEMINI.path.replace(":generate", ":streamGenerate")
        events = self.events(GEMINI, gemini(), Answer("a b"), path=path + "?alt=sse")
        _, headers, text = GEMINI.post(self.mock(Answer("a b")), gemini(), path=path)
        self.assertEqual(headers["Content-Type"], "application/json; charset=UTF-8")
        self.assertEqual([value["candidates"] for _, value in events],
                         [value["candidates"] for value in json.loads(text)])
        self.assertEqual(len(events), 2)

    def test_ollama_streams_unless_it_is_told_not_to(self):
        body = ollama()
        del body["stream"]
        _, headers, text = OLLAMA.post(self.mock(Answer("a b", finish="length")), body)
        self.assertEqual(headers["Content-Type"], "application/x-ndjson")
        lines = [json.loads(line) for line in text.splitlines()]
        self.assertEqual([line["message"]["content"] for line in lines], ["a", " b", ""])
        self.assertEqual([line["done"] for line in lines], [False, False, True])
        self.assertEqual(lines[-1]["done_reason"], "length")

    def test_what_a_client_must_skip(self):
        how = Delivery(comments=True, leading_space=True, line_end="\r\n")
        _, _, text = CHAT.post(self.mock(Answer("x", delivery=how)), chat(stream=True))
        self.assertTrue(text.startswith(" data: "))
        self.assertIn(": nothing to see\r\n\r\ndata: {", text)
        self.assertNotIn("\n", text.replace("\r\n", ""))

    def test_half_a_pair(self):
        half = "\ud83d"
        for body in (ollama(model="mock", messages=[{"role": "user", "content": half}]),
                     ollama(model="mock", messages=[{"role": "user", "content": half}], stream=True)):
            status, _, text = OLLAMA.post(self.mock(), body)
            self.assertEqual(status, 200)
            self.assertIn("\\ud83d", text)

    def test_characters_are_cut_anywhere(self):
        mock = self.mock(Answer("é", delivery=Delivery(octets=1)))
        connection = socket.create_connection(("127.0.0.1", mock.port))
        body = json.dumps(chat(stream=True)).encode()
        connection.sendall(b"POST /v1/chat/completions HTTP/1.1\r\nAuthorization: Bearer k\r\n"
                           b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        got = b""
        while not got.endswith(b"\r\n0\r\n\r\n"):
            got += connection.recv(65536)
        connection.close()
        self.assertIn(b"1\r\n\xc3\r\n1\r\n\xa9\r\n", got)


class Faults(WireCase):
    def test_another_status_with_what_the_provider_says(self):
        failure = Failure(429, "slow down", retry_after="7", headers=(("x-should-retry", "false"),))
        for wire, body, place in ((CHAT, chat(), "error"), (MESSAGES, messages(), "error"),
                                  (GEMINI, gemini(), "error")):
            status, headers, text = wire.post(self.mock(failure), body)
            self.assertEqual((status, headers["Retry-After"]), (429, "7"))
            self.assertEqual(headers["x-should-retry"], "false")
            self.assertEqual(json.loads(text)[place]["message"], "slow down")
        _, _, text = OLLAMA.post(self.mock(failure), ollama())
        self.assertEqual(json.loads(text), {"error": "slow down"})

    def test_bytes_that_no_provider_sends(self):
        page = Raw(b"<html>", 502, "text/html")
        moved = Raw(b"", 302, "text/plain", (("Location", "{target}"),))
        self.assertEqual(CHAT.post(self.mock(page), chat())[::2], (502, "<html>"))
        status, headers, _ = CHAT.post(self.mock(moved), chat())
        self.assertEqual((status, headers["Location"]), (302, CHAT.path))
        self.assertEqual(CHAT.post(self.mock(Raw(b"")), chat())[::2], (200, ""))

    def test_another_content_type(self):
        how = Delivery(content_type="text/plain")
        for body in (chat(), chat(stream=True)):
            _, headers, _ = CHAT.post(self.mock(Answer("x", delivery=how)), body)
            self.assertEqual(headers["Content-Type"], "text/plain")

    def test_connections_that_break(self):
        cut, reset = (Answer("a b", delivery=Delivery(stop_after=1, end=end))
                      for end in ("close", "reset"))
        for answer in (cut, reset, Drop()):
            for body in (chat(), chat(stream=True)):
                with self.assertRaises((http.client.HTTPException, ConnectionError)):
                    CHAT.post(self.mock(answer), body)

    def test_answers_that_stay_away_end_with_the_server(self):
        silent = Answer("a b", delivery=Delivery(stop_after=1, end="silence"))
        for answer, begun in ((Hang(), b""), (silent, b"HTTP/1.1 200 OK")):
            mock = self.mock(answer)
            connection = socket.create_connection(("127.0.0.1", mock.port))
            body = json.dumps(chat(stream=True)).encode()
            connection.sendall(b"POST /v1/chat/completions HTTP/1.1\r\nAuthorization: Bearer k\r\n"
                               b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
            while not mock.requests:
                time.sleep(0.01)
            got = connection.recv(65536) if begun else b""
            self.assertTrue(got.startswith(begun))
            self.doCleanups()
            rest = b"".join(iter(lambda peer=connection: peer.recv(65536), b""))
            self.assertNotIn(b"[DONE]", rest)
            connection.close()


class Memory(WireCase):
    def test_requests_are_kept_whole(self):
        mock = self.mock()
        body = '{"messages":[{"content":"hi","role":"user"}],"model":"gpt-4.1"}'
        CHAT.post(mock, body, path=CHAT.path + "?x=1")
        (request,) = mock.requests
        self.assertEqual((request["method"], request["path"]), ("POST", CHAT.path + "?x=1"))
        self.assertEqual(request["headers"]["authorization"], "Bearer sk-test")
        self.assertEqual(json.dumps(request["body"], separators=(",", ":")), body)

    def test_answers_in_turn(self):
        mock = ModelMock(answers=[("one", ["a", 500, {"b": 1}]), ("", "rest")])
        mock.__enter__()
        self.addCleanup(mock.__exit__)
        got = []
        for prompt in ("one", "two", "one", "one", "one"):
            _, _, text = OLLAMA.post(mock, ollama(messages=[{"role": "user", "content": prompt}]))
            answer = json.loads(text)
            got.append(answer.get("error") or answer["message"]["content"])
        self.assertEqual(got, ["a", "rest", "scripted failure 500", '{"b": 1}', '{"b": 1}'])

    def test_as_a_program(self):
        with tempfile.TemporaryDirectory() as folder:
            record = pathlib.Path(folder, "record")
            with subprocess.Popen([sys.executable, "-B", "-m", "model_mock", "--record", record],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                  cwd=pathlib.Path(__file__).parent) as program:
                program.port = int(program.stdout.readline())
                _, _, text = OLLAMA.post(program, ollama(model="mock"))
                program.stdin.close()
                self.assertEqual(program.wait(), 0)
            self.assertEqual(json.loads(text)["message"]["content"], "mock: hi")
            self.assertEqual(json.loads(record.read_text())["body"], ollama(model="mock"))


class Many(WireCase):
    def setUp(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

    def test_connections_at_once(self):
        mock = self.mock()
        body = json.dumps(chat(model="mock")).encode()
        request = (b"POST /v1/chat/completions HTTP/1.1\r\nAuthorization: Bearer k\r\n"
                   b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

        async def ask(everyone):
            reader, writer = await asyncio.open_connection("127.0.0.1", mock.port)
            await everyone.wait()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            writer.close()
            return head.split(b"\r\n")[0]

        async def all_at_once():
            everyone = asyncio.Event()
            tasks = [asyncio.create_task(ask(everyone)) for _ in range(AT_ONCE)]
            await asyncio.sleep(0)
            everyone.set()
            return await asyncio.gather(*tasks)

        self.assertEqual(set(asyncio.run(all_at_once())), {b"HTTP/1.1 200 OK"})
        self.assertEqual(len(mock.requests), AT_ONCE)


if __name__ == "__main__":
    unittest.main()
