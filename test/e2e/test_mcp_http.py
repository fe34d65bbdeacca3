"""Tools of MCP servers with an address: both forms of the protocol, streams, sessions, keys."""
import base64
import contextlib
import http.server
import json
import threading
import unittest

from mcp_case import McpCase, record, tool

ECHO = 'node echo(in text: str) -> str by mcp("it", "echo")\n'
SAY_IT = ECHO + 'flow main() { echo("tea") >> print() }\n'
LEGACY_VERSION = "2025-11-25"


class Handler(http.server.BaseHTTPRequestHandler):
    """One request; `self.server.rules` answers it: `post(handler, message)`, `get(handler)`."""
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def give(self, status, body=b"", **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Type": "application/json", **named}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        with contextlib.suppress(ConnectionError):  # who cancels does not wait for it
            self.end_headers()
            self.wfile.write(data)

    def stream(self, *events, status=200, **headers):
        text = "".join(event if isinstance(event, str) else f"data: {json.dumps(event)}\n\n" for event in events)
        self.give(status, text.encode(), Content_Type="text/event-stream", **headers)

    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.heard.append((message, dict(self.headers)))
        self.server.rules.post(self, message)

    def do_GET(self):
        self.server.heard.append(("GET", dict(self.headers)))
        self.server.rules.get(self)

    def do_DELETE(self):
        self.server.heard.append(("DELETE", dict(self.headers)))
        self.give(200)


class Modern:
    """Form of 2026-07-28; `call` gives the result of a call."""

    def __init__(self, tools):
        self.tools = tools

    def post(self, handler, message):
        params = message["params"]
        version = params.get("_meta", {}).get("io.modelcontextprotocol/protocolVersion")
        if handler.headers.get("MCP-Protocol-Version") != version or handler.headers.get("Mcp-Method") != message["method"]:
            return handler.give(400, {"jsonrpc": "2.0", "id": message["id"],
                                      "error": {"code": -32020, "message": "header mismatch"}})
        if message["method"] == "tools/list":
            return handler.give(200, {"jsonrpc": "2.0", "id": message["id"], "result": {"tools": self.tools}})
        return self.call(handler, message)

    def call(self, handler, message):
        text = json.dumps(message["params"]["arguments"], sort_keys=True)
        handler.give(200, {"jsonrpc": "2.0", "id": message["id"],
                           "result": {"content": [{"type": "text", "text": text}]}})


class Legacy:
    """Form of 2025-11-25 with sessions; answers as streams, as the SDK's servers do."""

    def __init__(self, tools):
        self.tools = tools
        self.session = 0

    def post(self, handler, message):
        session = {"Mcp-Session-Id": f"s{self.session}"}
        if message["method"] == "initialize":
            self.session += 1
            return handler.stream("id: 1\ndata: \n\n", self.answer(message, {
                "protocolVersion": LEGACY_VERSION, "capabilities": {}, "serverInfo": {"name": "old", "version": "1"}}),
                Mcp_Session_Id=f"s{self.session}")
        if handler.headers.get("Mcp-Session-Id") != session["Mcp-Session-Id"]:
            status = 404 if handler.headers.get("Mcp-Session-Id") else 400
            return handler.give(status, {"jsonrpc": "2.0", "id": None,
                                         "error": {"code": -32000, "message": "No valid session ID provided"}})
        assert handler.headers["MCP-Protocol-Version"] == LEGACY_VERSION
        if "id" not in message:
            return handler.give(202)
        if message["method"] == "tools/list":
            return handler.stream(self.answer(message, {"tools": self.tools}))
        return self.call(handler, message)

    def answer(self, message, result):
        return {"jsonrpc": "2.0", "id": message["id"], "result": result}

    def said(self, message, text):
        return self.answer(message, {"content": [{"type": "text", "text": text}]})

    def call(self, handler, message):
        handler.stream(": alive\n\n", {"jsonrpc": "2.0", "method": "notifications/progress", "params": {
            "progressToken": message["params"]["_meta"]["progressToken"], "progress": 1}},
            self.said(message, json.dumps(message["params"]["arguments"], sort_keys=True)))


class HttpCase(McpCase):
    @contextlib.contextmanager
    def serving(self, rules):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.rules, server.heard = rules, []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            self.url = f"http://127.0.0.1:{server.server_port}/mcp"
            yield server
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    def call(self, rules, source=SAY_IT, **settings):
        with self.serving(rules) as server:
            self.server_file(rules.tools, url=self.url, **settings)
            done = self.flow(source)
            return done, server.heard


def methods(heard):
    return [message if isinstance(message, str) else message["method"] for message, _ in heard]


class Eras(HttpCase):
    def test_a_modern_server(self):
        done, heard = self.call(Modern(self.TOOLS))
        self.assert_done(done, '{"text": "tea"}\n')
        self.assertEqual(methods(heard), ["tools/list", "tools/call"])
        self.assertEqual(heard[1][1]["Mcp-Name"], "echo")
        self.assertEqual(heard[1][1]["Accept"], "application/json, text/event-stream")

    def test_a_legacy_server_with_a_session(self):
        done, heard = self.call(Legacy(self.TOOLS))
        self.assert_done(done, '{"text": "tea"}\n')
        self.assertEqual(methods(heard), ["tools/list", "initialize", "notifications/initialized", "tools/list",
                                          "tools/call", "DELETE"])
        self.assertNotIn("MCP-Protocol-Version", heard[1][1])

    def test_arguments_as_headers(self):
        tools = [tool("echo", text={"type": "string", "x-mcp-header": "Text"},
                      n={"type": "integer", "x-mcp-header": "N"}, maybe_={"type": "string", "x-mcp-header": "Maybe"})]
        done, heard = self.call(Modern(tools), """
node echo(text: str, n: int, maybe: str? = none) -> str by mcp("it", "echo")
flow main() { echo("Käse", n: 3) >> print() }
""")
        self.assert_done(done)
        coded = base64.b64encode("Käse".encode()).decode()
        self.assertEqual(heard[1][1]["Mcp-Param-Text"], f"=?base64?{coded}?=")
        self.assertEqual(heard[1][1]["Mcp-Param-N"], "3")
        self.assertNotIn("Mcp-Param-Maybe", heard[1][1])

    def test_a_tool_whose_headers_cannot_be_is_not_offered(self):
        tools = [tool("echo", text={"type": "array", "items": {"type": "string", "x-mcp-header": "T"}})]
        done, _ = self.call(Modern(tools), 'node echo(text: [str]) -> str by mcp("it", "echo")\n'
                                           'flow main() { echo(["a"]) >> print() }\n')
        self.assert_failed(done, "PF0914", f"the tool `echo` of the server `it` (`{self.url}`) has changed: it is gone")


class Streams(HttpCase):
    def test_a_stream_that_breaks_is_asked_for_again(self):
        class Breaking(Legacy):
            def call(self, handler, message):
                self.asked = message
                handler.stream("id: e1\nretry: 1\ndata: \n\n")

            def get(self, handler):
                handler.stream(self.said(self.asked, f"after {handler.headers['Last-Event-ID']}"))

        done, heard = self.call(Breaking(self.TOOLS))
        self.assert_done(done, "after e1\n")
        self.assertEqual(methods(heard)[-2:], ["GET", "DELETE"])

    def test_a_stream_of_the_newer_form_that_ends_early(self):
        class Ending(Modern):
            def call(self, handler, _):
                handler.stream(": nothing\n\n")

        done, heard = self.call(Ending(self.TOOLS), ECHO + 'flow main() { echo("a") with (retries: 2) >> print() }\n')
        self.assert_failed(done, "PF0905", f"the server `it` (`{self.url}`) ended its answer before the result was there")
        self.assertEqual(methods(heard), ["tools/list", "tools/call"])


class Failures(HttpCase):
    def test_a_session_that_is_forgotten_begins_anew(self):
        class Forgetting(Legacy):
            def call(self, handler, message):
                if self.session == 1:
                    self.session = 7
                    return handler.give(404, {"jsonrpc": "2.0", "id": None, "error": {"code": -32001, "message": "gone"}})
                return handler.stream(self.said(message, f"in {self.session}"))

        self.assert_done(self.call(Forgetting(self.TOOLS))[0], "in 8\n")

    def test_a_key_is_sent_as_bearer(self):
        (self.home / "keys.json").write_text('{"tea": "leaf"}')
        done, heard = self.call(Modern(self.TOOLS), key="tea", headers={"X-Of": "me"})
        self.assert_done(done)
        self.assertEqual([headers["Authorization"] for _, headers in heard], ["Bearer leaf"] * 2)
        self.assertEqual(heard[0][1]["X-Of"], "me")

    def test_a_server_that_wants_a_key(self):
        class Locked(Modern):
            def post(self, handler, message):
                handler.give(401, WWW_Authenticate='Bearer scope="tea"')

        done, heard = self.call(Locked(self.TOOLS))
        self.assert_failed(done, "PF0906", f"the server `it` (`{self.url}`) answered with HTTP 401 (Bearer scope=\"tea\")")
        self.assertIn("`pflowc mcp add --key NAME`", done.stderr)
        self.assertEqual(methods(heard), ["tools/list"])

    def test_a_server_that_is_ill_is_of_no_form(self):
        class Ill(Modern):
            def post(self, handler, message):
                handler.give(503, b"later")

        done, heard = self.call(Ill(self.TOOLS))
        self.assert_failed(done, "PF0906", f"the server `it` (`{self.url}`) answered with HTTP 503: later")
        self.assertEqual(methods(heard), ["tools/list"])

    def test_a_page_is_no_server(self):
        class Page(Modern):
            def post(self, handler, message):
                handler.give(200, b"<html>Welcome</html>", Content_Type="text/html")

        done, _ = self.call(Page(self.TOOLS))
        self.assert_failed(done, "PF0914", f"the server `it` (`{self.url}`) answered with `<html>Welcome</html>`, "
                                           "which is no message")

    def test_nobody_there(self):
        with self.serving(Modern(self.TOOLS)):
            self.server_file(url=self.url)
        self.assert_failed(self.flow(SAY_IT), "PF0905", f"the server `it` (`{self.url}`) cannot be reached: ")

    def test_a_cancelled_call_is_told_in_the_older_form(self):
        held = threading.Event()

        class Slow(Legacy):
            def post(self, handler, message):
                if message["method"] == "notifications/cancelled":
                    held.set()
                super().post(handler, message)

            def call(self, handler, message):
                held.wait(60)
                handler.stream(self.said(message, "late"))

        done, heard = self.call(Slow(self.TOOLS), ECHO + """
flow main() { echo("a") with (timeout: 1s, fallback: "none") >> print() }
""")
        self.assert_done(done, "none\n")
        self.assertIn("notifications/cancelled", methods(heard))


if __name__ == "__main__":
    unittest.main()
