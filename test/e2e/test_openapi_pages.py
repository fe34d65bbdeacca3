"""Lists of APIs that come page by page: `NODE_all`."""
import unittest

from flow_case import PFLOWC
from openapi_case import OpenapiCase, answer, parameter, record

PETS = {"type": "array", "items": record("name", name="string")}
LINK = {"headers": {"Link": {"schema": {"type": "string"}}}}


def pets(*names):
    return [{"name": name} for name in names]


class PagesCase(OpenapiCase):
    def list_pets(self, parameters, schema, *options, **more):
        self.add({"/pets": {"get": {"operationId": "listPets", "parameters": parameters,
                                    "responses": answer(schema, **more)}}}, *options)

    def answers(self, **pages):
        """What is answered, by query."""
        for query, value in pages.items():
            self.answer_json("/pets" + ("?" + query if query != "first" else ""), value)

    def asked(self):
        return [path.removeprefix("/pets") for _, path, _, _ in self.heard()]

    def names(self, call="it.list_pets_all()", more=""):
        return self.run_main(f'{call} {more} >> map(p => p.name) >> collect() -> all\nall.join(" ") >> print()')


class Forms(PagesCase):
    def test_a_header(self):
        self.list_pets([parameter("page", schema="integer"), parameter("kind")], PETS, **LINK)
        at = f"{self.base}/pets"
        self.answer_json("/pets", pets("a", "b"), Link=f'<{at}?x=1>; rel="prev", <{at}?after=b,c>; title="x"; rel="next"')
        self.answer_json("/pets?after=b,c", pets(), Link='</pets?after=d>; rel=next')
        self.answer_json("/pets?after=d", pets("e"), Link=f'<{at}>; rel="first"')
        self.assert_done(self.names('it.list_pets_all(kind: "cat")'), "a b e\n")
        self.assertEqual(self.asked(), ["?kind=cat", "?after=b,c", "?after=d"])

    def test_a_cursor(self):
        page = record("data", data=PETS, meta=record(next_cursor={"type": ["string", "null"]}))
        self.list_pets([parameter("cursor"), parameter("limit", schema="integer")], page)
        self.answer_json("/pets?limit=2", {"data": pets("a", "b"), "meta": {"next_cursor": "b/2="}})
        self.answer_json("/pets?limit=2&cursor=b%2F2%3D", {"data": pets("c"), "meta": {"next_cursor": None}})
        self.assert_done(self.names("it.list_pets_all(limit: 2)"), "a b c\n")

    def test_an_address(self):
        page = record("results", results=PETS, count="integer", next={"type": ["string", "null"]})
        self.list_pets([], page)
        self.answer_json("/pets", {"results": pets("a"), "next": f"{self.base}/pets?from=2"})
        self.answer_json("/pets?from=2", {"results": pets("b"), "next": "?from=3"})
        self.answer_json("/pets?from=3", {"results": pets("c"), "next": None})
        self.assert_done(self.names(), "a b c\n")

    def test_pages_that_are_counted(self):
        self.list_pets([parameter("page", schema="integer")], PETS)
        self.answers(first=pets("a", "b"))
        self.answer_json("/pets?page=2", pets("c"))
        self.answer_json("/pets?page=3", [])
        self.assert_done(self.names(), "a b c\n")
        self.assertEqual(self.asked(), ["", "?page=2", "?page=3"])

    def test_items_that_are_counted(self):
        self.list_pets([parameter("offset", schema="integer", required=True)], PETS)
        self.answer_json("/pets?offset=0", pets("a", "b"))
        self.answer_json("/pets?offset=2", pets("c"))
        self.answer_json("/pets?offset=3", [])
        self.assert_done(self.names(), "a b c\n")

    def test_the_form_that_is_said(self):
        self.list_pets([parameter("page", schema="integer")], PETS, "--pages", "listPets=page", **LINK)
        self.assertIn('"by":"page"', (self.folder / "packages/it/it.openapi.json").read_text())
        self.openapi("add", "it")
        self.assertIn('"by":"page"', (self.folder / "packages/it/it.openapi.json").read_text())
        self.openapi("add", "--pages", "list*=none", "it", "it.json")
        self.assertNotIn("list_pets_all", self.interface())
        for said, words in [("listPets=offset", "the pages of `listPets`: nothing in its description is for `offset`"),
                            ("lostPets=page", "no operation fits `lostPets`; one with a similar name is `listPets`")]:
            self.assertIn(words, self.openapi("add", "--pages", said, "it", "it.json", code=1).stderr)
        self.assertIn("OPERATION=FORM", self.openapi("add", "--pages", "listPets=p", "it", "it.json", code=2).stderr)


class Reading(PagesCase):
    def setUp(self):
        super().setUp()
        self.list_pets([parameter("page", schema="integer")], PETS)
        self.answers(first=pets("a", "b"))
        self.answer_json("/pets?page=2", pets("c", "d"))

    def test_a_page_is_asked_for_when_its_items_are_wanted(self):
        self.assert_done(self.names(more=">> take(2)"), "a b\n")
        self.assertEqual(self.asked(), [""])
        self.server.seen.clear()
        self.assert_done(self.names(more=">> take(3)"), "a b c\n")
        self.assertEqual(self.asked(), ["", "?page=2"])

    def test_recordings_hold_the_pages(self):
        self.answer_json("/pets?page=3", [])
        source = 'it.list_pets_all() >> map(p => p.name) >> collect() -> all\nall.join(" ") >> print()'
        self.assert_done(self.run_main(source, "--record", "pages.yaml"), "a b c d\n")
        self.server.answers.clear()
        self.assert_done(self.run_main(source, "--replay", "pages.yaml"), "a b c d\n")

    def test_stubs_give_lists(self):
        (self.folder / "stubbed.pf").write_text("""import it

flow names() -> all {
  it.list_pets_all() >> map(p => p.name) >> collect() -> all
}

flow main() {
  names() -> all
}

test "stubbed" {
  stub it.list_pets_all = () => [it.ListPetsResultItem { name: "x" }]
  names() -> all
  assert all == ["x"]
}
""")
        self.assert_done(self.run_flow(PFLOWC, "test", "stubbed.pf", cwd=self.folder))
        self.assertEqual(self.asked(), [])

    def test_errors_name_the_page(self):
        self.server.answers["/pets?page=3"] = (500, {}, "broken")
        done = self.names()
        self.assert_failed(done, "PF0906", f"GET {self.base}/pets was answered with HTTP 500")
        self.assertIn("it was page 3 of `list_pets_all`", done.stderr)
        self.answer_json("/pets?page=3", [{"name": "e"}, {"name": 7}])
        self.assert_failed(self.names(), "PF0911", "page 3 of `list_pets_all`, item 2: $.name: expected str, found int")
        self.server.answers["/pets?page=3"] = (200, {"Content-Type": "application/json"}, "[")
        self.assertIn("it was page 3", self.names().stderr)
        self.answer_json("/pets?page=3", {"error": "none"})
        self.assert_failed(self.names(), "PF0911", "the answer has no list where its items should stand")


class Links(PagesCase):
    def setUp(self):
        super().setUp()
        self.list_pets([], PETS, **LINK)

    def test_a_page_that_is_the_next_one_of_itself(self):
        self.answer_json("/pets", pets("a"), Link='</pets?x>; rel="next"')
        self.answer_json("/pets?x", pets("a"), Link='</pets?x>; rel="next"')
        self.assert_failed(self.names(), "PF0911", "page 2 of `list_pets_all` names itself as the next one")

    def test_a_page_at_another_server(self):
        for other in ("https://evil.example/pets", "//evil.example/pets", "ftp:x"):
            self.answer_json("/pets", pets("a"), Link=f'<{other}>; rel="next"')
            self.assert_failed(self.names(), "PF0911", f"page 1 of `list_pets_all` names as the next one `{other}`, "
                               "which is no address of the same server")
            self.assert_done(self.names(more=">> take(1)"), "a\n")


class Keys(PagesCase):
    def test_each_page_is_asked_for_with_the_key(self):
        self.describe({"/pets": {"get": {"operationId": "listPets", "parameters": [parameter("page", schema="integer")],
                                         "responses": answer(PETS, **LINK)}}},
                      components={"securitySchemes": {"q": {"type": "apiKey", "in": "query", "name": "key"}}},
                      security=[{"q": []}])
        self.openapi("add", "--key", "it", "it", "it.json")
        self.answer_json("/pets?key=s3cret", pets("a"), Link='</pets?page=2>; rel="next"')
        self.answer_json("/pets?page=2&key=s3cret", pets("b"))
        self.env["IT_API_KEY"] = "s3cret"
        self.assert_done(self.names(), "a b\n")


if __name__ == "__main__":
    unittest.main()
