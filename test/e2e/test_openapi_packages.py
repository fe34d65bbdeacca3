"""`pflowc openapi` and `--schema-from`: packages of descriptions, made, listed and removed; descriptions that are wrong."""
import json
import subprocess
import unittest

from flow_case import PATIENCE, PFLOWC
from openapi_case import OpenapiCase, answer, body, parameter, record

YAML = """openapi: 3.0.3
info: {title: Pets, version: v1.2}
servers: [{url: /v1}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        200:
          description: yes
          content:
            application/json:
              schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}
    post:
      operationId: addPet
      tags: [pets]
  /shops:
    get: {operationId: listShops}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string, description: no}
        born: {type: string, enum: [on, 2024-01-01]}
"""


class Packages(OpenapiCase):
    def test_made_of_yaml_at_an_address(self):
        self.server.answers = {"/apis/pets.yaml": (200, {}, YAML),
                               "/v1/pets": (200, {}, '[{"name": "Tom", "born": "on"}]')}
        done = self.openapi("add", "pets", f"{self.base}/apis/pets.yaml", "--only", "pets.*")
        self.assertEqual(done.stdout, "2 nodes in `packages/pets/pets.pf`\n")
        self.assertIn('schema Pet {\n  ## no\n  name: str\n  born: ("on" | "2024-01-01")? = none\n}', self.interface("pets"))
        self.assertIn('name = "pets"\nversion = "1.2.0"\npflow = 1\ndescription = "The operations of Pets"\n',
                      (self.folder / "packages/pets/package.toml").read_text())
        self.assert_done(self.flow('import pets\nflow main() {\n  pets.list_pets() -> found\n'
                                   '  print(found.map(p => p.name).join(" "))\n}\n'), "Tom\n")

    def test_made_anew_as_before(self):
        first = self.add({"/a": {"get": {"operationId": "a", "security": [{"k": []}]}},
                          "/b": {"get": {"operationId": "b"}}}, "--only", "a", "--key", "mine", "--server", self.base + "/x",
                         components={"securitySchemes": {"k": {"type": "http", "scheme": "bearer"}}})
        before = (self.folder / "packages/it/it.openapi.json").read_text()
        self.assertIn('"key":"mine"', before)
        self.assertEqual(self.openapi("add", "it").stdout, first.stdout)
        self.assertEqual((self.folder / "packages/it/it.openapi.json").read_text(), before)

    def test_listed_shown_and_removed(self):
        self.assertIn("no APIs are added", self.openapi("list").stdout)
        self.add({"/a": {"get": {"operationId": "a"}}}, "--user")
        row, = json.loads(self.openapi("list", "--json").stdout)
        self.assertEqual((row["name"], row["operations"], row["url"]), ("it", 1, self.base))
        self.assertIn('by openapi("it", "a")', self.openapi("show", "it").stdout)
        self.assertEqual(json.loads(self.openapi("show", "it", "--json").stdout)["operations"]["a"]["path"], "/a")
        self.assertIn("did you mean `it`?", self.openapi("remove", "itt", code=1).stderr)
        self.openapi("remove", "it")
        self.assertFalse((self.home / "packages" / "it").exists())

    def test_what_is_left_out_is_told(self):
        done = self.add({"/a": {"get": {"operationId": "a", "parameters": [{"$ref": "#/none"}]}},
                         "/b": {"get": {"operationId": "b"}}})
        why = "`a` is left out: `$ref` points to `#/none`, which is not there"
        self.assertEqual(done.stdout, f"1 node in `packages/it/it.pf`\n{why}\n")
        self.assertIn(f"# {why}\n", self.interface())

    def test_an_operation_that_is_not_there(self):
        self.describe({"/a": {"get": {"operationId": "listPets"}}})
        done = self.openapi("add", "it", "it.json", "--only", "listPet", code=1)
        self.assertIn("no operation fits `listPet`; one with a similar name is `listPets`", done.stderr)
        self.openapi("add", "it", "it.json")
        path = self.folder / "packages/it/it.pf"
        path.write_text(path.read_text().replace('"listPets"', '"listPet"'))
        done = subprocess.run([PFLOWC, "check", path], capture_output=True, text=True, timeout=PATIENCE)
        self.assertIn("error[PF0526]: the API `it` has no operation `listPet`", done.stderr)
        self.assertIn("an operation with a similar name exists: `listPets`", done.stderr)
        (self.folder / "packages/it/it.openapi.json").unlink()
        done = subprocess.run([PFLOWC, "check", path], capture_output=True, text=True, timeout=PATIENCE)
        self.assertIn("error[PF0525]: nothing is known of the API `it`: there is no file", done.stderr)
        self.assertIn("`pflowc openapi add it FILE` or `… URL` makes it", done.stderr)


class WrongDescriptions(OpenapiCase):
    def refused(self, text, name="it.yaml"):
        (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        done = self.openapi("add", "it", name, code=1)
        self.assertFalse((self.folder / "packages").exists())
        return done.stderr

    def test_texts(self):
        for text, why in [("", "`it.yaml`, it is empty"), ("openapi: [3", "`it.yaml`, line "),
                          ('{"openapi": "3.0.0",\n "paths": {,}}', "`it.yaml`, line 2: it is no JSON"),
                          (b"openapi: \xff\xfe", "`it.yaml`, line 1: it is no YAML"),
                          ("a: 1\na: 2\n", "`it.yaml`, line 2: it is no YAML"),
                          ("- 1\n", "it is no object"), ("title: x\n", "it has no `openapi: 3.…`"),
                          ("openapi: 2.0.0\npaths: {}", "it is of version 2.0.0 of OpenAPI"),
                          ("openapi: 3.1.0\npaths: 7", "its `paths` are no object"),
                          ("x: &a [1]\n" + "".join(f"y{i}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}, *{chr(97 + i)}, "
                                                    f"*{chr(97 + i)}, *{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(15)),
                           "`it.yaml`, line ")]:
            with self.subTest(why=why):
                self.assertIn(why, self.refused(text))

    def test_nesting(self):
        self.assertIn("it is no JSON", self.refused('{"openapi": ' + "[" * 100_000, "it.json"))

    def test_cycles(self):
        schemas = {"A": record("b", b={"$ref": "#/components/schemas/B"}),
                   "B": record("a", a={"$ref": "#/components/schemas/A"}),
                   "C": {"allOf": [{"$ref": "#/components/schemas/C"}]}, "D": {"$ref": "#/components/schemas/D"},
                   "E": {"type": "array", "items": {"$ref": "#/components/schemas/E"}},
                   "F": {"oneOf": [{"$ref": "#/components/schemas/F"}, {"type": "string"}]}}
        self.add({f"/{name}": {"post": {
            "operationId": f"ask{name}", "requestBody": body({"$ref": f"#/components/schemas/{name}"}),
            "responses": answer({"$ref": f"#/components/schemas/{name}"})}} for name in schemas},
            components={"schemas": schemas, "parameters": {"p": {"$ref": "#/components/parameters/p"}}})
        self.assert_done(self.run_main("print(1)"), "1\n")

    def test_values_where_others_are_meant(self):
        """Every member of a description, in turn, is something else: no crash, and what is made is right."""
        paths = {"/a/{id}": {"post": {
            "operationId": "a", "tags": ["x"], "parameters": [parameter("id", "path"), parameter("q", explode=False)],
            "requestBody": body(record("n", n="integer")), "responses": answer(record("m", m="string")),
            "security": [{"k": []}], "servers": [{"url": "/b", "variables": {"v": {"default": "1"}}}]}}}
        whole = json.loads(self.describe(paths, components={
            "securitySchemes": {"k": {"type": "apiKey", "in": "header", "name": "x"}}}).read_text())
        places = []

        def walk(value, path):
            for key in (value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()):
                places.append([*path, key])
                walk(value[key], [*path, key])

        walk(whole["paths"], ["paths"])
        walk(whole["components"], ["components"])
        for index, place in enumerate(places):
            wrong = json.loads(json.dumps(whole))
            at = wrong
            for key in place[:-1]:
                at = at[key]
            at[place[-1]] = [7, None, [], {}, "x", [None], {"x": None}, True][index % 8]
            (self.folder / "it.json").write_text(json.dumps(wrong))
            done = subprocess.run([PFLOWC, "openapi", "add", "it", "it.json"], cwd=self.folder, env=self.env,
                                  capture_output=True, text=True, timeout=PATIENCE)
            self.assertIn(done.returncode, (0, 1), f"{place}: {done.stderr}")
            self.assertNotIn("has an error", done.stderr, f"{place}")


class Schemas(OpenapiCase):
    def types(self, schema, *options, code=0, name="order.schema.json"):
        (self.folder / name).write_text(schema if isinstance(schema, str) else json.dumps(schema))
        done = subprocess.run([PFLOWC, "--schema-from", name, *options], cwd=self.folder, env=self.env,
                              capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def test_types_of_a_schema(self):
        self.assertEqual(self.types(record("n", n="integer", tag={"enum": ["a", "b"]})).stdout,
                         'schema Order {\n  n: int\n  tag: ("a" | "b")? = none\n}\n')
        self.assertEqual(self.types({"title": "all notes", "type": "array", "items": {"type": "string"}}).stdout,
                         "type AllNotes = [str]\n")
        self.assertEqual(self.types("title: Note\ntype: [string, 'null']\n").stdout, "type Note = str?\n")

    def test_values_are_read_by_them(self):
        text = self.types(record("n", n="integer")).stdout
        self.assert_done(self.flow(text + 'flow main() {\n  parse_json("{\\"n\\": 4}", schema: Order) -> order\n'
                                   '  print(order.n)\n}\n'), "4\n")

    def test_what_has_no_types(self):
        self.assertIn("`order.schema.json`: a schema `false`, which no value fits", self.types(False, code=1).stderr)
        self.assertIn("`order.schema.json`, line 1: it is no JSON", self.types("{", code=1).stderr)

    def test_a_model_is_asked_for_a_value(self):
        (self.folder / "order.json").write_text(json.dumps(record("n", n="integer")))
        done = subprocess.run([PFLOWC, "llm", "--schema", "order.json", "-m", "echo", '{"n": 3}'], cwd=self.folder,
                              env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual((done.returncode, done.stdout), (0, '{"n":3}\n'), done.stderr)


if __name__ == "__main__":
    unittest.main()
