"""The page of --report, looked at in a headless Chromium."""
import json
import os
import unittest

import chromium
from test_llm import KEY, LlmCase

REVIEW = """flow judge(text: str) -> verdict {
  llm("judge ${text}", model: if text == "bad" { "status:400" } else { "gpt-4o-mini" }) -> verdict
}

flow main(texts: [str]) {
  texts >> each text with (parallel: 4, on_error: skip) { judge(text) } -> verdicts
  llm("all", model: "status:500") with (retries: 1, wait: 1s, jitter: false, fallback: "-") -> summary
  write_file("verdicts.txt", "${verdicts.join("\\n")} ${summary}")
}
"""
HOSTILE = "</script><img src=x onerror=\"window.broken = 1\"><script>window.broken = 1</script>"


@unittest.skipUnless(chromium.installed(), "needs Chromium")
class Report(LlmCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = chromium.Chromium()
        cls.browser.__enter__()
        cls.addClassCleanup(cls.browser.__exit__)

    def run_with_report(self, program, *arguments, **options):
        done = self.run_flow(program, *arguments, "--report", "report.html", **options)
        self.report = self.work / "report.html"
        return done

    def open(self, **options):
        page = self.browser.open(self.report.as_uri(), **options)
        self.addCleanup(page.call, "Page.close")
        return page

    def assert_silent(self, page):
        """Nothing went wrong in it, and it has asked for nothing but itself."""
        self.assertEqual(page.complaints(), [])
        self.assertEqual(page.requests(), [self.report.as_uri()])

    def rows(self, page):
        return page.value("[...document.querySelectorAll('#rows tr')].map((row) => [...row.cells].map((cell) => cell.textContent))")

    def filter(self, page, words):
        page.value(f"""(() => {{ const field = document.getElementById('words'); field.value = {json.dumps(words)};
                                 field.dispatchEvent(new Event('input')); }})()""")

    def test_a_run_in_light_and_dark(self):
        done = self.run_with_report(self.compile(REVIEW), "a", "bad", "c")
        self.assertEqual(done.returncode, 0, done.stderr)
        backgrounds = set()
        for dark in (False, True):
            page = self.open(dark=dark)
            self.assertEqual(page.value("document.getElementById('outcome').textContent"), "done")
            facts = page.value("document.getElementById('facts').innerText")
            self.assertIn("questions\n5", facts)
            # Three items, two tries, the file.
            self.assertEqual(len(self.rows(page)), 6)
            backgrounds.add(page.value("getComputedStyle(document.body).backgroundColor"))
            self.assert_silent(page)
        self.assertEqual(len(backgrounds), 2)

    def test_one_step(self):
        self.run_with_report(self.compile(REVIEW), "a", "bad")
        page = self.open()
        self.filter(page, ':"judge a"')
        (row,) = self.rows(page)
        self.assertRegex(row[0], r"^main/each\[0\] > main/judge#\w+ > judge/llm#\w+ llm$")
        self.assertEqual(row[4], "10")
        page.click("#rows tr")
        shown = page.value("document.getElementById('details').innerText")
        self.assertEqual(len(self.rows(page)), 1)
        self.assertIn('"prompt": "judge a"', shown)
        self.assertIn('"response": "mock: judge a"', shown)
        self.assertIn("7 input tokens, 3 output tokens", shown)
        self.assertIn("flow.pf:2", shown)
        # A step that failed says why; another key brings the list back.
        self.filter(page, ':"judge bad"')
        page.click("#rows tr")
        self.assertIn("http: ", page.value("document.querySelector('#details .bad').textContent"))
        page.click("#close")
        self.assertTrue(page.value("document.getElementById('details').hidden"))

    def test_what_was_in_the_cache(self):
        program = self.compile('flow main() { shell("echo hi") with (cache: true) as said; print(said.stdout) }\n')
        self.run_flow(program)
        self.run_with_report(program)
        self.assertIn("from the cache\n1", self.open().value("document.getElementById('facts').innerText"))

    def test_the_picture_says_what_ran(self):
        self.run_with_report(self.compile(REVIEW), "a", "b", "bad")
        page = self.open()
        states = page.value("""Object.fromEntries([...document.querySelectorAll('.pf-node[data-state]')].map((node) =>
            [node.querySelector('.pf-title').textContent, [node.dataset.state, node.querySelector('.pf-badge').textContent]]))""")
        self.assertEqual(states["write_file"][0], "done")
        self.assertIn("3 × ", json.dumps(list(states.values()), ensure_ascii=False))
        self.assertIn("1 failed", json.dumps(list(states.values())))

    def test_tries_and_skipped_items(self):
        self.run_with_report(self.compile(REVIEW), "bad")
        page = self.open()
        told = page.value("[...document.querySelectorAll('#told li')].map((row) => row.textContent)")
        self.assertEqual(len(told), 2)
        self.assertIn("skipped an item (http)", told[0])
        self.assertIn("tries again (http)", told[1])

    def test_nothing_in_it_runs(self):
        source = """flow main(text: str) {
  write_file("out", text)
  llm(text, model: "mock") >> print()
  fail(text)
}
"""
        done = self.run_with_report(self.compile(source), HOSTILE)
        self.assertEqual(done.returncode, 1)
        page = self.open()
        self.assertEqual(page.value("document.getElementById('outcome').textContent"), "ended with exit code 1")
        page.click("#rows tr")
        self.assertIn("onerror", page.value("document.getElementById('details').innerText"))
        self.assertIsNone(page.value("window.broken"))
        self.assertEqual(page.value("document.images.length"), 0)
        self.assert_silent(page)

    def test_secrets_and_keys_are_not_in_it(self):
        source = """flow main(token: secret) {
  read_file("leak") >> llm("look", model: "mock") >> print()
}
"""
        (self.work / "leak").write_text("it is hunter2-hunter2!")
        done = self.run_with_report(self.compile(source), "--token", "hunter2-hunter2")
        self.assertEqual(done.returncode, 0, done.stderr)
        text = self.report.read_text(encoding="utf-8")
        self.assertNotIn("hunter2", text)
        self.assertNotIn(KEY, text)
        self.assertIn("it is ***!", text)

    def test_ten_thousand_items(self):
        source = """flow main() {
  range(0, 10000) >> each i with (parallel: 1000) { llm("question number ${i}", model: "echo") } -> all
  print("${all.len()}")
}
"""
        self.assert_done(self.run_with_report(self.compile(source)), "10000\n")
        self.assertLess(self.report.stat().st_size, 5_000_000)
        page = self.open()
        page.wait_for("document.getElementById('count').textContent === '10001 of 10001'")
        self.assertEqual(len(self.rows(page)), 200)
        page.click("#more")
        self.assertEqual(len(self.rows(page)), 400)
        self.filter(page, "question number 9876")
        (row,) = self.rows(page)
        self.assertIn("[9876]", row[0])
        self.assert_silent(page)

    def test_a_hundred_thousand_items(self):
        source = """flow main() {
  range(0, 100000) >> each i with (parallel: 100) { uuid() } -> all
  print("${all.len()}")
}
"""
        done = self.run_with_report(self.compile(source, options=["--with", "report"]))
        self.assert_done(done, "100000\n")
        self.assertLess(self.report.stat().st_size, 10_000_000)
        page = self.open()
        self.assertIn("100001 (80001 not listed)", page.value("document.getElementById('facts').innerText"))
        self.assert_silent(page)

    def test_an_interrupted_run_has_its_report(self):
        self.env["PFLOW_VIRTUAL_TIME"] = "0"
        os.mkfifo(self.work / "gate")
        program = self.compile('flow main() { shell("cat gate") >> print() }\n')
        process = self.start(program, "--report", "report.html")
        with open(self.work / "gate", "w", encoding="utf-8"):  # once it is being read
            done = self.interrupt(process)
        self.assertEqual(done.returncode, 130)
        self.report = self.work / "report.html"
        page = self.open()
        self.assertEqual(page.value("document.getElementById('outcome').textContent"), "ended with exit code 130")
        self.assertEqual([row[0].split()[-1] for row in self.rows(page)], ["shell"])

    def test_a_full_disk_changes_nothing_else(self):
        done = self.run_flow(self.compile('llm("x", model: "mock") >> print()\n'), "--report", "/dev/full")
        self.assertEqual((done.returncode, done.stdout), (0, "mock: x\n"))
        self.assertEqual(done.stderr, "`/dev/full` is not complete: No space left on device\n")


if __name__ == "__main__":
    unittest.main()
