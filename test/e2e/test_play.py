"""`pflowc play`, used in a headless Chromium as a person does, and asked by those who may not."""
import base64
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import unittest
import urllib.parse

import chromium

PATIENCE = 120


def lives(process):
    """Neither gone, at whatever moment, nor waiting to be collected."""
    try:
        return "State:\tZ" not in (pathlib.Path("/proc") / process / "status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


class Playground:
    """A running server. Its file, when it has one, holds the text."""

    def __init__(self, case, text=None, name="a.pf"):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        case.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        (self.folder / "tmp").mkdir()
        self.file = self.folder / name
        if text is not None:
            self.file.write_text(text)
        files = [] if text is None else [name]
        self.process = subprocess.Popen([os.environ["PFLOWC"], "play", "--no-open", *files], cwd=self.folder,
                                        stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, "TMPDIR": str(self.folder / "tmp"),
                                             "PFLOW_HOME": str(self.folder / "home")})
        case.addCleanup(self.end)
        self.address = self.process.stdout.readline().strip()
        self.host, self.path = re.fullmatch(r"http://(127\.0\.0\.1:\d+)(/[0-9a-f]{32}/)", self.address).groups()

    def end(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.stdout.close()
        return self.process.wait(PATIENCE)

    def get(self, path=None, **headers):
        """The status and the body of a GET request."""
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        connection.request("GET", self.path if path is None else path, headers=headers)
        answer = connection.getresponse()
        done = answer.status, answer.read().decode(), answer.headers
        connection.close()
        return done

    def open_socket(self, path=None, **headers):
        """The status that a request for the socket gets."""
        key = base64.b64encode(os.urandom(16)).decode()
        return self.get(self.path + "socket" if path is None else path, Connection="Upgrade", Upgrade="websocket",
                        **{"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key}, **headers)[0]


class Doors(unittest.TestCase):
    def setUp(self):
        self.play = Playground(self)

    def test_its_own_page_is_let_in(self):
        status, page, headers = self.play.get()
        self.assertEqual(status, 200)
        self.assertIn("<title>pflowc play</title>", page)
        self.assertEqual([headers["Cache-Control"], headers["X-Frame-Options"], headers["Referrer-Policy"]],
                         ["no-store", "DENY", "no-referrer"])
        self.assertEqual(self.play.open_socket(Origin=f"http://{self.play.host}"), 101)

    def test_without_the_token_nothing_is_told(self):
        other = "/" + "0" * 32 + "/"
        for path in ("/", "/socket", other, self.play.path[:-1], self.play.path + "x", self.play.path[:-3] + "/"):
            status, body, _ = self.play.get(path)
            self.assertEqual(status, 403, path)
            self.assertNotIn(self.play.path.strip("/"), body)
        self.assertEqual(self.play.open_socket(other + "socket", Origin=f"http://{self.play.host}"), 403)

    def test_other_pages_and_names_are_refused(self):
        port = self.play.host.split(":")[1]
        for host in (f"evil.example:{port}", "127.0.0.1", f"127.0.0.1.evil.example:{port}", f"127.0.0.1:{port}0"):
            self.assertEqual(self.play.get(Host=host)[0], 403, host)
            self.assertEqual(self.play.open_socket(Host=host, Origin=f"http://{host}"), 403, host)
        for origin in ("http://evil.example", f"http://127.0.0.1:{port}0", f"https://127.0.0.1:{port}", "null"):
            self.assertEqual(self.play.get(Origin=origin)[0], 403, origin)
            self.assertEqual(self.play.open_socket(Origin=origin), 403, origin)
        self.assertEqual(self.play.open_socket(), 403)

    def test_only_this_machine_is_served(self):
        port = int(self.play.host.split(":")[1])
        with self.assertRaises(OSError):
            socket.create_connection(("127.0.0.2", port), timeout=PATIENCE)

    def test_other_methods_and_garbage(self):
        connection = http.client.HTTPConnection(self.play.host, timeout=PATIENCE)
        connection.request("POST", self.play.path, b"x")
        self.assertEqual(connection.getresponse().status, 403)
        connection.close()
        with socket.create_connection(self.play.host.split(":"), timeout=PATIENCE) as garbage:
            garbage.sendall(b"\0\1\2 nonsense\r\n\r\n")
            garbage.recv(100)
        self.assertEqual(self.play.get()[0], 200)


class Start(unittest.TestCase):
    def test_a_port_that_is_taken(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            done = subprocess.run([os.environ["PFLOWC"], "play", "--no-open", "--port", str(taken.getsockname()[1])],
                                  capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 2)
        self.assertIn("Address already in use", done.stderr)
        self.assertIn("`--port 0` takes a free port", done.stderr)

    def test_what_is_no_program(self):
        for words in (["-"], [tempfile.gettempdir()], ["a.pf", "b.pf"]):
            done = subprocess.run([os.environ["PFLOWC"], "play", "--no-open", *words], capture_output=True, text=True,
                                  timeout=PATIENCE)
            self.assertEqual(done.returncode, 2)
            self.assertIn("`pflowc play` takes a file or none", done.stderr)

    def test_signals_end_it_and_leave_nothing(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            play = Playground(self)
            self.assertEqual(play.end(number), 128 + number)
            self.assertEqual(list((play.folder / "tmp").iterdir()), [])


@unittest.skipUnless(chromium.installed(), "Chromium is not installed")
class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = cls.enterClassContext(chromium.Chromium())

    def open(self, text=None, **how):
        play = Playground(self, text, **how)
        page = self.browser.open(play.address)
        page.wait_for("document.querySelector('#picture .pf-node') && window.playground")
        return play, page

    def write(self, page, text):
        page.value(f"playground.editor.write({json.dumps(text)})")

    def run_it(self, page, **parameters):
        for name, value in parameters.items():
            field = f"document.querySelector('#parameters input[name={name}]')"
            page.wait_for(field)
            page.value(f"{field}.value = {json.dumps(value)}")
        page.click("#run")

    def outcome(self, page):
        page.wait_for("!document.getElementById('run').disabled")
        return page.value("[document.getElementById('output').textContent, document.getElementById('status').textContent]")

    def test_from_typing_to_the_result(self):
        _, page = self.open()
        page.click(".cm-content")
        for kind in ("keyDown", "keyUp"):
            page.call("Input.dispatchKeyEvent", type=kind, key="a", code="KeyA", modifiers=2, windowsVirtualKeyCode=65)
        page.call("Input.insertText", text="flow main(name: str = \"Ada\") { llm(\"Hello ${name}\") >> print() }")
        page.wait_for("[...document.querySelectorAll('#picture .pf-title')].some((text) => text.textContent === 'llm')")
        page.wait_for("document.querySelector('#parameters input[name=name]')")
        self.run_it(page)
        self.assertEqual(self.outcome(page), ["Hello Ada\n", "done"])
        self.run_it(page, name="$(id) 'x' --model=y")
        self.assertEqual(self.outcome(page), ["Hello $(id) 'x' --model=y\n", "done"])
        self.assertEqual(page.complaints(), [])
        self.assertEqual({urllib.parse.urlsplit(url).hostname for url in page.requests()}, {"127.0.0.1"})

    def test_the_language_server_speaks(self):
        _, page = self.open('flow main() { print("a") }\n')
        self.write(page, "flow main() { print(nothing) }\n")
        page.wait_for("document.querySelector('.cm-lintRange-error')?.textContent === 'nothing'")
        page.wait_for("document.getElementById('picture').classList.contains('old')")
        self.assertTrue(page.value("document.querySelectorAll('#picture .pf-node').length > 0"))
        self.write(page, 'flow main() { print("b") }\n')
        page.wait_for("!document.querySelector('.cm-lintRange-error')")
        page.wait_for("!document.getElementById('picture').classList.contains('old')")
        self.write(page, "")
        page.click(".cm-content")
        page.call("Input.insertText", text="read_f")
        page.wait_for("[...document.querySelectorAll('.cm-completionLabel')].some((each) => each.textContent === 'read_file')")

    def test_hovering_tells_what_a_node_does(self):
        _, page = self.open('flow main() { print("a") }\n')
        x, y = page.value("""(() => {
            const line = document.querySelector('.cm-line'), range = document.createRange();
            const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
            let at = walk.nextNode();
            while (!at.textContent.includes('print')) at = walk.nextNode();
            range.setStart(at, at.textContent.indexOf('print') + 1);
            range.setEnd(at, at.textContent.indexOf('print') + 2);
            const place = range.getBoundingClientRect();
            return [place.x + place.width / 2, place.y + place.height / 2];
        })()""")
        page.call("Input.dispatchMouseEvent", type="mouseMoved", x=x - 1, y=y)
        page.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        page.wait_for("document.querySelector('.cm-tooltip')?.textContent.includes('print(')")

    def test_output_comes_while_it_runs_and_it_can_be_stopped(self):
        _, page = self.open('flow main() { print("first"); eprint("beside"); sleep(1h); print("never") }\n')
        self.run_it(page)
        page.wait_for("document.getElementById('output').textContent.includes('first')")
        page.wait_for("document.querySelector('#output .err')?.textContent === 'beside\\n'")
        page.click("#stop")
        output, status = self.outcome(page)
        self.assertNotIn("never", output)
        self.assertIn("143", status)

    def marks(self, page):
        """The stages that have a mark: title, state, what is counted."""
        return page.value("""[...document.querySelectorAll('#picture .pf-node')].filter((node) => node.dataset.state)
            .map((node) => [node.querySelector('.pf-title').textContent, node.dataset.state,
                            node.querySelector('.pf-badge').textContent])""")

    def drawn(self, page):
        """How many points of the time line have a colour of steps."""
        return page.value("""(() => {
            const line = document.getElementById('line'), data = line.getContext('2d').getImageData(0, 24, line.width, line.height - 24).data;
            let drawn = 0;
            for (let i = 3; i < data.length; i += 4) drawn += data[i] > 0 ? 1 : 0;
            return drawn;
        })()""")

    def test_the_picture_and_the_time_line_show_what_runs(self):
        _, page = self.open('flow main(gate: path) {\n'
                            '  ["a", "b", "c"] >> each name with (parallel: 3) { llm("Hello ${name}") }\n'
                            '  print("now")\n'
                            '  shell("read line <${gate} && echo over")\n'
                            '}\n')
        gate = pathlib.Path(tempfile.mkdtemp()) / "gate"
        self.addCleanup(shutil.rmtree, gate.parent)
        os.mkfifo(gate)
        self.run_it(page, gate=str(gate))
        page.wait_for("[...document.querySelectorAll('#picture .pf-node')].some((node) => node.dataset.state === 'running')")
        self.assertEqual(self.marks(page), [["llm", "done", "3 done"], ["print", "done", ""], ["shell", "running", ""]])
        self.assertFalse(page.value("document.getElementById('live').hidden"))
        self.assertGreater(self.drawn(page), 0)
        self.write(page, page.value("playground.editor.text()") + "# another picture keeps them\n")
        page.wait_for("document.querySelectorAll('#picture .pf-node[data-state]').length === 3")
        gate.write_text("x\n")
        self.assertEqual(self.outcome(page), ["now\nover\n", "done"])
        self.assertEqual(self.marks(page)[-1], ["shell", "done", ""])
        self.run_it(page, gate="/nowhere/at all")
        self.outcome(page)
        self.assertEqual(self.marks(page)[-1], ["shell", "failed", "1 failed"])
        self.assertEqual(page.complaints(), [])

    def test_the_report_of_each_run(self):
        play, page = self.open('flow main(name: str = "</script><b>") { llm("Hello ${name}") >> print() }\n')
        self.assertTrue(page.value("document.getElementById('report').hidden"))
        for name in ("first", "second"):
            self.run_it(page, name=name)
            self.outcome(page)
        address = page.value("document.getElementById('report').href")
        self.assertTrue(address.startswith(play.address), address)
        report = self.browser.open(address)
        report.wait_for("document.querySelectorAll('#rows tr').length === 2")
        report.click("#rows tr:first-child td")
        self.assertIn("Hello second", report.value("document.getElementById('details').textContent"))
        self.assertEqual(report.complaints(), [])
        self.assertIn("Hello first", play.get(play.path + "report/1")[1])
        self.assertEqual(play.get(play.path + "report/3")[0], 404)
        for path in ("/report/1", play.path + "report/", play.path + "report/1x", play.path + "report/-", play.path + "report/../1"):
            self.assertEqual(play.get(path)[0], 403, path)
        self.assertEqual(play.get(play.path + "report/1", Origin="http://evil.example")[0], 403)
        self.write(page, "flow main() { print(nothing) }\n")
        self.run_it(page)
        self.outcome(page)
        self.assertTrue(page.value("document.getElementById('report').hidden"))

    def test_many_steps(self):
        _, page = self.open('flow main() { range(30000) >> each n with (parallel: 100) { llm("n ${n}") } >> count() >> print() }\n')
        self.run_it(page)
        self.assertEqual(self.outcome(page), ["30000\n", "done"])
        self.assertEqual(self.marks(page)[0], ["llm", "done", "30000 done"])

    def test_failures_and_errors(self):
        _, page = self.open('flow main(n: int) { print(10 / n) }\n')
        self.run_it(page, n="0")
        output, status = self.outcome(page)
        self.assertIn("PF0912", output)
        self.assertEqual(status, "failed with exit code 1")
        self.write(page, "flow main() { print(nothing) }\n")
        self.run_it(page)
        output, status = self.outcome(page)
        self.assertIn("PF0201", output)
        self.assertEqual(status, "not run: the program has errors")

    def test_the_file_is_saved_and_imports_are_found(self):
        play = Playground(self, 'import "lib.pf"\nflow main() { greet("a") }\n')
        (play.folder / "lib.pf").write_text('flow greet(name: str) { print("Hi ${name}") }\n')
        page = self.browser.open(play.address)
        page.wait_for("document.querySelectorAll('#picture .pf-whole').length === 2")
        self.assertEqual(page.value("document.title"), "a.pf")
        changed = 'import "lib.pf"\nflow main() { greet("b ü") }\n'
        self.write(page, changed)
        page.click("#save")
        page.wait_for("document.getElementById('status').textContent === 'saved'")
        self.assertEqual(play.file.read_text(), changed)
        self.run_it(page)
        self.assertEqual(self.outcome(page), ["Hi b ü\n", "done"])

    def test_without_a_file_nothing_is_written_where_it_was_started(self):
        play = Playground(self)
        (play.folder / "playground.pf").write_text('flow main() { print("another") }\n')
        page = self.browser.open(play.address)
        page.wait_for("document.querySelector('#picture .pf-node') && window.playground")
        self.assertNotIn("another", page.value("playground.editor.text()"))
        self.assertTrue(page.value("document.getElementById('save').hidden"))
        self.write(page, 'flow main() { write_file("out.txt", "x") }\n')
        self.run_it(page)
        self.assertEqual(self.outcome(page)[1], "done")
        self.assertEqual({each.name for each in play.folder.iterdir()} - {"home"}, {"tmp", "playground.pf"})
        self.assertEqual(play.end(), 143)
        self.assertEqual(list((play.folder / "tmp").iterdir()), [])

    def test_runs_end_with_the_server_and_with_the_page(self):
        program = 'flow main(mark: path) { shell("echo $$ >${mark}; exec sleep 3600") >> print() }\n'
        for how in ("server", "page"):
            play, page = self.open(program)
            mark = play.folder / "mark"
            self.run_it(page, mark=str(mark))
            while not (mark.exists() and mark.read_text().endswith("\n")):
                page.value("0")
            process = mark.read_text().strip()
            self.assertTrue(lives(process))
            if how == "server":
                play.end()
            else:
                page.call("Page.navigate", url="about:blank")
            while lives(process):
                self.browser.call("Browser.getVersion")

    def test_much_output(self):
        _, page = self.open('flow main() { repeat n in range(20000) { print("line ${n} ü") } }\n')
        self.run_it(page)
        output, status = self.outcome(page)
        self.assertEqual([output.count("\n"), output.count("ü"), status], [20000, 20000, "done"])

    def test_a_foreign_page_gets_nothing(self):
        play = Playground(self, 'flow main() { print("secret") }\n')
        folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        (folder / "foreign.html").write_text("<title>foreign</title>")
        page = self.browser.open((folder / "foreign.html").as_uri())
        told = page.value(f"""(async () => {{
            const found = [];
            await fetch("{play.address}").then((answer) => answer.text()).then((text) => found.push(text), () => found.push("refused"));
            await new Promise((done) => {{
                const socket = new WebSocket("{play.address.replace('http', 'ws')}socket");
                socket.onmessage = (message) => {{ found.push(message.data); done(); }};
                socket.onerror = () => {{ found.push("refused"); done(); }};
            }});
            return found;
        }})()""")
        self.assertEqual(told, ["refused", "refused"])


if __name__ == "__main__":
    unittest.main()
