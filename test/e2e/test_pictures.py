"""The pages of --emit-graph=html, looked at in a headless Chromium, and what Mermaid reads."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import chromium
import sdk_modules

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("PFLOW_BUILD", ROOT / "build"))
BOXES = {"each", "par", "repeat", "block", "on_error"}
PROGRAM = """\
## Writes until it is good enough.
flow write(topic: str) -> draft {
  let feedback = "none yet"
  llm("Write about ${topic}: ${feedback}") with (max: 5, retries: 2) -> draft as writer
  choose(if draft.len() > 5 { "approve" } else { "revise" }) as gate

  gate - "approve" >> end
  gate - "revise" >> { feedback = "shorter" } >> writer
  writer - "error" >> eprint("no draft: ${error.message}") >> fail("gave up")
}

flow main(files: [str], kind: "a" | "b" = "a") {
  files >> each file with (parallel: 2, on_error: skip) {
    read_file(file) with (fallback: http("https://example.org")) >> len()
  } -> sizes
  par {
    write("tea") -> first
    { shell("ls") >> print(); each_name(sizes) }
  }
  match kind { "a" => print(first), _ => {} }
  repeat with (max: 3) { if sizes.len() == 0 { break } else if sizes.len() > 9 { again } } until true as again
  on error { eprint("failed") }
}

flow each_name(sizes: [int]) { sizes >> each size { repeat n in [size] { print(n) } } }
"""
# What is drawn, as the browser sees it.
DRAWN = """(() => {
  const frame = (each) => { const { x, y, width, height } = each.getBoundingClientRect(); return { x, y, width, height }; };
  return [...document.querySelectorAll('main .pf-whole')].map((flow) => ({
    name: flow.dataset.flow,
    frame: frame(flow.querySelector('.pf-frame')),
    nodes: [...flow.querySelectorAll('.pf-node')].map((node) => ({
      id: +node.dataset.node, lines: [...node.querySelectorAll('text')].map((text) => text.textContent),
      texts: [...node.querySelectorAll('text')].map(frame), ...frame(node.querySelector('.pf-shape')),
      fill: getComputedStyle(node.querySelector('.pf-shape')).fill,
      ink: getComputedStyle(node.querySelector('text')).fill })),
    edges: [...flow.querySelectorAll('.pf-edge')].map((edge) => [edge.dataset.edge,
                                                               edge.querySelector('text')?.textContent]),
  }));
})()"""


def overlap(a, b):
    slack = 0.5
    return (a["x"] + a["width"] > b["x"] + slack and b["x"] + b["width"] > a["x"] + slack and
            a["y"] + a["height"] > b["y"] + slack and b["y"] + b["height"] > a["y"] + slack)


def holds(a, b):
    slack = 0.5
    return (a["x"] <= b["x"] + slack and a["y"] <= b["y"] + slack and
            b["x"] + b["width"] <= a["x"] + a["width"] + slack and
            b["y"] + b["height"] <= a["y"] + a["height"] + slack)


def brightness(colour):
    red, green, blue = map(int, colour.removeprefix("rgb(").removesuffix(")").split(","))
    return 0.3 * red + 0.6 * green + 0.1 * blue


@unittest.skipUnless(chromium.installed(), "Chromium is not installed")
class Pictures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = cls.enterClassContext(chromium.Chromium())

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def draw(self, text, form, name="a.pf"):
        (self.folder / name).write_text(text)
        return subprocess.run([os.environ["PFLOWC"], f"--emit-graph={form}", name], cwd=self.folder, check=True,
                              capture_output=True, text=True).stdout

    def open(self, text, dark=False, name="a.pf"):
        (self.folder / "a.html").write_text(self.draw(text, "html", name))
        return self.browser.open((self.folder / "a.html").as_uri(), dark)

    def assert_quiet(self, page):
        self.assertEqual(page.complaints(), [])
        self.assertEqual(page.requests(), [(self.folder / "a.html").as_uri()])

    def test_everything_is_drawn_and_nothing_overlaps(self):
        graph = json.loads(self.draw(PROGRAM, "json"))
        page = self.open(PROGRAM)
        drawn = page.value(DRAWN)
        self.assertEqual([flow["name"] for flow in drawn], [flow["name"] for flow in graph["flows"]])
        for flow, wanted in zip(drawn, graph["flows"]):
            shapes = {node["id"]: node for node in flow["nodes"]}
            self.assertEqual(sorted(shapes), [node["id"] for node in wanted["nodes"]])
            self.assertEqual(sorted(edge for edge, _ in flow["edges"]),
                             sorted(f'{edge["from"]}-{edge["to"]}' for edge in wanted["edges"]))
            self.assertEqual(sorted(label for _, label in flow["edges"] if label),
                             sorted(edge["label"] for edge in wanted["edges"] if "label" in edge))
            for node in wanted["nodes"]:
                shape = shapes[node["id"]]
                self.assertIn(node["title"], shape["lines"][0])
                self.assertTrue(holds(flow["frame"], shape), node)
                for text in shape["texts"]:
                    self.assertTrue(holds(shape, text), (node, shape, text))
                if "parent" in node:
                    self.assertTrue(holds(shapes[node["parent"]], shape), node)
                for other in wanted["nodes"]:
                    if other["id"] > node["id"] and other.get("parent") == node.get("parent"):
                        self.assertFalse(overlap(shape, shapes[other["id"]]), (node, other))
        for one in drawn:
            self.assertFalse([other["name"] for other in drawn if one is not other and
                              overlap(one["frame"], other["frame"])])
        self.assert_quiet(page)

    def test_light_and_dark(self):
        for dark in (False, True):
            page = self.open(PROGRAM, dark)
            self.assertEqual(brightness(page.value("getComputedStyle(document.body).backgroundColor")) < 128, dark)
            for flow in page.value(DRAWN):
                for node in flow["nodes"]:
                    if node["fill"] != "none":
                        self.assertGreater(abs(brightness(node["fill"]) - brightness(node["ink"])), 90, node)
            self.assert_quiet(page)

    def test_a_stage_tells_about_itself_when_it_is_clicked(self):
        page = self.open(PROGRAM)
        self.assertTrue(page.value("document.getElementById('details').hidden"))
        graph = json.loads(self.draw(PROGRAM, "json"))
        writer = next(node for node in graph["flows"][1]["nodes"] if node.get("label") == "writer")
        page.click(f".pf-whole[data-flow=write] [data-node='{writer['id']}'] .pf-title")
        told = page.wait_for("document.getElementById('details').innerText")
        for part in ("llm as writer", "a.pf:4:3 · net", "retries: 2", writer["site"], "Ask a language model",
                     "temperature", 'llm("Write about ${topic}: ${feedback}")'):
            self.assertIn(part, told)
        page.click(".pf-whole[data-flow=main] .pf-flow .pf-title")
        self.assertIn("Writes until it is good enough.", page.value("document.getElementById('details').innerText"))
        before = page.value("document.querySelector('main svg').getAttribute('viewBox')")
        page.click("#details button")
        self.assertNotEqual(page.value("document.querySelector('main svg').getAttribute('viewBox')"), before)
        self.assert_quiet(page)

    def test_stages_are_marked_and_chosen_by_their_site(self):
        page = self.open(PROGRAM)
        self.assertEqual(page.value("""(() => {
            const graph = JSON.parse(document.getElementById('graph').textContent);
            const main = document.getElementById('picture'), told = [];
            main.addEventListener('stage', (event) => told.push(event.detail.node?.title));
            const picture = drawPicture(main, graph);
            const known = [picture.mark('write/writer', 'running', '3 tries'), picture.select('write/writer'),
                           picture.mark('write/nobody', 'done'), picture.select('nobody')];
            const node = document.querySelector('[data-state=running]');
            return [known, told, node.querySelector('.pf-badge').textContent, node.classList.contains('pf-chosen')];
        })()"""), [[True, True, False, False], ["llm"], "3 tries", True])
        self.assert_quiet(page)

    def test_wheel_and_mouse_scale_and_move(self):
        page = self.open(PROGRAM)
        view = "document.querySelector('main svg').getAttribute('viewBox').split(' ').map(Number)"
        x, y, width, _ = page.value(view)
        page.call("Input.dispatchMouseEvent", type="mouseWheel", x=300, y=300, deltaX=0, deltaY=-200)
        page.wait_for(f"({view})[2] < {width}")
        x, y, width, _ = page.value(view)
        for kind, at in (("mousePressed", 300), ("mouseMoved", 340), ("mouseReleased", 340)):
            page.call("Input.dispatchMouseEvent", type=kind, x=at, y=600, button="left", buttons=1, clickCount=1)
        page.wait_for(f"({view})[0] < {x}")
        self.assertEqual(page.value(view)[1:3], [y, width])

    def test_no_text_of_a_program_is_run(self):
        bad = r"""</script><script>window.ran = 1</script><img src=x onerror='window.ran = 2'>\\\" &lt; \n <!-- ]]> ${1}"""
        program = f"""## {bad}
flow main(
  ## {bad}
  text: "{bad.split('$')[0]}" | "b" = "b",
) {{
  print("{bad}") as out
  match text {{ "b" => {{}}, _ => print("x") }}
  out - "error" >> fail("{bad}")
}}
"""
        name = "<img src=x onerror=window.ran=3>.pf"
        page = self.open(program, name=name)
        self.assertEqual(page.value("window.ran ?? 'nothing'"), "nothing")
        for node in page.value("[...document.querySelectorAll('main .pf-node')].map((node) => node.dataset.node)"):
            page.click(f"main [data-node='{node}'] text")
            self.assertFalse(page.value("document.getElementById('details').hidden"))
        self.assertIn("</script><script>", page.value("document.getElementById('details').innerText +"
                                                      "document.querySelector('main').textContent"))
        self.assertEqual(page.value("[window.ran ?? 'nothing', document.querySelectorAll('img').length, document.title]"),
                         ["nothing", 0, name])
        self.assert_quiet(page)

    def test_what_the_policy_of_the_page_lets_run(self):
        page = self.open(PROGRAM)
        page.value("""(() => {
            const script = document.createElement('script');
            script.textContent = 'window.ran = 1';
            document.body.append(script);
            fetch('https://example.org/').catch(() => { window.refused = true; });
        })()""")
        page.wait_for("window.refused")
        self.assertEqual(page.value("window.ran ?? 'nothing'"), "nothing")

    def test_ten_thousand_stages(self):
        chain = "flow main() {\n" + "".join(f'  print("line {i}")\n' for i in range(10_000)) + "}\n"
        page = self.open(chain)
        self.assertEqual(page.value("[document.querySelectorAll('.pf-node').length,"
                                    "document.querySelectorAll('.pf-edge').length]"), [10_002, 10_001])
        ways = "flow main() {\n" + "".join(
            f'  shell("x{i}") as s{i}\n  s{i} - "error" >> print("e{i}") >> end\n' for i in range(700)) + "}\n"
        page = self.open(ways)
        self.assertEqual(page.value("document.querySelectorAll('.pf-edge-error').length"), 700)
        self.assert_quiet(page)

    def test_mermaid_reads_it(self):
        try:
            sdk_modules.reach_registry()
        except sdk_modules.NoRegistry as problem:
            self.skipTest(str(problem))
        subprocess.run([sys.executable, ROOT / "scripts/npm_packages.py",
                        ROOT / "test/e2e/mermaid/package-lock.json", BUILD / "mermaid", "mermaid"], check=True)
        script = BUILD / "mermaid/node_modules/mermaid/dist/mermaid.min.js"
        (self.folder / "a.html").write_text(f'<meta charset=utf-8><div id=o></div><script src="{script.as_uri()}"></script>')
        page = self.browser.open((self.folder / "a.html").as_uri())
        strange = 'flow main() { print("a`b` *c* _d_ [e](f) <i>g</i> #35; | \\" -->") }\n'
        for program in (PROGRAM, strange):
            graph = json.loads(self.draw(program, "json"))
            drawn = page.value(f"""mermaid.render('drawn', {json.dumps(self.draw(program, "mermaid"))}).then(({{ svg }}) => {{
                document.getElementById('o').innerHTML = svg;
                return [document.querySelectorAll('.node').length, document.querySelectorAll('.cluster').length,
                        document.getElementById('o').textContent];
            }})""")
            nodes = [node for flow in graph["flows"] for node in flow["nodes"]]
            boxes = sum(node["kind"] in BOXES for node in nodes)
            self.assertEqual(drawn[:2], [len(nodes) - boxes, boxes + len(graph["flows"])])
        self.assertIn('"a`b` *c* _d_ [e](f) <i>g</i> #35; | \\" -->"', drawn[2])


if __name__ == "__main__":
    unittest.main()
