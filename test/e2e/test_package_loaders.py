"""Loaders of fragments that packages bring: in programs, in commands, and what goes wrong."""
import os
import unittest

from test_packages_of_nodes import PackageCase

MANIFEST = 'name = "{0}"\nversion = "1.0.0"\npflow = 1\n'
LETTERS = """## Letters.

flow letters_to(name: str, most: int = 2) -> (found: [Fragment]) {
  let found = range(1, most + 1).map(n => Fragment { text: "letter ${n} to ${name}", source: "${name}/${n}" })
}

node one(name: str) -> str = "dear ${name}"

flow slow(name: str) -> text {
  sleep(5ms)
  let text = "slowly, ${name}"
}

flow lost(name: str) -> text {
  if name != "" { fail("nothing of ${name}") }
  let text = ""
}
"""
LOADERS = '[loaders]\nletters = "letters_to"\nletter = "one"\nslow = "slow"\nlost = "lost"\n'
SHOW = """import letters

flow main(name: str) {
  fragment(name) -> { text: text, source: source, parts: parts }
  print("${source}: ${text.replace("\\n", "|")}")
  print(parts.map(part => "${part.source}=${part.text}").join(", "))
}
"""
CODE = """
#include "coded.pf.h"

#include <pflow/node.hpp>

namespace {
constexpr pf_type kPart = {.kind = PF_RECORD, .size = sizeof(Part), .align = alignof(Part), .counted = 1};
}  // namespace

pf_status pfn_coded_twice(pf_call *, const twice_in *in, twice_out *out) {
  for (int n = 0; n < 2; ++n) {
    Part part{n, pflow::text(n == 0 ? "first" : "second"), pflow::share(in->text)};
    out->parts.head = static_cast<pf_list_head *>(pf_list_push(out->parts.head, &part, &kPart));
  }
  return PF_DONE;
}
"""


class LoaderCase(PackageCase):
    def letters(self, place="packages/letters", name="letters", loaders=LOADERS, interface=LETTERS):
        self.write(f"{place}/package.toml", MANIFEST.format(name) + loaders)
        self.write(f"{place}/{name}.pf", interface)

    def show(self, name, code=0, **variables):
        self.write("show.pf", SHOW)
        return self.pflowc("run", "show.pf", name, code=code, **variables)


class Programs(LoaderCase):
    def setUp(self):
        super().setUp()
        self.letters()

    def test_one_text(self):
        self.assertEqual(self.show("letter:ada"), "letter:ada: dear ada\nletter:ada=dear ada\n")
        self.assertEqual(self.show("slow:a:b"), "slow:a:b: slowly, a:b\nslow:a:b=slowly, a:b\n")

    def test_several_fragments_with_a_source_each(self):
        self.assertEqual(self.show("letters:ada"), "letters:ada: letter 1 to ada|letter 2 to ada\n"
                                                   "ada/1=letter 1 to ada, ada/2=letter 2 to ada\n")

    def test_a_file_is_one_part(self):
        self.write("rules.txt", "be kind")
        self.assertEqual(self.show("rules.txt"), "rules.txt: be kind\nrules.txt=be kind\n")

    def test_those_of_the_call_go_before(self):
        self.write("own.pf", 'import letters\n\nflow letter(name: str) -> text { let text = "own ${name}" }\n'
                             'flow main() { fragment("letter:ada", loaders: [letter]) >> print() }\n')
        self.assertEqual(self.pflowc("run", "own.pf"), "own ada\n")

    def test_what_fails_and_what_is_unknown(self):
        self.assertIn("nothing of ada", self.show("lost:ada", code=1))
        said = self.show("leters:ada", code=1)
        self.assertIn("no loader `leters` is known", said)
        self.assertIn("one with a similar name is `letters:ada`", said)

    def test_code_that_gives_records_of_its_own(self):
        self.write("packages/coded/package.toml",
                   MANIFEST.format("coded") + 'sources = ["coded.cpp"]\n[loaders]\ntwice = "twice"\n')
        self.write("packages/coded/coded.pf", "schema Part { number: int; source: str; text: str }\n"
                                              "extern node twice(in text: str) -> (out parts: [Part])\n")
        self.write("packages/coded/coded.cpp", CODE)
        self.pflowc("packages", "build", "coded")
        self.write("show.pf", SHOW.replace("import letters", "import coded"))
        self.assertEqual(self.pflowc("run", "show.pf", "twice:tea"),
                         "twice:tea: tea|tea\nfirst=tea, second=tea\n")

    def test_nothing_of_it_is_where_no_fragment_is_asked_for(self):
        self.write("packages/coded/package.toml",
                   MANIFEST.format("coded") + 'sources = ["none.cpp"]\n[loaders]\ntwice = "twice"\n')
        self.write("packages/coded/coded.pf", "extern node twice(in text: str) -> (out made: str)\n"
                                              'node calm(text: str) -> str = text + "."\n')
        # Its archive is not even built.
        self.write("calm.pf", 'import coded\n\nprint(coded.calm("tea"))\n')
        self.pflowc("calm.pf", "-o", "with")
        self.write("calm.pf", 'print("tea" + ".")\n')
        self.pflowc("calm.pf", "-o", "without")
        self.assertLess(abs(os.path.getsize(self.work / "with") - os.path.getsize(self.work / "without")), 4096)
        self.write("calm.pf", 'import coded\n\nfragment("twice:tea") >> print()\n')
        self.assertIn("PF0743", self.pflowc("calm.pf", code=1))

    def test_keys_of_loaders_are_checked_first(self):
        self.letters(interface='flow letters_to(name: str) -> text {\n  let secret = key("letters")\n'
                               '  shell("echo letter of $N", env: { "K": secret, "N": name }) -> text\n}\n',
                     loaders='[loaders]\nletters = "letters_to"\n')
        self.assertIn("no key for `letters` is set", self.show("letters:ada", code=2))
        self.assertIn("letter of ada", self.show("letters:ada", LETTERS_API_KEY="k"))

    def test_a_changed_loader_is_asked_anew(self):
        self.write("kept.pf", 'import letters\n\nfragment("letter:ada") with (cache: 1d) >> print()\n')
        for _ in range(2):
            self.assertEqual(self.pflowc("run", "kept.pf"), "dear ada\n")
        self.letters(interface=LETTERS.replace("dear", "hi"))
        self.assertEqual(self.pflowc("run", "kept.pf"), "hi ada\n")

    def test_in_tests_of_the_package(self):
        self.write("packages/letters/tests/letters_test.pf",
                   'import letters\n\ntest "a letter" {\n  fragment("letter:bob") -> { text: text }\n'
                   '  assert text == "dear bob"\n}\n')
        self.assertIn("1 passed", self.pflowc("packages", "test", "letters"))


class Mistakes(LoaderCase):
    def test_what_is_no_loader(self):
        for node, why in (("letters_t", "names `letters_t`, which its interface does not declare"),
                          ("number", "takes no text"), ("pair", "takes no text"), ("size", "gives no fragments")):
            with self.subTest(node=node):
                self.letters(loaders=f'[loaders]\nx = "{node}"\n', interface=LETTERS + """
node number(n: int) -> str = "${n}"
node pair(a: str, b: str) -> str = a + b
node size(text: str) -> int = text.len()
""")
                said = self.show("x:y", code=1)
                self.assertIn(f"error[PF0227]: the loader `x` of the package `letters` {why}", said)
                self.assertIn("packages/letters/package.toml:5:1", said)
                # The package says so by itself.
                self.assertIn("PF0227", self.pflowc("packages", "build", "letters", code=1))

    def test_prefixes(self):
        for prefix in ("https", '"a:b"'):
            self.letters(loaders=f'[loaders]\n{prefix} = "one"\n')
            self.assertIn("is no prefix of fragments", self.show("x:y", code=1))
        self.letters(loaders='loaders = ["one"]\n')
        self.assertIn("`loaders` expects a table of texts", self.show("x:y", code=1))

    def test_two_packages_with_one_prefix(self):
        self.letters()
        self.letters("packages/post", "post", '[loaders]\nletter = "one"\n')
        self.write("both.pf", 'import letters\nimport post\n\nfragment("letter:ada") >> print()\n')
        self.assertIn("error[PF0226]: the packages `letters` and `post` both have a loader `letter`",
                      self.pflowc("check", "both.pf", code=1))
        self.assertIn("dear ada", self.show("letter:ada"))


class Commands(LoaderCase):
    def setUp(self):
        super().setUp()
        self.letters("mine")
        self.pflowc("packages", "install", "mine")

    def ask(self, *words, **options):
        return self.pflowc("llm", "-m", "echo", "and?", *words, **options)

    def test_llm_takes_them(self):
        self.assertEqual(self.ask("-f", "letters:ada", "-f", "letter:bob"),
                         "letter 1 to ada\nletter 2 to ada\ndear bob\nand?\n")
        self.write("odd:name", "a file")
        self.assertEqual(self.ask("-f", "odd:name"), "a file\nand?\n")
        self.write("letter:bob", "a file")
        self.assertEqual(self.ask("-f", "letter:bob"), "dear bob\nand?\n")

    def test_packages_show_them(self):
        self.assertRegex(self.pflowc("packages", "show", "letters"), r"loaders: +letter, letters, lost, slow")

    def test_an_unknown_prefix(self):
        said = self.ask("-f", "leters:ada", code=2)
        self.assertIn("error[PF0730]: `-f leters:ada`: no package has a loader `leters`", said)
        self.assertIn("did you mean `letters`?", said)
        self.assertIn("no package has a loader `letters`", self.ask("-f", "letters:ada", code=2, PFLOW_LOAD_PACKAGES=""))

    def test_a_clash_names_both_and_a_broken_one_stops_nothing(self):
        self.letters("packages/post", "post", '[loaders]\nletter = "one"\n')
        self.letters("packages/worse", "worse", "loaders = 1\n")
        self.assertIn("the packages `post` and `letters` both have a loader `letter`",
                      self.ask("-f", "letter:ada", code=2))
        self.assertEqual(self.ask("-f", "letter:ada", PFLOW_LOAD_PACKAGES="post"), "dear ada\nand?\n")
        self.assertIn("letter 1", self.ask("-f", "letters:ada"))
        self.assertIn("left out: packages/worse/package.toml:4", self.ask("-f", "none:ada", code=2))

    def test_a_package_beside_the_program_stands_for_an_installed_one(self):
        self.letters("packages/letters", interface=LETTERS.replace("dear", "hi"))
        self.assertEqual(self.ask("-f", "letter:ada"), "hi ada\nand?\n")


if __name__ == "__main__":
    unittest.main()
