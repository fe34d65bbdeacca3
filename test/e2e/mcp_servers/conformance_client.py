"""A client for the MCP conformance suite: adds the server at the address that is its last argument, and calls its
tools from a flow, with the arguments that the suite says, else with some of the right types."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

PFLOWC = os.environ["PFLOWC"]
SAMPLES = {"number": 5.0, "integer": 3, "string": "text", "boolean": True, "array": [], "object": {}}


def pflowc(*arguments, check=True):
    return subprocess.run([PFLOWC, *arguments], check=check, timeout=60, stdin=subprocess.DEVNULL)


def literal(value):
    """A value of JSON as the language writes it."""
    if value is None:
        return "none"
    if isinstance(value, str):
        return '"' + "".join(f"\\u{{{ord(c):x}}}" if ord(c) < 32 or c in '"\\$' else c for c in value) + '"'
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{literal(key)}: {literal(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    return json.dumps(value)


def calls(tools):
    """(tool, arguments) of each call to make."""
    said = json.loads(os.environ.get("MCP_CONFORMANCE_CONTEXT") or "{}").get("toolCalls")
    if said:
        return [(each["name"], each["arguments"]) for each in said]
    if "json_schema_echo" in tools:
        focal = next(name for name in tools if name != "json_schema_echo")
        return [("json_schema_echo", {"schema": tools[focal]["inputSchema"]})]
    return [(name, {key: SAMPLES[tool["inputSchema"]["properties"][key].get("type", "string")]
                    for key in tool["inputSchema"].get("required", [])}) for name, tool in tools.items()]


def main():
    with tempfile.TemporaryDirectory(prefix="pflow-conformance-") as folder:
        os.chdir(folder)
        pflowc("mcp", "add", "it", sys.argv[-1])
        tools = json.loads(pathlib.Path("packages/it/it.mcp.json").read_text())["tools"]
        nodes = {}
        for line in pathlib.Path("packages/it/it.pf").read_text().splitlines():
            if line.startswith("node "):
                name = line[5:].split("(")[0]
            if ' by mcp("it", ' in line:
                nodes[json.loads(line.split('by mcp("it", ')[1].split(")")[0])] = name
        lines = ['import it', "flow main() {"]
        for number, (tool, arguments) in enumerate(calls(tools)):
            ports = {value: key for key, value in tools[tool].get("ports", {}).items()}
            given = ", ".join(f"{ports.get(key, key)}: {literal(value)}" for key, value in arguments.items())
            lines += [f"  it.{nodes[tool]}({given}) as call{number}",
                      f'  call{number} - "error" >> eprint("${{error.message}}")']
        pathlib.Path("calls.pf").write_text("\n".join([*lines, "}", ""]), encoding="utf-8")
        pflowc("run", "calls.pf")


main()
