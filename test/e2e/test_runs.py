"""pflowc runs: what journals tell of their runs."""
import json
import os
import subprocess
import unittest

import chromium
from journal_case import JournalCase


class Runs(JournalCase):
    def runs(self, *words):
        return subprocess.run([os.environ["PFLOWC"], "runs", *words], capture_output=True, text=True,
                              env={**os.environ, **self.env}, cwd=self.work)

    def test_runs_of_the_home(self):
        self.assertIn("`--journal auto` makes one", self.runs().stdout)
        program = self.compile('flow main() { shell("echo hi"); read_file("ready") >> len() }\n')
        done = self.run_flow(program, env={"PFLOW_JOURNAL": "auto"})
        self.assertEqual(done.returncode, 1)
        (run,) = json.loads(self.runs("list", "--json").stdout)
        self.assertEqual([run["program"], run["state"], run["done"], run["failed"], run["begins"]],
                         ["flow", "failed", 1, 1, 1])
        self.assertIn(f"`--resume {run['id']}` goes on with this run", done.stderr)
        self.assertIn(f"{run['id']}  failed   1 done, 1 failed  flow", self.runs().stdout)
        shown = json.loads(self.runs("show", run["id"], "--json").stdout)
        self.assertEqual([(stage["node"], stage["state"]) for stage in shown["stages"]],
                         [("shell", "done"), ("read_file", "failed")])
        self.assertEqual(shown["stages"][0]["output"]["stdout"], "hi")
        self.assertIn("io: cannot read `ready`", self.runs("show", run["id"]).stdout)
        (self.work / "ready").write_text("12")
        self.assert_done(self.resume(program, journal=run["id"]), "2\n")
        (run,) = json.loads(self.runs("list", "--json").stdout)
        self.assertEqual([run["state"], run["done"], run["begins"]], ["done", 2, 2])
        self.assertEqual(self.runs("show", "nothing").returncode, 1)
        self.assertEqual(self.runs("prune").stdout, "1 journal removed\n")
        self.assertEqual(json.loads(self.runs("--json").stdout), [])

    def test_journals_of_runs_that_can_go_on_stay(self):
        program = self.compile('flow main() { shell("false") }\n')
        self.run_flow(program, "--journal", "auto")
        self.assertEqual(self.runs("prune").stdout, "0 journals removed\n")
        (run,) = json.loads(self.runs("--json").stdout)
        self.assertEqual(self.runs("remove", run["id"]).returncode, 0)
        self.assertEqual(json.loads(self.runs("--json").stdout), [])

    def run_and_id(self, program, *arguments):
        before = {run["id"] for run in json.loads(self.runs("--json").stdout)}
        self.run_flow(program, *arguments, "--journal", "auto")
        (made,) = {run["id"] for run in json.loads(self.runs("--json").stdout)} - before
        return made

    def test_why_stages_were_done_again(self):
        program = self.compile("""flow main(key: secret) {
  shell("echo hi") -> hi
  env("PATH") -> path
  read_file("ready") >> len()
}
""")
        run = self.run_and_id(program, "--key", "hi-secret-hi")
        self.assertEqual(self.runs("why", run).stdout, "no stage was done twice\n")
        self.run_flow(program, "--key", "hi-secret-hi", "--resume", run)
        (self.work / "ready").write_text("12")
        self.run_flow(program, "--key", "hi-secret-hi", "--resume", run)
        why = {each["key"].split("/")[1].split("#")[0]: each
               for each in json.loads(self.runs("why", run, "--json").stdout)}
        self.assertEqual(list(why), ["read_file"])
        self.assertEqual(why["read_file"]["times"], 3)
        self.assertEqual([reason.split(" `")[0] for reason in why["read_file"]["reasons"]],
                         ["it had failed: io: cannot read"] * 2)
        self.assertRegex(self.runs("why", run).stdout,
                         r"^main/read_file#\w+: done 3 times\n  again, as it had failed: io: ")

    def test_a_stage_from_which_a_run_goes_on_is_done_again(self):
        program = self.compile('flow main(word: str) { shell("echo ${word}") as one; shell("echo b") as two }\n')
        run = self.run_and_id(program, "a")
        self.run_flow(program, "c", "--resume", run, "--resume-from", "main/one")
        self.assertEqual(self.runs("why", run).stdout,
                         "main/one: done 2 times\n"
                         "  again, as the run went on from an earlier stage, with other arguments\n"
                         "main/two: done 2 times\n"
                         "  again, as the run went on from an earlier stage\n")

    def test_what_was_in_the_cache(self):
        program = self.compile("""flow main(words: [str]) {
  words >> each word { shell("echo ${word}") with (cache: true) } -> said
  said >> each s { print(s) }
}
""")
        self.run_flow(program, "a")
        run = self.run_and_id(program, "a", "b")
        self.assertRegex(self.runs("why", run).stdout,
                         r"^main/each\[0\] > main/shell#\w+: from the cache\n"
                         r"main/each\[1\] > main/shell#\w+: not from the cache, as argument `command` has changed\n$")
        self.assertEqual([(each["cache"], each["why"]) for each in json.loads(self.runs("why", run, "--json").stdout)],
                         [("hit", ""), ("miss", "argument `command` has changed")])
        self.assertRegex(self.runs("show", run).stdout, r"\ncached +main/each\[0\] > main/shell#\w+  shell\n$")
        (listed,) = json.loads(self.runs("list", "--json").stdout)
        self.assertEqual((listed["done"], listed["cached"]), (3, 1))
        self.assertIn('"cached":1', self.runs("report", run).stdout)

    def test_how_runs_differ(self):
        program = self.compile("""flow main(word: str, more: bool = false) {
  shell("echo ${word}") as one
  shell("date >/dev/null; cat word") as two
  if more { shell("echo three") as three }
}
""")
        (self.work / "word").write_text("x")
        first, same = self.run_and_id(program, "a"), self.run_and_id(program, "a")
        done = self.runs("diff", first, same)
        self.assertEqual([done.returncode, done.stdout], [0, "2 stages are the same\n"])
        (self.work / "word").write_text("y")
        other = self.run_and_id(program, "b", "--more")
        done = self.runs("diff", first, other)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout.splitlines()[0], "parameters differ")
        self.assertIn("+ main/three\n", done.stdout)
        self.assertIn("~ main/one: other arguments, another result\n", done.stdout)
        self.assertIn("~ main/two: the same arguments, another result\n", done.stdout)
        told = json.loads(self.runs("diff", other, first, "--json").stdout)
        self.assertEqual([told["only_first"], told["only_second"], told["same"]], [["main/three"], [], 0])
        self.assertEqual(told["parameters"], {"first": {"word": "b", "more": True},
                                              "second": {"word": "a", "more": False}})

    def test_records_for_other_tools(self):
        program = self.compile('flow main() { shell("echo hi") }\n')
        run = self.run_and_id(program)
        records = [json.loads(line) for line in self.runs("export", run).stdout.splitlines()]
        self.assertEqual([record["type"] for record in records], ["run", "intent", "result", "end"])
        self.assertEqual(self.runs("export", "nothing").returncode, 1)

    @unittest.skipUnless(chromium.installed(), "needs Chromium")
    def test_the_report_of_a_run(self):
        program = self.compile('flow main() { shell("echo \'</script>hi\'"); read_file("ready") >> len() }\n')
        run = self.run_and_id(program)
        page = self.work / "run.html"
        page.write_text(self.runs("report", run).stdout)
        with chromium.Chromium() as browser:
            opened = browser.open(page.as_uri())
            opened.wait_for("document.querySelectorAll('#rows tr').length === 2")
            self.assertEqual(opened.value("document.getElementById('outcome').textContent"), "ended with exit code 1")
            opened.click("#rows tr:nth-child(2)")
            self.assertIn("io: cannot read `ready`", opened.value("document.getElementById('details').textContent"))
            self.assertEqual(opened.complaints(), [])


if __name__ == "__main__":
    unittest.main()
