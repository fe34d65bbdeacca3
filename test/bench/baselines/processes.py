"""processes.py SCRIPT COUNT: asks the script so often, a line after the other."""
import json
import subprocess
import sys

script, count = sys.argv[1:]
with subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                      bufsize=1) as process:
    process.stdout.readline()
    for n in range(int(count)):
        process.stdin.write(json.dumps({"id": n, "node": "echo", "input": {"n": n}}) + "\n")
        if json.loads(process.stdout.readline())["output"] != n:
            sys.exit("the answers are in disorder")
    process.stdin.close()
