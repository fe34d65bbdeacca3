"""Answers with what it is asked, and does nothing else."""
import json
import sys

print('{"pflow":1}', flush=True)
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"id": request["id"], "output": request["input"]["n"]}), flush=True)
