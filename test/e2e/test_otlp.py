"""Traces for a collector of OpenTelemetry, judged by the rules of OTLP/HTTP JSON."""
import http.server
import json
import threading
import unittest

from test_llm import LlmCase

PARALLEL = """flow main() {
  ["a", "b"] >> each text with (parallel: 2) { llm("judge ${text}", model: "gpt-4o-mini") } -> all
  write_file("out.txt", all.join("\\n"))
}
"""


class Collector:
    """Keeps what is posted, and answers with the statuses in their order, the last one for ever; `hang`
    never answers."""

    def __init__(self, *statuses, hang=False):
        self.posts, self.lock = [], threading.Lock()
        self.gone = threading.Event()
        collector = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with collector.lock:
                    status = statuses[min(len(collector.posts), len(statuses) - 1)] if statuses else 200
                    collector.posts.append((self.path, dict(self.headers), body))
                if hang:
                    collector.gone.wait(60)
                    return
                self.send_response(status)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.gone.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def spans(self):
        return [span for _, _, body in self.posts for scope in body["resourceSpans"][0]["scopeSpans"]
                for span in scope["spans"]]


def attributes(holder):
    return {each["key"]: next(iter(each["value"].values())) for each in holder["attributes"]}


class Otlp(LlmCase):
    def run_with(self, collector, source=PARALLEL, *arguments, **env):
        return self.flow(source, *arguments, env={"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, **env})

    def test_spans_of_a_run(self):
        with Collector() as collector:
            self.assert_done(self.run_with(collector))
        ((path, headers, body),) = collector.posts
        self.assertEqual((path, headers["content-type"]), ("/v1/traces", "application/json"))
        self.assertEqual(attributes(body["resourceSpans"][0]["resource"]), {"service.name": "flow"})
        spans = collector.spans()
        for span in spans:
            self.assertRegex(span["traceId"], r"^(?!0{32})[0-9a-f]{32}$")
            self.assertRegex(span["spanId"], r"^(?!0{16})[0-9a-f]{16}$")
            self.assertIsInstance(span["kind"], int)
            self.assertLessEqual(int(span["startTimeUnixNano"]), int(span["endTimeUnixNano"]))
        self.assertEqual(len({span["traceId"] for span in spans}), 1)
        self.assertEqual(len({span["spanId"] for span in spans}), len(spans))
        by_name = {}
        for span in spans:
            by_name.setdefault(span["name"], []).append(span)
        self.assertEqual({name: len(some) for name, some in by_name.items()},
                         {"invoke_workflow flow": 1, "llm": 2, "chat gpt-4o-mini": 2, "write_file": 1})
        (root,) = by_name["invoke_workflow flow"]
        self.assertNotIn("parentSpanId", root)
        self.assertEqual({span["parentSpanId"] for span in by_name["llm"] + by_name["write_file"]}, {root["spanId"]})
        self.assertEqual({span["parentSpanId"] for span in by_name["chat gpt-4o-mini"]},
                         {span["spanId"] for span in by_name["llm"]})
        chat = attributes(by_name["chat gpt-4o-mini"][0])
        self.assertEqual((chat["gen_ai.operation.name"], chat["gen_ai.provider.name"], chat["gen_ai.request.model"]),
                         ("chat", "openai", "gpt-4o-mini"))
        self.assertEqual((chat["gen_ai.usage.input_tokens"], chat["gen_ai.usage.output_tokens"]), ("7", "3"))
        self.assertRegex(attributes(by_name["write_file"][0])["pflow.place"], r"^main/write_file#")

    def test_what_fails_says_why(self):
        source = 'flow main() { llm("x", model: "status:400") >> print() }\n'
        with Collector() as collector:
            self.assertEqual(self.run_with(collector, source).returncode, 1)
        spans = {span["name"]: span for span in collector.spans()}
        self.assertEqual(spans["llm"]["status"]["code"], 2)
        self.assertEqual(attributes(spans["llm"])["error.type"], "http")
        self.assertEqual(spans["invoke_workflow flow"]["status"]["code"], 2)

    def test_the_variables(self):
        trace, parent = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
        with Collector() as collector:
            self.run_with(collector, OTEL_SERVICE_NAME="reviews", OTEL_RESOURCE_ATTRIBUTES="team=a%20b,service.name=no",
                          OTEL_EXPORTER_OTLP_HEADERS="x-key=one%2Ctwo, x-other=3", TRACEPARENT=f"00-{trace}-{parent}-01")
        ((_, headers, body),) = collector.posts
        self.assertEqual((headers["x-key"], headers["x-other"]), ("one,two", "3"))
        self.assertEqual(attributes(body["resourceSpans"][0]["resource"]), {"service.name": "reviews", "team": "a b"})
        root = next(span for span in collector.spans() if span["name"].startswith("invoke_workflow"))
        self.assertEqual((root["traceId"], root["parentSpanId"]), (trace, parent))

    def test_nothing_is_sent_unless_it_is_asked_for(self):
        with Collector() as collector:
            self.run_with(collector, OTEL_SDK_DISABLED="true")
            self.run_with(collector, OTEL_TRACES_EXPORTER="none")
            self.flow(PARALLEL)
        self.assertEqual(collector.posts, [])

    def test_many_spans_go_out_in_parts(self):
        source = """flow main() {
  range(0, 1500) >> each i with (parallel: 10) { llm("${i}", model: "echo") } -> all
  print("${all.len()}")
}
"""
        with Collector() as collector:
            self.assert_done(self.run_with(collector, source), "1500\n")
        self.assertGreater(len(collector.posts), 1)
        self.assertEqual(len(collector.spans()), 1500 * 2 + 2)

    def test_it_is_asked_again_when_it_is_busy(self):
        with Collector(503, 429, 200) as collector:
            done = self.run_with(collector)
        self.assert_done(done, "")
        self.assertEqual((len(collector.posts), done.stderr), (3, ""))

    def test_a_collector_that_refuses_changes_nothing_else(self):
        with Collector(400) as collector:
            done = self.run_with(collector)
            self.assert_done(done, "")
            self.assertEqual(len(collector.posts), 1)
            self.assertEqual(done.stderr, f"6 spans of the trace were not taken by {collector.url}/v1/traces: HTTP 400\n")
            self.assertEqual(self.run_with(collector, PARALLEL, "--quiet").stderr, "")

    def test_a_collector_that_hangs_or_is_not_there(self):
        with Collector(hang=True) as collector:
            done = self.run_with(collector, PFLOW_VIRTUAL_TIME="0")
            self.assert_done(done, "")
            self.assertEqual(done.stderr, f"6 spans of the trace were not taken by {collector.url}/v1/traces: "
                                          "no answer within two seconds\n")
        done = self.run_with(collector)
        self.assert_done(done, "")
        self.assertRegex(done.stderr, r"^6 spans of the trace were not taken by .*: ")

    def test_recordings_do_not_hold_it(self):
        with Collector() as collector:
            self.run_with(collector, PARALLEL, "--record", "tape.yaml")
            self.assertNotIn(collector.url, (self.work / "tape.yaml").read_text())
            done = self.run_with(collector, PARALLEL, "--replay", "tape.yaml")
        self.assert_done(done, "")
        self.assertEqual(len(collector.posts), 2)

    def test_what_makes_no_requests_has_it_when_asked_for(self):
        source = 'flow main() { write_file("out", "x") }\n'
        program = self.compile(source, options=["--with", "otlp"])
        with Collector() as collector:
            self.assert_done(self.run_flow(program, env={"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url}))
        self.assertEqual({span["name"] for span in collector.spans()}, {"write_file", "invoke_workflow flow"})


if __name__ == "__main__":
    unittest.main()
