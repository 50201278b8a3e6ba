"""Socket Mode: single-use addresses, hello, envelopes, acks, warnings and refreshes."""

import asyncio
import json
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.delivery import Delivery, Envelope
from bot.playground.state import APP, Json, Workspace

MAX_CONNECTIONS = 10
TICKET_SECONDS = 30.0


@dataclass
class Connection:
    number: int
    socket: WebSocket
    frames: asyncio.Queue[Json | None] = field(default_factory=asyncio.Queue)
    carrying: set[str] = field(default_factory=set)


class SocketHub:
    """The app's open sockets; each envelope goes to one of them, in turn."""

    def __init__(self, workspace: Workspace, delivery: Delivery) -> None:
        self.workspace = workspace
        self.delivery = delivery
        self.connections: list[Connection] = []
        self.loop: asyncio.AbstractEventLoop | None = None
        self._tickets: dict[str, float] = {}
        self._turn = 0
        self._backlog: list[Envelope] = []

    def new_ticket(self) -> str:
        ticket = self.workspace.new_id("ticket-")
        self._tickets[ticket] = self.workspace.clock.now()
        return ticket

    def push(self, envelope: Envelope) -> None:
        with self.workspace.changing():
            if not self.connections:
                self._backlog.append(envelope)
                return
            self._turn += 1
            connection = self.connections[self._turn % len(self.connections)]
            connection.carrying.add(envelope.id)
            self._put(connection, _frame(envelope))
            self.delivery.sent(envelope)

    def _put(self, connection: Connection, frame: Json | None) -> None:
        if self.loop:
            self.loop.call_soon_threadsafe(connection.frames.put_nowait, frame)

    def drop(self) -> None:
        """Cut every socket without a word."""
        with self.workspace.changing():
            for connection in self.connections:
                self._put(connection, None)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to reconnect: `warning` (seconds ahead), `refresh_requested` or `link_disabled`."""
        with self.workspace.changing():
            for connection in self.connections:
                self._put(
                    connection, {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}
                )
                if reason != "warning":
                    self._put(connection, None)

    async def serve(self, socket: WebSocket) -> None:
        issued = self._tickets.pop(socket.query_params.get("ticket", ""), None)
        if issued is None or self.workspace.clock.now() - issued > TICKET_SECONDS:
            await socket.close(code=1008)
            return
        await socket.accept()
        if len(self.connections) >= MAX_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {}})
            await socket.close()
            return
        connection = self._joined(socket)
        writer = asyncio.create_task(self._write(connection))
        try:
            await self._read(connection)
        finally:
            writer.cancel()
            self._left(connection)

    def _joined(self, socket: WebSocket) -> Connection:
        with self.workspace.changing():
            self._turn += 1
            connection = Connection(self._turn, socket)
            self.connections.append(connection)
            info = {"host": "playground", "approximate_connection_time": 18060}
            hello = {
                "type": "hello",
                "num_connections": len(self.connections),
                "debug_info": info,
                "connection_info": {"app_id": APP},
            }
            connection.frames.put_nowait(hello)
            backlog, self._backlog = self._backlog, []
            for envelope in backlog:
                self.push(envelope)
            self.workspace.tell("connections", len(self.connections))
        return connection

    def _left(self, connection: Connection) -> None:
        with self.workspace.changing():
            self.connections.remove(connection)
            for envelope_id in connection.carrying:
                self.delivery.failed(envelope_id, "socket_closed")
            self.workspace.tell("connections", len(self.connections))

    async def _write(self, connection: Connection) -> None:
        while (frame := await connection.frames.get()) is not None:
            await connection.socket.send_json(frame)
        await connection.socket.close()

    async def _read(self, connection: Connection) -> None:
        while True:
            try:
                text = await connection.socket.receive_text()
            except (WebSocketDisconnect, RuntimeError):
                return
            try:
                ack = json.loads(text)
            except ValueError:
                continue
            envelope_id = ack.get("envelope_id") if isinstance(ack, dict) else None
            if isinstance(envelope_id, str):
                connection.carrying.discard(envelope_id)
                self.delivery.acked(envelope_id, ack.get("payload"))


def _frame(envelope: Envelope) -> Json:
    frame: Json = {
        "envelope_id": envelope.id,
        "type": envelope.kind,
        "payload": envelope.payload,
        "accepts_response_payload": not envelope.retries,
    }
    if envelope.retries:
        frame |= {"retry_attempt": envelope.attempt, "retry_reason": envelope.reason}
    return frame
