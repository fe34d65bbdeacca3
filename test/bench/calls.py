"""Thousands of calls in flight: against an epoll client, and how small they are."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import HERE

sys.path.insert(0, str(HERE.parent / "e2e"))
from transport.authority import Authority  # noqa: E402
from transport.nghttpx import Nghttpx  # noqa: E402


class Server:
    """Answers every request after 50 ms, on a port of its own."""

    def __init__(self, bench):
        self.process = subprocess.Popen([bench.compile_c("http_server"), "50"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def bench_calls(bench):
    flow, client = bench.compile(HERE / "flows" / "calls.pf"), bench.compile_c("calls")
    with Server(bench) as server:
        for count, parallel in ((10_000, 1000), (1000, 100)):
            ours_command = [flow, f"http://127.0.0.1:{server.port}", str(count), str(parallel)]
            ours, baseline = bench.in_turns(
                ours_command, [client, server.port, str(count), str(parallel)], times=7)
            bench.ratio(f"{count:,} HTTP calls of 50 ms, {parallel:,} at once / an epoll client in C",
                        ours, baseline, 1.15)
            peak = bench.peak(ours_command, times=3)
            bench.add(f"peak memory of {count:,} calls, {parallel:,} at once",
                      f"{peak / 1024:.1f} MiB", "< 40 MB", peak * 1024 < 40_000_000)
    sleeping = bench.compile(HERE / "flows" / "sleeping.pf")
    many, few = bench.peak([sleeping, "10000"], times=3), bench.peak([sleeping, "1"], times=3)
    each = (many - few) * 1024 / 10_000
    bench.add("memory of a sleeping frame, of 10,000", f"{each:.0f} bytes", "< 1,024 bytes",
              each < 1024)
    bench_models(bench)


def bench_models(bench):
    """10,000 questions to a model, 1,000 at once: plain, and over HTTP/2 with TLS."""
    flow, client = bench.compile(HERE / "flows" / "questions.pf"), bench.compile_c("curl_calls", "-lcurl")
    many, at_once = "10000", "1000"
    before = dict(os.environ)
    os.environ["OPENAI_API_KEY"] = "sk-bench"
    with Server(bench) as server, tempfile.TemporaryDirectory() as folder:
        url = f"http://127.0.0.1:{server.port}/v1"
        os.environ["OPENAI_BASE_URL"] = url
        structured = bench.compile(HERE / "flows" / "structured.pf")
        typed, plain = bench.processor_in_turns([structured, many, at_once], [flow, many, at_once], times=9)
        bench.ratio("processor time of 10,000 `llm` calls with a schema / without", typed, plain, 1.3)
        ours, baseline = bench.processor_in_turns(
            [flow, many, at_once], [client, url + "/chat/completions", many, at_once], times=9)
        bench.ratio("processor time of 10,000 `llm` calls, 1,000 at once / libcurl in C",
                    ours, baseline, 1.1)
        authority = Authority(Path(folder) / "ca")
        question = Path(folder) / "question.json"
        question.write_text('{"model":"mock","messages":[{"role":"user","content":"What?"}]}')
        with Nghttpx(Path(folder), server.port, authority.certificate("server")) as front:
            os.environ.update(OPENAI_BASE_URL=front.url + "/v1", CURL_CA_BUNDLE=authority.file)
            bench.run([flow, many, at_once])
            connections = len(front.connections())
            ours, baseline = bench.in_turns(
                [flow, many, at_once],
                ["/usr/bin/h2load", "-n", many, "-c", "10", "-m", "100", "-d", str(question),
                 "-H", "content-type: application/json", front.url + "/v1/chat/completions"], times=5)
            bench.ratio("10,000 `llm` calls over HTTP/2 and TLS, 1,000 at once / h2load",
                        ours, baseline, 1.3)
            bench.add("connections that they take", str(connections), "≤ 20", connections <= 20)
    os.environ.clear()
    os.environ.update(before)
