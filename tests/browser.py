"""A browser for tests: Debian's Chromium over its debugging protocol, where one is found."""

from __future__ import annotations

import base64
import itertools
import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)
PATIENCE = 20.0


class Tab:
    """One page: go somewhere, run a script, wait for one to be true, take a picture."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self._numbers = itertools.count(1)
        self.errors: list[str] = []
        for domain in ("Page", "Runtime", "Log"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._line.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            got = json.loads(self._line.recv(timeout=PATIENCE + 10))
            self._note(got)
            if got.get("id") == number:
                if "error" in got:
                    raise RuntimeError(got["error"])
                result: dict[str, Any] = got["result"]
                return result

    def _note(self, got: dict[str, Any]) -> None:
        if got.get("method") == "Runtime.exceptionThrown":
            details = got["params"]["exceptionDetails"]
            self.errors.append(str(details.get("exception", {}).get("description") or details["text"]))
        if got.get("method") == "Log.entryAdded" and got["params"]["entry"]["level"] == "error":
            self.errors.append(str(got["params"]["entry"]["text"]))

    def size(self, width: int, height: int, *, dark: bool = False) -> None:
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", features=[scheme])

    def go(self, url: str) -> None:
        self.send("Page.navigate", url=url)

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        got = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in got:
            raise AssertionError(got["exceptionDetails"].get("exception", {}).get("description"))
        return got["result"].get("value")

    def wait(self, script: str, *, seconds: float = PATIENCE) -> Any:
        """The expression's first true value: the page itself looks again at every frame."""
        looking = f"""new Promise((done) => {{
            const end = performance.now() + {seconds * 1000};
            const look = () => {{
                let value;
                try {{ value = {script}; }} catch {{ value = null; }}
                if (value || performance.now() > end) done(value instanceof Node ? true : value);
                else setTimeout(look, 30);
            }};
            look();
        }})"""
        value = self.run(looking)
        if not value:
            raise AssertionError(
                f"waited in vain for {script}\n{self.run('document.body.innerText')[-3000:]}"
            )
        return value

    def click(self, text: str, *, within: str = "body", tag: str = "button, summary, a") -> None:
        """Press the last thing that can be pressed and reads like this."""
        found = f"[...document.querySelector({json.dumps(within)}).querySelectorAll({json.dumps(tag)})]"
        wanted = (
            f"(e) => e.offsetParent && (e.innerText || e.ariaLabel || '').trim().includes({json.dumps(text)})"
        )
        self.wait(f"{found}.some({wanted})")
        self.run(f"{found}.filter({wanted}).at(-1).click()")

    def type(self, text: str) -> None:
        self.send("Input.insertText", text=text)

    def press(self, key: str) -> None:
        code = {"Enter": 13, "Tab": 9, "Escape": 27}[key]
        more = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.send(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **more
            )

    def picture(self, path: Path) -> None:
        got = self.send("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(got["data"]))


@contextmanager
def open_tab(folder: Path) -> Iterator[Tab]:
    """A browser of its own with an empty profile in `folder`, and its one tab."""
    assert CHROMIUM, "no Chromium here"
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder}", "about:blank"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{_port(folder, running)}/json/list") as listed:
            tabs = json.load(listed)
        address = next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page")
        with connect(address, max_size=None) as line:
            yield Tab(line)
    finally:
        running.terminate()
        running.wait(10)


def _port(folder: Path, running: subprocess.Popen[bytes]) -> int:
    """The port that the browser writes down once it listens."""
    note = folder / "DevToolsActivePort"
    end = time.monotonic() + PATIENCE
    while not (note.exists() and note.read_text().count("\n")):
        if running.poll() is not None or time.monotonic() > end:
            raise AssertionError("Chromium did not start")
        time.sleep(0.05)
    return int(note.read_text().splitlines()[0])
