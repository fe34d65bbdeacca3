"""A headless Chromium and its pages, over the DevTools protocol on two pipes."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

PATIENCE = 60


def installed():
    return shutil.which("chromium")


class PageError(Exception):
    """What a page threw."""


class Chromium:
    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        theirs_in, self.to = os.pipe()
        self.at, theirs_out = os.pipe()
        # The protocol is spoken on the descriptors 3 and 4.
        self.process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}', "bash", installed(), "--headless",
             "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-pipe",
             f"--user-data-dir={self.folder}", "--window-size=1400,1000", "about:blank"],
            pass_fds=(theirs_in, theirs_out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self.unread, self.calls, self.events = b"", 0, []
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
            self.process.wait(PATIENCE)
        except (EOFError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        os.close(self.to)
        os.close(self.at)
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, session=None, **params):
        self.calls += 1
        message = {"id": self.calls, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.next_message()
            if answer.get("id") != message["id"]:
                self.events.append(answer)
            elif "error" in answer:
                raise PageError(f"{method}: {answer['error']['message']}")
            else:
                return answer["result"]

    def next_message(self):
        while b"\0" not in self.unread:
            piece = os.read(self.at, 1 << 16)
            if not piece:
                raise EOFError("Chromium has ended")
            self.unread += piece
        message, self.unread = self.unread.split(b"\0", 1)
        return json.loads(message)

    def open(self, address, dark=False):
        """A new page, which shows the address; with it comes what it has asked for and complained of."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.call(f"{domain}.enable")
        page.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        page.call("Page.navigate", url=address)
        page.wait_for("document.readyState === 'complete'")
        return page


class Page:
    def __init__(self, browser, session):
        self.browser, self.session = browser, session

    def call(self, method, **params):
        return self.browser.call(method, self.session, **params)

    def value(self, expression):
        """Of an expression of JavaScript; of a promise what it becomes."""
        done = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in done:
            raise PageError(json.dumps(done["exceptionDetails"], indent=1))
        return done["result"].get("value")

    def wait_for(self, expression):
        """Its value, once that is true; a part of the page is."""
        expression = f"((value) => value instanceof Node || value)({expression})"
        end = time.monotonic() + PATIENCE
        while not (value := self.value(expression)):
            if time.monotonic() > end:
                raise PageError(f"still false: {expression}\n{self.value('document.body.innerText')}")
            time.sleep(0.02)
        return value

    def click(self, selector):
        """With the mouse, in the middle of the first element."""
        x, y = self.value(f"""(() => {{
            const element = document.querySelector({json.dumps(selector)});
            element.scrollIntoView({{ block: 'nearest' }});
            const at = element.getBoundingClientRect();
            return [at.x + at.width / 2, at.y + at.height / 2];
        }})()""")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def happened(self, method):
        self.value("0")  # what was on its way is here
        return [event["params"] for event in self.browser.events
                if event.get("sessionId") == self.session and event["method"] == method]

    def complaints(self):
        """Exceptions, and what the browser has logged, such as a script that it refused to run."""
        return (self.happened("Runtime.exceptionThrown") +
                [event for event in self.happened("Log.entryAdded") if event["entry"]["level"] == "error"])

    def requests(self):
        return [event["request"]["url"] for event in self.happened("Network.requestWillBeSent")]
