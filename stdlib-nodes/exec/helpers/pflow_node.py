"""Nodes of a flow, written in Python: `node length(in text: str) -> int by exec("python3", "words.py")`.

    from pflow_node import node, serve

    @node
    def length(text):
        return len(text)

    serve()

A handler is called with the ports and gives the output: the value of one without a name, else a dict of
all. Those that are `async` run at once, others one after the other. `raise Failure("value", "no word")`
fails the call with a kind of pflow, any other exception with `tool`; `return Action("again", output)` ends
it with an action of the node. Standard output is for answers: what is printed goes to standard error.
"""
import asyncio
import inspect
import json
import os
import select
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor

_nodes = {}
_answers = os.fdopen(os.dup(1), "wb", 0)
os.dup2(2, 1)


class Failure(Exception):
    def __init__(self, kind, message, data=None):
        super().__init__(message)
        self.kind, self.data = kind, data


class Action:
    def __init__(self, action, output=None):
        self.action, self.output = action, output


def node(handler):
    _nodes[handler.__name__] = handler
    return handler


def serve():
    _say({"pflow": 1, "nodes": list(_nodes)})
    if any(inspect.iscoroutinefunction(each) for each in _nodes.values()):
        asyncio.run(_serve_at_once())
        return
    for request in _requests_in_turn():
        try:
            _say(_answer(request, _nodes[request["node"]](**request["input"])))
        except Exception as error:
            _say(_failed(request, error))


def _say(line):
    text = json.dumps(line, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    rest = memoryview(text.encode() + b"\n")
    while rest:
        rest = rest[_answers.write(rest):]


def _answer(request, given):
    if isinstance(given, Action):
        return {"id": request["id"], "action": given.action, "output": given.output}
    return {"id": request["id"], "output": given}


def _failed(request, error):
    if isinstance(error, Failure):
        what = {"kind": error.kind, "message": str(error), "data": error.data}
    else:
        traceback.print_exception(type(error), error, error.__traceback__)
        what = {"kind": "tool", "message": f"{type(error).__name__}: {error}"}
    return {"id": request["id"], "error": what}


def _cancelled(request):
    return {"id": request["id"], "error": {"kind": "cancelled", "message": "the call was cancelled"}}


def _requests_in_turn():
    """The requests, without those that are cancelled before their turn."""
    waiting, rest = {}, bytearray()
    while True:
        while not waiting or select.select([0], [], [], 0)[0]:
            chunk = os.read(0, 1 << 20)
            if not chunk:
                return
            rest += chunk
            if b"\n" not in chunk:
                continue
            *lines, rest = rest.split(b"\n")
            for line in map(json.loads, lines):
                if "cancel" not in line:
                    waiting[line["id"]] = line
                elif line["cancel"] in waiting:
                    _say(_cancelled(waiting.pop(line["cancel"])))
        yield waiting.pop(next(iter(waiting)))


async def _serve_at_once():
    loop, running, in_turn = asyncio.get_running_loop(), {}, ThreadPoolExecutor(1)
    ended = loop.create_future()

    async def run(request):
        job = None
        try:
            handler = _nodes[request["node"]]
            if inspect.iscoroutinefunction(handler):
                given = await handler(**request["input"])
            else:
                job = in_turn.submit(handler, **request["input"])
                given = await asyncio.wrap_future(job)
            _say(_answer(request, given))
        except asyncio.CancelledError:
            if job and not job.cancelled():  # it has begun, and goes on
                await asyncio.wait([asyncio.wrap_future(job)])
            _say(_cancelled(request))
        except Exception as error:
            _say(_failed(request, error))
        finally:
            running.pop(request["id"])

    def take(line):
        if "cancel" not in line:
            running[line["id"]] = loop.create_task(run(line))
        elif line["cancel"] in running:
            running[line["cancel"]].cancel()

    def read():
        for line in sys.stdin.buffer:
            loop.call_soon_threadsafe(take, json.loads(line))
        loop.call_soon_threadsafe(ended.set_result, None)

    threading.Thread(target=read, daemon=True).start()
    await ended
