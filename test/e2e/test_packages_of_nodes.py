"""Packages of nodes: made, built, tested, installed, imported, pinned."""
import json
import re
import shutil
import subprocess
import unittest

from example_case import EXAMPLES, ExampleCase
from flow_case import PATIENCE, PFLOWC

SHOUTS = {"package.toml": 'name = "shouts"\nversion = "1.2.0"\npflow = 1\ndescription = "Loud text"\n',
          "shouts.pf": 'node shout(text: str) -> str = text.upper() + "!"\n'}
PROGRAM = 'import shouts\n\nprint(shouts.shout("tea"))\n'


# A node that pauses, by a timer of the event loop.
WAITS = """
#include "pauses.pf.h"

#include <pflow/node.hpp>
#include <pflow/timer.h>

namespace {

struct Wait {
  pf_timer timer;
  pf_call *call;
};

void end(Wait *wait, pf_status status) {
  pf_call *call = wait->call;
  call->state = nullptr;
  pflow::destroy(wait);
  pf_complete(call, status);
}

void is_over(pf_timer *timer) { end(reinterpret_cast<Wait *>(timer), PF_DONE); }

void cancel(pf_call *call) {
  auto *wait = static_cast<Wait *>(call->state);
  pf_timer_stop(&wait->timer);
  end(wait, pf_fail(call, PF_E_CANCELLED, "cancelled"));
}

}  // namespace

pf_status pfn_pauses_wait(pf_call *call, const wait_in *in, wait_out *out) {
  auto *wait = pflow::make<Wait>();
  wait->call = call;
  call->state = wait;
  call->cancel = cancel;
  out->took = in->time;
  pf_timer_start(&wait->timer, in->time, is_over);
  return PF_PENDING;
}
"""


class PackageCase(ExampleCase):
    def pflowc(self, *words, code=0, **variables):
        done = subprocess.run([PFLOWC, *words], cwd=self.work, env={**self.env, **variables},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=PATIENCE)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def package(self, place="packages/shouts", **changed):
        for name, text in {**SHOUTS, **changed}.items():
            self.write(f"{place}/{name}", text)


class Making(PackageCase):
    def made_in(self, language):
        self.pflowc("packages", "new", "greet", "--lang", language)
        self.assertIn("1 passed", self.pflowc("packages", "test", "greet"))
        self.pflowc("check", "packages/greet/tests/greet_test.pf", "-Werror")
        self.write("use.pf", 'import greet as polite\n\nprint(polite.hello("Bob"))\n')
        self.assertEqual(self.pflowc("run", "use.pf"), "Hello, Bob!\n")

    def test_flows(self):
        self.made_in("flows")

    def test_c(self):
        self.made_in("c")

    def test_cpp(self):
        self.made_in("cpp")

    def test_rust(self):
        self.made_in("rust")

    def test_a_crate(self):
        self.pflowc("packages", "new", "greet", "--lang", "rust")
        (self.work / "packages/greet/src").mkdir()
        (self.work / "packages/greet/greet.rs").rename(self.work / "packages/greet/src/lib.rs")
        manifest = self.work / "packages/greet/package.toml"
        manifest.write_text(manifest.read_text().replace("greet.rs", "Cargo.toml"))
        self.write("packages/greet/Cargo.toml",
                   '[package]\nname = "greet"\nversion = "0.1.0"\nedition = "2021"\n'
                   '[lib]\ncrate-type = ["staticlib"]\n')
        self.assertIn("1 passed", self.pflowc("packages", "test", "greet"))

    def test_what_is_made_is_laid_out(self):
        for language in ("flows", "c"):
            self.pflowc("packages", "new", language + "_greet", "--lang", language)
        self.pflowc("fmt", "--check", "packages")

    def test_a_package_with_main_is_a_command(self):
        self.pflowc("packages", "new", "greet", "--lang", "c")
        self.assertIn("PF0704", self.pflowc("greet", code=2))
        interface = self.work / "packages/greet/greet.pf"
        interface.write_text(interface.read_text() + "\nflow main(name: str) {\n"
                             "  print(hello(name))\n}\n")
        self.pflowc("packages", "build", "packages/greet/")
        self.assertEqual(self.pflowc("greet", "--name", "Bob"), "Hello, Bob!\n")
        self.assertIn("a command with a similar name exists: `greet`", self.pflowc("greeet", "--name", "Bob", code=2))
        self.assertIn("PF0704", self.pflowc("greet", "--name", "Bob", code=2, PFLOW_LOAD_PACKAGES=""))

    def test_nodes_of_a_package_are_explained(self):
        self.pflowc("packages", "new", "greet", "--lang", "c")
        self.assertIn("Greets somebody.", self.pflowc("nodes", "greet"))

    def test_what_is_there_stays(self):
        self.pflowc("packages", "new", "greet")
        self.assertIn("nothing was written", self.pflowc("packages", "new", "greet", code=2))
        self.assertIn("small letters", self.pflowc("packages", "new", "Greet", code=2))

    def test_a_failure_of_a_node_has_its_kind(self):
        self.pflowc("packages", "new", "greet", "--lang", "c")
        self.pflowc("packages", "build", "greet")
        self.write("use.pf", 'import greet\n\nflow main(name: str) {\n'
                             '  greet.hello(name) as hello >> print()\n'
                             '  hello - "error" >> print("${error.kind}: ${error.message}")\n}\n')
        self.assertEqual(self.pflowc("run", "use.pf", "--name", ""), "value: `name` is empty\n")

    def test_a_key_is_looked_for_before_anything_runs(self):
        self.pflowc("packages", "new", "slack", "--lang", "c")
        page = (EXAMPLES.parent / "docs/node-packages.md").read_text(encoding="utf-8")
        interface, code = (re.search(pattern, page, re.M | re.S).group(1) for pattern in (
            r"^```pf packages/slack/slack.pf\n(.*?)^```$", r'^```c\n(#include "slack.pf.h".*?)^```$'))
        self.write("packages/slack/slack.pf", interface)
        self.write("packages/slack/slack.c", code)
        self.pflowc("packages", "build", "slack")
        self.write("use.pf", 'import slack\n\nflow main() {\n  print("begun")\n'
                             '  slack.send("tea") -> sent\n  print("sent: ${sent}")\n}\n')
        said = self.pflowc("run", "use.pf", code=2)
        self.assertIn("no key for `slack` is set", said)
        self.assertNotIn("begun", said)
        self.assertEqual(self.pflowc("run", "use.pf", SLACK_API_KEY="k"), "begun\nsent: true\n")
        self.write("stubbed.pf", 'import slack\n\ntest "no key is needed" {\n  stub slack.send = (text) => true\n'
                                 '  slack.send("tea") -> sent\n  assert sent\n}\n')
        self.assertIn("1 passed", self.pflowc("test", "stubbed.pf"))

    def test_types_that_code_sees_are_of_the_interface(self):
        self.pflowc("packages", "new", "greet", "--lang", "c")
        self.write("packages/greet/more.pf", "schema Name { text: str }\n")
        interface = self.work / "packages/greet/greet.pf"
        text = interface.read_text()
        interface.write_text('import "more.pf" as more\n\n' + text.replace(": str", ": more.Name"))
        self.assertIn("error[PF0740]: the type `more.Name`",
                      self.pflowc("packages", "build", "greet", code=1))

    def test_nodes_that_wait_run_at_once(self):
        self.pflowc("packages", "new", "pauses", "--lang", "cpp")
        self.write("packages/pauses/pauses.pf", "extern node wait(in time: duration) -> (out took: "
                                              "duration) effects(time) async\n")
        self.write("packages/pauses/pauses.cpp", WAITS)
        self.write("use.pf", "import pauses\n\nflow main() {\n"
                             "  [3h, 1h, 2h] >> each time with (parallel: 3) {\n"
                             "    pauses.wait(time)\n  } -> times\n"
                             "  pauses.wait(9h) with (timeout: 1h) as late\n"
                             '  late - "error" >> print("${times.len()} ${error.kind}")\n}\n')
        self.pflowc("packages", "build", "pauses")
        self.assertEqual(self.pflowc("run", "use.pf"), "3 timeout\n")

    def test_packages_in_rust_are_linked_together(self):
        for name in ("one", "two"):
            self.pflowc("packages", "new", name, "--lang", "rust")
        self.pflowc("packages", "build", "one", "two")
        self.write("use.pf", 'import one\nimport two\n\nprint(one.hello(two.hello("Bob")))\n')
        self.assertEqual(self.pflowc("run", "use.pf"), "Hello, Hello, Bob!!\n")

    def test_an_archive_is_linked_where_a_node_is_used(self):
        self.pflowc("packages", "new", "greet", "--lang", "c")
        self.pflowc("packages", "build", "greet")
        self.write("use.pf", 'import greet\n\nprint(greet.hello("Bob"))\n')
        self.write("idle.pf", 'import greet\n\nprint("idle")\n')
        for name, linked in (("use", True), ("idle", False)):
            self.pflowc(f"{name}.pf", "-o", name)
            self.assertEqual(b"`name` is empty" in (self.work / name).read_bytes(), linked)


class Finding(PackageCase):
    def test_the_nearest_place_counts(self):
        self.write("flow.pf", PROGRAM)
        self.package(str(self.home / "packages/shouts"))
        self.assertEqual(self.pflowc("run", "flow.pf"), "TEA!\n")
        for place, word, variables in (
                ("named", "named", {"PFLOW_PACKAGE_PATH": "absent:named"}),
                ("given", "given", {"PFLOW_PACKAGE_PATH": "named"}), ("packages", "beside", {})):
            self.package(f"{place}/shouts", **{"shouts.pf": f'node shout(text: str) -> str = "{word}"\n'})
            options = ["--package-path", "given"] if place != "named" else []
            self.assertEqual(self.pflowc("run", *options, "flow.pf", **variables), f"{word}\n")

    def test_a_run_sees_the_package_as_it_is(self):
        self.write("flow.pf", PROGRAM)
        self.package()
        self.assertEqual(self.pflowc("run", "flow.pf"), "TEA!\n")
        self.package(**{"shouts.pf": 'node shout(text: str) -> str = "${text}?"\n'})
        self.assertEqual(self.pflowc("run", "flow.pf"), "tea?\n")
        self.pflowc("run", "flow.pf", code=1, PFLOW_LOAD_PACKAGES="")
        self.assertEqual(self.pflowc("run", "flow.pf", PFLOW_LOAD_PACKAGES="shouts"), "tea?\n")

    def test_packages_import_files_and_packages(self):
        self.package(**{"shouts.pf": 'import "more.pf" as more\nimport calm\n\n'
                                     "node shout(text: str) -> str = calm.down(more.twice(text))\n",
                        "more.pf": 'node twice(text: str) -> str = text + text\n'})
        self.package("packages/calm", **{
            "package.toml": SHOUTS["package.toml"].replace("shouts", "calm"),
            "calm.pf": 'node down(text: str) -> str = text.lower() + "."\n'})
        self.write("flow.pf", PROGRAM)
        self.assertEqual(self.pflowc("run", "flow.pf"), "teatea.\n")
        self.write("packages/calm/calm.pf", 'import shouts\n\nnode down(text: str) -> str = text\n')
        self.assertIn("PF0219", self.pflowc("check", "flow.pf", code=1))

    def test_a_broken_package_touches_nobody_else(self):
        self.write("flow.pf", PROGRAM)
        self.package()
        self.package("packages/worse", **{"package.toml": "name = worse\n"})
        self.assertEqual(self.pflowc("run", "flow.pf"), "TEA!\n")
        self.assertIn("packages/worse/package.toml:1", self.pflowc("packages", "list"))
        self.write("other.pf", PROGRAM.replace("shouts", "worse"))
        self.assertIn("packages/worse/package.toml:1:", self.pflowc("check", "other.pf", code=1))


class Archives(PackageCase):
    """Of packages without sources."""

    def setUp(self):
        super().setUp()
        self.pflowc("packages", "new", "greet", "--lang", "c")
        self.pflowc("packages", "build", "greet")
        manifest = self.work / "packages/greet/package.toml"
        manifest.write_text(manifest.read_text().replace('sources = ["greet.c"]\n', ""))
        (self.archive,) = (self.work / "packages/greet/lib").glob("*/libgreet.a")
        self.record = self.archive.with_name("built.toml")
        self.write("use.pf", 'import greet\n\nprint(greet.hello("Bob"))\n')

    def test_one_that_something_else_has_made(self):
        self.record.unlink()
        self.assertIn("there is no record of how it was built", self.pflowc("use.pf", code=1))
        self.pflowc("packages", "build", "greet")
        self.assertEqual(self.pflowc("run", "use.pf"), "Hello, Bob!\n")

    def test_another_one_in_its_place_is_not_taken(self):
        with open(self.archive, "ab") as archive:
            archive.write(b"\n")
        for words in (("use.pf",), ("packages", "build", "greet"), ("packages", "install", "greet")):
            said = self.pflowc(*words, code=1)
            self.assertIn("libgreet.a` is another file than the one that was built", said)
            self.assertIn("makes `packages/greet/lib/", said)


class Installing(PackageCase):
    def test_installed_listed_shown_removed(self):
        self.package("mine")
        self.assertIn("installed shouts 1.2.0", self.pflowc("packages", "install", "mine"))
        listed = json.loads(self.pflowc("packages", "list", "--json"))
        self.assertEqual([(each["name"], each["version"], each["path"]) for each in listed],
                         [("shouts", "1.2.0", str(self.home / "packages/shouts"))])
        self.assertIn("Loud text", self.pflowc("packages"))
        left_out = json.loads(self.pflowc("packages", "list", "--json", PFLOW_LOAD_PACKAGES="mail"))
        self.assertIn("PFLOW_LOAD_PACKAGES", left_out[0]["problem"])
        shown = json.loads(self.pflowc("packages", "show", "shouts", "--json"))
        self.assertEqual([node["name"] for node in shown["nodes"]], ["shout"])
        self.assertRegex(self.pflowc("packages", "show", "shouts"), r"version: +1\.2\.0")
        self.write("flow.pf", PROGRAM)
        self.assertEqual(self.pflowc("run", "flow.pf"), "TEA!\n")
        self.package("mine", **{"package.toml": SHOUTS["package.toml"].replace("1.2", "1.3")})
        self.pflowc("packages", "install", "mine")
        self.assertIn("1.3.0", self.pflowc("packages", "list"))
        self.assertIn("`pflowc packages remove shouts`",
                      self.pflowc("packages", "remove", "shoutz", code=2))
        self.pflowc("packages", "remove", "shouts")
        self.assertEqual(self.pflowc("packages", "list"), "there are no packages\n")
        self.assertEqual(list((self.home / "packages").iterdir()), [])

    def test_a_package_with_errors_is_not_installed(self):
        self.package("mine", **{"shouts.pf": "node shout(text: str) -> str = nothing\n"})
        self.assertIn("PF0201", self.pflowc("packages", "install", "mine", code=1))
        self.assertFalse((self.home / "packages").exists())


class Locking(PackageCase):
    def test_another_package_in_its_place_is_an_error(self):
        self.write("flow.pf", PROGRAM)
        self.package()
        self.assertEqual(self.pflowc("packages", "lock", "flow.pf"), "shouts 1.2.0\n")
        self.assertEqual(self.pflowc("run", "flow.pf"), "TEA!\n")
        self.package(**{"shouts.pf": 'node shout(text: str) -> str = "${text}?"\n'})
        said = self.pflowc("run", "flow.pf", code=1)
        self.assertEqual(len(set(re.findall(r"version 1\.2\.0, (\w+)…", said))), 2, said)
        self.pflowc("packages", "lock", "flow.pf")
        self.assertEqual(self.pflowc("run", "flow.pf"), "tea?\n")
        self.write("pflow.lock", "shouts = 1\n")
        self.assertIn("pflow.lock:1", self.pflowc("check", "flow.pf", code=1))

    def test_questions_have_no_lock(self):
        self.write("flow.pf", PROGRAM)
        self.package()
        self.pflowc("packages", "lock", "flow.pf")
        self.package("packages/calm", **{
            "package.toml": SHOUTS["package.toml"].replace("shouts", "calm") + '[loaders]\ncalm = "down"\n',
            "calm.pf": "node down(text: str) -> str = text.lower()\n"})
        self.assertEqual(self.pflowc("llm", "-m", "echo", "-f", "calm:TEA", "and?"), "tea\nand?\n")

    def test_what_is_built_does_not_count(self):
        self.pflowc("packages", "new", "greet", "--lang", "c")
        self.write("use.pf", 'import greet\n\nprint(greet.hello("Bob"))\n')
        self.pflowc("packages", "lock", "use.pf")
        self.pflowc("packages", "build", "greet")
        self.assertEqual(self.pflowc("run", "use.pf"), "Hello, Bob!\n")


class Examples(PackageCase):
    def test_all_pass_their_tests(self):
        self.assertIn("1 passed", self.pflowc("packages", "test", self.copied("markdown")))

    def copied(self, name):
        shutil.copytree(EXAMPLES / "packages" / name, self.work / name)
        return name


if __name__ == "__main__":
    unittest.main()
