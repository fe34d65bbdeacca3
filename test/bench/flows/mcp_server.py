"""A server whose one tool gives its argument back."""
import json
import sys

SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
RESULTS = {
    "initialize": {"protocolVersion": "2025-11-25", "capabilities": {}, "serverInfo": {"name": "echo", "version": "1"}},
    "tools/list": {"tools": [{"name": "echo", "inputSchema": SCHEMA, "outputSchema": SCHEMA}]},
}
for line in sys.stdin:
    message = json.loads(line)
    if "id" not in message:
        continue
    result = RESULTS.get(message["method"]) or {"content": [], "structuredContent": message["params"]["arguments"]}
    print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}), flush=True)
