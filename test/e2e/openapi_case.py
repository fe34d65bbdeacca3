"""What the tests of APIs share: descriptions of a few lines, a server that notes what it hears, `pflowc openapi`."""
import json
import subprocess

from flow_case import PATIENCE, PFLOWC
from test_http import HttpCase


def parameter(name, place="query", schema="string", **more):
    schema = {"type": schema} if isinstance(schema, str) else schema
    return {"name": name, "in": place, "schema": schema, **({"required": True} if place == "path" else {}), **more}


def body(schema, media="application/json", required=True, **more):
    return {"required": required, "content": {media: {"schema": schema, **more}}}


def answer(schema=None, media="application/json", status="200", **more):
    content = {} if schema is None else {"content": {media: {"schema": schema}}}
    return {status: {"description": "", **content, **more}}


def record(*required, **properties):
    return {"type": "object", "required": list(required),
            "properties": {name: {"type": kind} if isinstance(kind, str) else kind
                           for name, kind in properties.items()}}


class OpenapiCase(HttpCase):
    def describe(self, paths, **more):
        """A description of the server, beside the program."""
        path = self.folder / "it.json"
        path.write_text(json.dumps({"openapi": "3.1.0", "info": {"title": "It", "version": "2.1.0"},
                                    "servers": [{"url": self.base}], "paths": paths, **more}))
        return path

    def openapi(self, *arguments, code=0, env=None):
        done = subprocess.run([PFLOWC, "openapi", *arguments], cwd=self.folder, env={**self.env, **(env or {})},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def add(self, paths, *options, **more):
        self.describe(paths, **more)
        return self.openapi("add", *options, "it", "it.json")

    def interface(self, name="it"):
        return (self.folder / "packages" / name / f"{name}.pf").read_text()

    def run_main(self, text, *arguments, **options):
        return self.flow("import it\nflow main() {\n" + text + "\n}\n", *arguments, **options)

    def heard(self):
        """Method, path, headers in lower case, and body of each request."""
        return [(method, path, {name.lower(): value for name, value in headers.items()}, data)
                for method, path, headers, data in self.server.seen]

    def answer_json(self, path, value, status=200, **headers):
        self.server.answers[path] = (status, {"Content-Type": "application/json", **headers}, json.dumps(value))
