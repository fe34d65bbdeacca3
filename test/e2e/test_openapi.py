"""`by openapi(…)`: what nodes of APIs send, and what becomes of the answers."""
import base64
import json
import unittest

from openapi_case import OpenapiCase, answer, body, parameter, record

NUMBERS = {"type": "array", "items": {"type": "integer"}}
COLOUR = record(R="integer", G="integer")


class Sent(OpenapiCase):
    def paths_of(self, parameters, calls):
        """The path that each call of an operation with these parameters asks for."""
        path = "/p" + "".join(f"/{{{each['name']}}}" for each in parameters if each["in"] == "path")
        self.add({path: {"get": {"operationId": "ask", "parameters": parameters, "responses": answer()}}})
        self.server.answers = {}
        done = self.run_main("\n".join(f"it.ask({call}) with (fallback: none)" for call in calls))
        return [path for _, path, _, _ in self.heard()], done

    def assert_paths(self, parameters, **calls):
        given = parameters if isinstance(parameters, list) else [parameters]
        paths, done = self.paths_of(given, list(calls.values()) if calls else [""])
        return paths, done

    def styles(self, place, style, explode, name="c"):
        """A list of two numbers, and an object, in that style."""
        found = []
        for schema, value in ((NUMBERS, "[3, 4]"), (COLOUR, "it.AskC { r: 100, g: 200 }"), ("string", '"a/b c"')):
            self.server.seen.clear()
            paths, done = self.paths_of([parameter(name, place, schema, style=style, explode=explode)],
                                        [f"{name}: {value}"])
            self.assertEqual(len(paths), 1, done.stderr)
            found.append(paths[0].removeprefix("/p").removeprefix("/").removeprefix("?"))
        return found

    def test_styles_of_paths(self):
        for style, explode, expected in [
                ("simple", False, ["3,4", "R,100,G,200", "a%2Fb%20c"]),
                ("simple", True, ["3,4", "R=100,G=200", "a%2Fb%20c"]),
                ("label", False, [".3,4", ".R,100,G,200", ".a%2Fb%20c"]),
                ("label", True, [".3.4", ".R=100.G=200", ".a%2Fb%20c"]),
                ("matrix", False, [";c=3,4", ";c=R,100,G,200", ";c=a%2Fb%20c"]),
                ("matrix", True, [";c=3;c=4", ";R=100;G=200", ";c=a%2Fb%20c"])]:
            with self.subTest(style=style, explode=explode):
                self.assertEqual(self.styles("path", style, explode), expected)

    def test_styles_of_queries(self):
        for style, explode, expected in [
                ("form", True, ["c=3&c=4", "R=100&G=200", "c=a%2Fb%20c"]),
                ("form", False, ["c=3,4", "c=R,100,G,200", "c=a%2Fb%20c"]),
                ("spaceDelimited", False, ["c=3%204", "c=R%20100%20G%20200", "c=a%2Fb%20c"]),
                ("pipeDelimited", False, ["c=3%7C4", "c=R%7C100%7CG%7C200", "c=a%2Fb%20c"]),
                ("deepObject", True, ["c%5B%5D=3&c%5B%5D=4", "c%5BR%5D=100&c%5BG%5D=200", "c=a%2Fb%20c"])]:
            with self.subTest(style=style, explode=explode):
                self.assertEqual(self.styles("query", style, explode), expected)

    def test_parameters_of_every_place(self):
        self.add({"/p/{id}": {"post": {"operationId": "ask", "responses": answer(), "parameters": [
            parameter("id", "path", "integer"), parameter("X-Ids", "header", NUMBERS),
            parameter("sid", "cookie"), parameter("n", "query", "integer"), parameter("at", allowReserved=True),
            {"name": "filter", "in": "query", "content": {"application/json": {"schema": COLOUR}}}]}}})
        self.server.answers["/p/7"] = (200, {}, "")
        self.assert_done(self.run_main(
            'it.ask(id: 7, x_Ids: [1, 2], sid: "a;b", at: "a/b?&c", filter: it.AskFilter { r: 1, g: 2 })'))
        (method, path, headers, data), = self.heard()
        self.assertEqual((method, path), ("POST", "/p/7?at=a/b?%26c&filter=%7B%22R%22%3A1%2C%22G%22%3A2%7D"))
        self.assertEqual((headers["x-ids"], headers["cookie"], data), ("1,2", "sid=a%3Bb", b""))

    def test_what_would_lead_elsewhere_is_not_sent(self):
        self.add({"/pets/{id}": {"delete": {"operationId": "drop", "parameters": [parameter("id", "path")]}}})
        for value in ("", "..", "."):
            done = self.run_main(f'it.drop("{value}")')
            self.assert_failed(done, "PF0912", f"`id` is `{value}`, which would be another address")
        self.assertEqual(self.heard(), [])

    def test_bodies_of_json(self):
        self.add({
            "/fields": {"post": {"operationId": "fields", "requestBody": body(
                {**record("name", "may", name="string", size="integer", may={"type": ["integer", "null"]}),
                 "description": "x"})}},
            "/whole": {"put": {"operationId": "whole", "requestBody": body(NUMBERS)}},
            "/maybe": {"post": {"operationId": "maybe", "requestBody": body(record(n="integer"), required=False)}},
            "/deep": {"post": {"operationId": "deep", "requestBody": body(
                record("of", of={"$ref": "#/components/schemas/Tree"}))}}},
            components={"schemas": {"Tree": record(
                id={"type": "integer", "readOnly": True}, kids={"type": "array", "items": {
                    "$ref": "#/components/schemas/Tree"}}, note="string")}})
        for path in ("/fields", "/whole", "/maybe", "/deep"):
            self.server.answers[path] = (204, {}, "")
        self.assert_done(self.run_main('it.fields(name: "a", may: none)\nit.whole([1, 2])\nit.maybe()\nit.maybe(n: 3)\n'
                                       'it.deep(it.TreeInput { kids: [it.TreeInput { note: "x" }] })'))
        sent = [(path, headers.get("content-type"), data.decode()) for _, path, headers, data in self.heard()]
        self.assertEqual(sent, [("/fields", "application/json", '{"name":"a","may":null}'),
                                ("/whole", "application/json", "[1,2]"), ("/maybe", None, ""),
                                ("/maybe", "application/json", '{"n":3}'),
                                ("/deep", "application/json", '{"of":{"kids":[{"note":"x"}]}}')])

    def test_bodies_of_text_bytes_and_forms(self):
        self.add({
            "/text": {"post": {"operationId": "text", "requestBody": body({"type": "string"}, "text/markdown")}},
            "/bytes": {"post": {"operationId": "bytes", "requestBody": body({}, "image/png")}},
            "/form": {"post": {"operationId": "form", "requestBody": body(
                record("a", a="string", b=NUMBERS, c=COLOUR), "application/x-www-form-urlencoded",
                encoding={"b": {"explode": False}, "c": {"style": "deepObject"}})}}})
        for path in ("/text", "/bytes", "/form"):
            self.server.answers[path] = (204, {}, "")
        self.assert_done(self.run_main('it.text("# é")\nit.bytes(base64_decode("cG5n", schema: bytes))\n'
                                       'it.form(a: "x & y", b: [1, 2], c: it.FormC { r: 1 })'))
        sent = [(path, headers.get("content-type"), data.decode()) for _, path, headers, data in self.heard()]
        self.assertEqual(sent, [("/text", "text/markdown", "# é"), ("/bytes", "image/png", "png"),
                                ("/form", "application/x-www-form-urlencoded",
                                 "a=x%20%26%20y&b=1,2&c%5BR%5D=1")])

    @staticmethod
    def blob(data):
        return f'base64_decode("{base64.b64encode(data).decode()}", schema: bytes)'

    def test_multipart(self):
        self.add({"/up": {"post": {"operationId": "up", "requestBody": body(
            record("file", file={"type": "string", "format": "binary"}, tags={"type": "array", "items": {"type": "string"}},
                   about=COLOUR, more={"type": "array", "items": {"type": "string", "format": "binary"}}),
            "multipart/form-data", encoding={"file": {"contentType": "image/png"}})}}})
        self.server.answers["/up"] = (204, {}, "")
        self.assert_done(self.run_main(f'it.up({self.blob(b"--pflow-part-1")}, tags: ["a", "b"], '
                                       f'about: it.UpAbout {{ r: 1 }}, more: [{self.blob(b"x")}])'))
        (_, _, headers, data), = self.heard()
        self.assertEqual(headers["content-type"], "multipart/form-data; boundary=pflow-part-2")
        parts = data.decode().split("--pflow-part-2")
        self.assertEqual(parts[-1], "--\r\n")
        head = "\r\nContent-Disposition: form-data; name="
        self.assertEqual(parts[1:-1], [
            f'{head}"file"; filename="file"\r\nContent-Type: image/png\r\n\r\n--pflow-part-1\r\n',
            f'{head}"tags"\r\n\r\na\r\n', f'{head}"tags"\r\n\r\nb\r\n',
            f'{head}"about"\r\nContent-Type: application/json\r\n\r\n{{"R":1}}\r\n',
            f'{head}"more"; filename="more"\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n'])


class Answers(OpenapiCase):
    def test_values_by_type(self):
        self.add({
            "/json": {"get": {"operationId": "whole", "responses": answer(record("n", n="integer", of=NUMBERS))}},
            "/text": {"get": {"operationId": "text", "responses": answer({"type": "string"}, "text/plain")}},
            "/bytes": {"get": {"operationId": "data", "responses": answer({}, "image/png")}},
            "/none": {"delete": {"operationId": "drop", "responses": answer(status="204")}},
            "/maybe": {"get": {"operationId": "maybe",
                               "responses": {**answer(record("n", n="integer")), **answer(status="204")}}}})
        self.answer_json("/json", {"n": 3, "of": [1], "new": True})
        self.server.answers.update({"/text": (200, {}, "hi"), "/bytes": (200, {}, b"\xff\x00"), "/none": (204, {}, ""),
                                    "/maybe": (204, {}, "")})
        self.assert_done(self.run_main(
            'it.whole() -> it_is\nit.text() -> text\nit.data() -> data\nit.drop()\nit.maybe() -> maybe\n'
            'print("${it_is.n} ${text} ${len(data)} ${maybe == none}")'), "3 hi 2 true\n")
        self.assertEqual([headers.get("accept") for _, _, headers, _ in self.heard()],
                         ["application/json", "text/plain", "image/png", "*/*", "application/json"])

    def test_headers_and_several_types(self):
        self.add({"/list": {"get": {"operationId": "list", "responses": answer(
            NUMBERS, headers={"Link": {"schema": {"type": "string"}}})}},
                  "/job": {"post": {"operationId": "job", "responses": {
                      **answer(record("n", n="integer")), **answer({"type": "string"}, "text/plain", "202")}}}})
        self.answer_json("/list", [1, 2], Link="</list?page=2>; rel=next")
        self.server.answers["/job"] = (202, {}, "later")
        self.assert_done(self.run_main(
            'it.list() -> numbers as page\nprint("${len(numbers)} ${page.headers["link"]}")\n'
            'it.job() -> { result: said, status: status }\nprint("${status} ${said}")'),
            "2 </list?page=2>; rel=next\n202 \"later\"\n")

    def test_sum_types_by_their_tag(self):
        self.add({"/pet": {"get": {"operationId": "pet", "responses": answer({
            "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
            "discriminator": {"propertyName": "is", "mapping": {"cat": "#/components/schemas/Cat"}}})},
            "put": {"operationId": "keep", "requestBody": body({"$ref": "#/components/schemas/Pet"})}}},
            components={"schemas": {
                "Pet": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
                        "discriminator": {"propertyName": "is", "mapping": {"cat": "#/components/schemas/Cat"}}},
                "Cat": record("is", "lives", **{"is": "string"}, lives="integer"),
                "Dog": record("is", **{"is": "string"}, size="string")}})
        self.answer_json("/pet", {"is": "cat", "lives": 9})
        self.assert_done(self.run_main('it.pet() -> pet\nmatch pet { it.Cat c => print(c.lives), _ => print("no") }\n'
                                       'it.keep(it.Cat { lives: 8 })'), "9\n")
        self.assertEqual(json.loads(self.heard()[1][3]), {"is": "cat", "lives": 8})

    def test_answers_that_do_not_fit(self):
        self.add({"/a": {"get": {"operationId": "a", "responses": answer(record("n", n="integer"))}}})
        self.answer_json("/a", {"n": "x"})
        self.assert_failed(self.run_main("it.a() -> a\nprint(a.n)"), "PF0911", "$.n: expected int, found str")
        self.server.answers["/a"] = (200, {}, "")
        self.assert_failed(self.run_main("it.a() -> a\nprint(a.n)"), "PF0911",
                           "the answer with status 200 has no body; expected")

    def test_failures_have_status_and_body(self):
        self.add({"/a": {"get": {"operationId": "a", "responses": answer(record("n", n="integer"))}}})
        self.answer_json("/a", {"why": ["closed"]}, status=409)
        done = self.run_main('it.a() -> a as ask\nprint(a.n)\n'
                             'ask - "error" >> print("${error.kind} ${error.data}") >> end')
        self.assert_done(done, 'http {"status":409,"body":{"why":["closed"]}}\n')

    def test_retries_as_for_http(self):
        self.add({"/a": {"get": {"operationId": "look"}, "post": {"operationId": "make"}}})
        self.server.answers["/a"] = (503, {}, "later")
        self.run_main("it.look() with (retries: 2, fallback: none)")
        self.assertEqual(len(self.heard()), 3)
        self.run_main("it.make() with (retries: 2, fallback: none)")
        self.assertEqual(len(self.heard()), 4)


class Places(OpenapiCase):
    def test_servers(self):
        other = f"http://localhost:{self.server.server_port}/v2"
        self.add({"/a": {"get": {"operationId": "a"}}}, servers=[{"url": self.base}, {"url": other}])
        self.server.answers = {"/a": (204, {}, ""), "/v2/a": (204, {}, ""), "/env/a": (204, {}, "")}
        program = self.compile(f'import it\nflow main() {{\n  it.a()\n  it.a(server: "{other}")\n}}\n')
        self.assert_done(self.run_flow(program))
        self.assert_done(self.run_flow(program, env={"IT_SERVER": self.base + "/env/"}))
        self.assertEqual([path for _, path, _, _ in self.heard()], ["/a", "/v2/a", "/env/a", "/env/a"])

    def test_variables(self):
        self.add({"/a": {"get": {"operationId": "a"}}}, servers=[{
            "url": self.base + "/{zone}/{version}",
            "variables": {"zone": {"default": "eu", "enum": ["eu", "us"]}, "version": {"default": "v1"}}}])
        self.server.answers = {"/eu/v1/a": (204, {}, ""), "/us/v1/a": (204, {}, "")}
        self.assert_done(self.run_main('it.a()\nit.a(zone: "us")'))
        self.assertEqual([path for _, path, _, _ in self.heard()], ["/eu/v1/a", "/us/v1/a"])

    def test_nowhere(self):
        self.add({"/a": {"get": {"operationId": "a"}}}, servers=[])
        done = self.run_main("it.a()")
        self.assertEqual(done.returncode, 2)
        self.assertIn("where the API `it` is, is not known", done.stderr)
        self.assertIn("IT_SERVER", done.stderr)
        self.openapi("add", "--server", self.base, "it", "it.json")
        self.server.answers["/a"] = (204, {}, "")
        self.assert_done(self.run_main("it.a()"))


class Keys(OpenapiCase):
    SCHEMES = {"key": {"type": "apiKey", "in": "header", "name": "X-Key"},
               "query": {"type": "apiKey", "in": "query", "name": "k"},
               "cookie": {"type": "apiKey", "in": "cookie", "name": "sid"},
               "user": {"type": "http", "scheme": "basic"},
               "oauth": {"type": "oauth2", "flows": {}}}

    def add_secured(self, *options):
        self.add({f"/{name}": {"get": {"operationId": name, "security": [{name: []}]}} for name in self.SCHEMES},
                 *options, components={"securitySchemes": self.SCHEMES})
        self.server.answers = {f"/{name}": (204, {}, "") for name in self.SCHEMES}

    def test_every_scheme(self):
        self.add_secured("--key", "it")
        self.assert_done(self.run_main("it.key()\nit.query()\nit.cookie()\nit.user()\nit.oauth()",
                                       env={"IT_API_KEY": "me:s/cret"}))
        heard = {path.split("?")[0]: (path, headers) for _, path, headers, _ in self.heard()}
        self.assertEqual(heard["/key"][1]["x-key"], "me:s/cret")
        self.assertEqual(heard["/query"][0], "/query?k=me%3As%2Fcret")
        self.assertEqual(heard["/cookie"][1]["cookie"], "sid=me%3As%2Fcret")
        self.assertEqual(heard["/user"][1]["authorization"],
                         "Basic " + base64.b64encode(b"me:s/cret").decode())
        self.assertEqual(heard["/oauth"][1]["authorization"], "Bearer me:s/cret")

    def test_a_key_that_lacks_is_told_before_anything_runs(self):
        self.add_secured()
        done = self.run_main('print("before")\nit.key()')
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("the API `it` needs the key `it_key`, which is not set", done.stderr)

    def test_the_first_way_whose_keys_are_set(self):
        self.add({"/a": {"get": {"operationId": "a", "security": [{"key": [], "query": []}, {"oauth": []}]}},
                  "/b": {"get": {"operationId": "b", "security": [{"oauth": []}, {}]}}},
                 components={"securitySchemes": self.SCHEMES})
        self.server.answers = {"/a": (204, {}, ""), "/b": (204, {}, "")}
        self.assert_done(self.run_main("it.a()", env={"IT_OAUTH_API_KEY": "t"}))
        self.assert_done(self.run_main("it.a()", env={"IT_KEY_API_KEY": "x", "IT_QUERY_API_KEY": "y"}))
        self.assert_done(self.run_main("it.b()"))
        first, second, third = self.heard()
        self.assertEqual((first[1], first[2]["authorization"]), ("/a", "Bearer t"))
        self.assertEqual((second[1], second[2]["x-key"], second[2].get("authorization")), ("/a?k=y", "x", None))
        self.assertNotIn("authorization", third[2])

    def test_keys_stay_with_their_origin_and_out_of_errors(self):
        self.add({f"/{name}": {"get": {"operationId": name, "security": [{name: []}]}} for name in ("key", "query")},
                 "--key", "it", components={"securitySchemes": self.SCHEMES})
        moved = (302, {"Location": f"http://localhost:{self.server.server_port}/b"}, "")
        self.server.answers = {"/key": moved, "/query": moved, "/b": (403, {}, "not with topsecret")}
        for call in ("it.key()", "it.query()"):
            done = self.run_main(call, env={"IT_API_KEY": "topsecret"})
            self.assert_failed(done, "PF0906", "GET ")
            self.assertIn("not with ***", done.stderr)
            self.assertNotIn("topsecret", done.stderr)
        self.assertNotIn("x-key", self.heard()[1][2])


class Elsewhere(OpenapiCase):
    """Nodes of APIs where other nodes may stand."""

    def test_stubs_and_recordings(self):
        self.add({"/a": {"get": {"operationId": "a", "responses": answer(record("n", n="integer"))}}})
        self.answer_json("/a", {"n": 4})
        program = self.compile("import it\nflow main() {\n  it.a() -> a\n  print(a.n)\n}\n")
        self.assert_done(self.run_flow(program, "--record", "tape.yaml"), "4\n")
        self.server.answers = {}
        self.assert_done(self.run_flow(program, "--replay", "tape.yaml"), "4\n")
        self.assertEqual(len(self.heard()), 1)

    def test_names_and_types_are_checked(self):
        self.add({"/a": {"get": {"operationId": "a", "parameters": [parameter("n", "query", "integer")]}}})
        for text, error in [('it.a(m: 1)', "PF0502"), ('it.a(n: "x")', "PF0301"), ("it.b()", "PF02")]:
            path = self.folder / "wrong.pf"
            path.write_text("import it\nflow main() { " + text + " }\n")
            with self.assertRaises(AssertionError) as failed:
                self.compile(path.read_text(), "wrong")
            self.assertIn(f"error[{error}", str(failed.exception))


if __name__ == "__main__":
    unittest.main()
