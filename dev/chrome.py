"""Chromium driven over the DevTools protocol; runs in the venv: python -m dev.chrome < JSON.

The JSON is {"base": address, "shots": [{"url", "session", "size", "out", "wait", "actions"}]};
each shot is a page opened with a session cookie, worked on with actions, saved as PNG.
Actions are pairs: click SELECTOR, wait SELECTOR, type TEXT (into the focused field),
key NAME, js EXPRESSION, pause SECONDS.
"""

import base64
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import websocket

PATIENCE = 60  # seconds for a selector to appear
SETTLED = """(() => {
  const busy = document.querySelector('.o_loading_indicator, .o_blockUI');
  const page = document.querySelector('.o_action_manager');
  return document.readyState === 'complete' && document.fonts.status === 'loaded'
    && !busy && (!page || page.childElementCount > 0);
})()"""
KEYS = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowDown": 40, "ArrowUp": 38}


class PageError(Exception):
    """The page didn't do what the list of actions expects."""


class Chrome:
    """One headless browser with one tab."""

    def __init__(self):
        self._profile = tempfile.mkdtemp(prefix="dcrc-chrome-")
        self._process = subprocess.Popen(
            [
                "google-chrome",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--disable-dev-shm-usage",
                "--lang=zh-CN",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                f"--user-data-dir={self._profile}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._count = 0
        self._socket = websocket.create_connection(self._address(), timeout=60)
        for domain in ("Page", "Runtime", "Network"):
            self.call(f"{domain}.enable")

    def _address(self):
        port_file = Path(self._profile) / "DevToolsActivePort"
        for _try in range(200):
            time.sleep(0.1)
            if port_file.exists() and port_file.stat().st_size > 5:
                port = port_file.read_text().splitlines()[0]
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
                    pages = json.load(answer)
                return next(p["webSocketDebuggerUrl"] for p in pages if p["type"] == "page")
        raise PageError("Chromium doesn't start.")

    def close(self):
        """End the browser and remove its profile."""
        self._socket.close()
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(10)
        for _try in range(20):  # its helpers write until they have ended, too
            shutil.rmtree(self._profile, ignore_errors=True)
            if not os.path.exists(self._profile):
                break
            time.sleep(0.1)

    def call(self, method, **params):
        """Send one DevTools command; return its result."""
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") == self._count:
                if "error" in message:
                    raise PageError(f"{method}: {message['error']['message']}")
                return message["result"]

    def js(self, expression):
        """Evaluate JavaScript; return its value."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise PageError(f"{expression}: {answer['exceptionDetails'].get('text')}")
        return answer["result"].get("value")

    def until(self, expression, what):
        """Wait until an expression is true."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.js(expression):
                return
            time.sleep(0.1)
        raise PageError(f"waited {PATIENCE} s in vain for {what}")

    def settle(self):
        """Wait until nothing loads and nothing moves."""
        self.until(SETTLED, "the page to load")
        time.sleep(0.4)
        self.until(SETTLED, "the page to load")

    # -- actions -------------------------------------------------------------------------
    def do(self, action, value):
        """Carry out one action of a shot."""
        getattr(self, f"_do_{action}")(value)

    def _do_wait(self, selector):
        self.until(f"!!document.querySelector({json.dumps(selector)})", selector)

    def _do_click(self, selector):
        self._do_wait(selector)
        self.js(
            f"(e => {{e.scrollIntoView({{block: 'center'}}); e.focus && e.focus(); e.click();}})"
            f"(document.querySelector({json.dumps(selector)}))"
        )
        self.settle()

    def _do_type(self, text):
        self.call("Input.insertText", text=text)
        time.sleep(0.3)

    def _do_key(self, name):
        code = KEYS.get(name) or ord(name.upper())
        for kind in ("keyDown", "keyUp"):
            params = {"type": kind, "key": name, "windowsVirtualKeyCode": code}
            if kind == "keyDown" and (len(name) == 1 or name == "Enter"):
                params["text"] = "\r" if name == "Enter" else name
            self.call("Input.dispatchKeyEvent", **params)
        self.settle()

    def _do_js(self, expression):
        self.js(expression)
        self.settle()

    def _do_pause(self, seconds):
        time.sleep(float(seconds))

    def shoot(self, base, shot):
        """Open a page, work on it, save the picture; return what is wrong with it, or ''."""
        width, height = shot["size"]
        self.call("Network.clearBrowserCookies")
        if shot.get("session"):
            self.call("Network.setCookie", name="session_id", value=shot["session"], url=base)
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=shot.get("scale", 1),
            mobile=width < 600,
        )
        self.call("Emulation.setTouchEmulationEnabled", enabled=width < 600)
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=base + shot["url"])
        trouble = ""
        try:
            self.until("location.href !== 'about:blank'", "the server")
            self.settle()
            if shot.get("wait"):
                self._do_wait(shot["wait"])
            for action, value in shot.get("actions", ()):
                self.do(action, value)
            self.settle()
        except PageError as error:
            trouble = str(error)
        picture = self.call("Page.captureScreenshot", format="png")
        Path(shot["out"]).parent.mkdir(parents=True, exist_ok=True)
        Path(shot["out"]).write_bytes(base64.b64decode(picture["data"]))
        dialog = self.js("document.querySelector('.o_error_dialog, .o_error_detail')?.innerText || ''")
        return trouble or dialog.strip()


def main():
    """Take the shots of the JSON on stdin; exit 1 when a page was wrong."""
    spec = json.load(sys.stdin)
    chrome, wrong = Chrome(), 0
    try:
        for shot in spec["shots"]:
            trouble = chrome.shoot(spec["base"], shot)
            wrong += bool(trouble)
            print(f"{shot['out']}{': ' + trouble if trouble else ''}", flush=True)
    finally:
        chrome.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
