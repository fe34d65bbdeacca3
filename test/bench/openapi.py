"""Nodes of ten operations of a description of 13 MB, beside reading it with Python's `json`."""

import json
import shutil

SIZE = 13_000_000


def description(size):
    """About so many bytes: operations with a record each, which refers to that of the one before."""
    paths, schemas = {}, {}
    text = "What it does, told in a sentence of some length. " * 40
    for i in range(size // 3_000):
        schemas[f"R{i}"] = {"type": "object", "required": ["id"], "properties": {
            "id": {"type": "integer"}, "note": {"type": "string", "description": text[:300]},
            "before": {"$ref": f"#/components/schemas/R{max(i - 1, 0)}"}}}
        paths[f"/things{i}/{{id}}"] = {"get": {
            "operationId": f"things/get-{i}", "summary": f"Thing {i}", "description": text,
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}},
                           {"name": "page", "in": "query", "schema": {"type": "integer"}}],
            "responses": {"200": {"description": "It", "content": {
                "application/json": {"schema": {"$ref": f"#/components/schemas/R{i % 20}"}}}}}}}
    return {"openapi": "3.0.3", "info": {"title": "Large", "version": "1.0.0"},
            "servers": [{"url": "https://api.example.com"}], "paths": paths, "components": {"schemas": schemas}}


def bench_openapi(bench):
    file = bench.folder / "large.json"
    file.write_text(json.dumps(description(SIZE), indent=1))
    patterns = [word for i in range(10) for word in ("--only", f"things/get-{i}")]
    ours, theirs = bench.in_turns(
        [shutil.which("env"), "-C", str(bench.folder), bench.pflowc, "openapi", "add", *patterns, "large", str(file)],
        [shutil.which("python3"), "-c", "import json, sys; json.load(open(sys.argv[1]))", str(file)], times=5)
    bench.add(f"ten operations of a description of {file.stat().st_size / 1e6:.0f} MB as nodes / read by Python",
              f"{ours * 1e3:.0f} ms / {theirs * 1e3:.0f} ms", "≤ 1 s", ours <= 1)
