"""Health and readiness, for whoever watches the process: over HTTP, on this machine alone."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bot.slack.desk import Desk
from index.errors import SeminarError

HOST = "127.0.0.1"
Report = tuple[int, dict[str, str | int]]
"""An HTTP status and what is said with it."""


def find_health(desk: Desk, path: str, connected: Callable[[], bool] = lambda: True) -> Report:
    """`/health`: the process runs. `/ready`: it has its index and state, and Slack takes what it says; else 503."""
    if path == "/health":
        return 200, {"status": "ok"}
    if path != "/ready":
        return 404, {"status": "not found", "hint": "There are /health and /ready."}
    if reason := _trouble(desk, connected):
        return 503, {"status": "not ready", "reason": reason}
    return 200, {"status": "ok", "index": desk.live.refresh().version, "waiting": desk.outbox.waiting}


def _trouble(desk: Desk, connected: Callable[[], bool]) -> str:
    """What keeps it from answering; "" for nothing."""
    try:
        desk.live.refresh()
        desk.state.read("SELECT 1")
    except SeminarError as error:
        return error.message
    except (sqlite3.Error, OSError) as error:
        return f"the index or state.db: {type(error).__name__}"
    if not connected():
        return "no connection to Slack"
    token = desk.outbox.no_token
    return f"Slack refuses the bot's token ({token}); see seminar doctor" if token else ""


@contextlib.contextmanager
def serve_health(desk: Desk, port: int, connected: Callable[[], bool]) -> Iterator[str]:
    """Answers on a port of this machine (a free one for 0) as long as the block runs; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, said = find_health(desk, self.path, connected)
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Every few seconds somebody asks; that is no news."""

    try:
        listening = ThreadingHTTPServer((HOST, port), Handler)
    except OSError as error:
        raise SeminarError(
            f"Port {port} for health cannot be had: {error.strerror}.", "Set SEMINAR_HEALTH_PORT to another."
        ) from None
    with listening as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, name="health", kwargs={"poll_interval": 0.1})
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
