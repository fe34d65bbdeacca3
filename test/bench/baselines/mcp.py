"""mcp.py SCRIPT COUNT: calls the tool of the server so often, a message after the other."""
import json
import subprocess
import sys

script, count = sys.argv[1:]
with subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                      bufsize=1) as process:
    for n in range(int(count)):
        process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": n, "method": "tools/call", "params": {
            "name": "echo", "arguments": {"n": n}, "_meta": {"progressToken": n}}}) + "\n")
        if json.loads(process.stdout.readline())["result"]["structuredContent"]["n"] != n:
            sys.exit("the answers are in disorder")
    process.stdin.close()
