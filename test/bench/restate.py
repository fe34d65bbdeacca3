"""A durable step over a Restate server, beside the server's own SDK for JavaScript."""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench import HERE
from serve import serving

sys.path.insert(0, str(HERE.parent / "e2e"))
import sdk_modules  # noqa: E402
from restate_case import PACKAGES, RestateServer, ask  # noqa: E402

STEPS, TURNS = 2000, 5


def seconds_of(server, address):
    """For one invocation, of the service that is registered there now."""
    status, body = ask("POST", f"http://127.0.0.1:{server.admin}/deployments", {"uri": address, "force": True})
    if status not in (200, 201):
        raise RuntimeError(body)
    begun = time.perf_counter()
    status, body = ask("POST", f"http://127.0.0.1:{server.ingress}/durable/steps", {"count": STEPS})
    if (status, body) != (200, STEPS):
        raise RuntimeError(body)
    return time.perf_counter() - begun


def bench_restate(bench):
    flow = bench.compile(HERE / "flows" / "durable.pf", "--with", "restate")
    modules = sdk_modules.modules(PACKAGES)
    baseline = [sdk_modules.node(), HERE / "baselines" / "durable_service.mjs", modules.parent]
    with (tempfile.TemporaryDirectory() as folder, serving([flow, "--restate", "0"]) as (ours, _),
          serving(baseline) as (theirs, _)):
        server = RestateServer(Path(folder))
        server.start()
        try:
            while not server.is_up():
                time.sleep(0.05)
            pairs = [(seconds_of(server, ours), seconds_of(server, theirs)) for _ in range(TURNS)]
        finally:
            server.kill()
    flow_s, sdk_s = (statistics.median(each) / STEPS for each in zip(*pairs))
    bench.add("a durable step over Restate / of its JavaScript SDK", f"{flow_s * 1e6:.0f} µs / {sdk_s * 1e6:.0f} µs",
              "≤ 2 times", flow_s <= 2 * sdk_s)
