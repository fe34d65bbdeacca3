"""What the tests of MCP share: servers written in Python, and the file that tells of them."""
import json

from flow_case import FlowCase

# A server that does all that it must: `call(id, name, arguments, meta)` answers a call of a tool, and a
# test may say otherwise. TOOLS, a list, is what it offers.
SERVER = """import json, os, sys, time

def say(**message):
    print(json.dumps({"jsonrpc": "2.0", **message}), flush=True)

def text(id, said, **more):
    say(id=id, result={"content": [{"type": "text", "text": said}], **more})

def call(id, name, arguments, meta):
    text(id, name + json.dumps(arguments, sort_keys=True))

def take(message):
    method, id, params = message.get("method"), message.get("id"), message.get("params", {})
    if method == "initialize":
        say(id=id, result={"protocolVersion": "2025-11-25", "capabilities": {"tools": {}},
                           "serverInfo": {"name": "test", "version": "3.2.1"}})
    elif method == "tools/list":
        say(id=id, result={"tools": TOOLS})
    elif method == "tools/call":
        call(id, params["name"], params["arguments"], params["_meta"])

def serve():
    for line in sys.stdin:
        with open("heard", "a") as file:
            file.write(line)
        take(json.loads(line))
"""


def tool(name, output=None, **properties):
    """A tool whose arguments are all required; those named with a final `_` are not."""
    schema = {"type": "object",
              "properties": {key.rstrip("_"): value if isinstance(value, dict) else {"type": value}
                             for key, value in properties.items()},
              "required": [key for key in properties if not key.endswith("_")]}
    return {"name": name, "inputSchema": schema, **({"outputSchema": output} if output else {})}


def record(**properties):
    return {"type": "object", "required": list(properties),
            "properties": {name: {"type": kind} for name, kind in properties.items()}}


class McpCase(FlowCase):
    TOOLS = [tool("echo", text="string")]

    def server(self, text="serve()\n", tools=None, name="server.py"):
        """A server beside the program."""
        path = self.folder / name
        path.write_text(f"{SERVER}\nTOOLS = json.loads({json.dumps(json.dumps(tools or self.TOOLS))})\n{text}",
                        encoding="utf-8")
        return path

    def server_file(self, tools=None, name="it", **server):
        """What the program knows of the server."""
        known = {each["name"]: {key: value for key, value in each.items() if key != "name"}
                 for each in tools or self.TOOLS}
        settings = server or {"command": "python3", "args": ["server.py"]}
        (self.folder / f"{name}.mcp.json").write_text(json.dumps({"server": settings, "tools": known}))

    def heard(self):
        return [json.loads(line) for line in (self.work / "heard").read_text().splitlines()]
