"""The playground for a person: a small workspace, the server's thread, and the page."""

from collections.abc import Callable

from bot.playground.server import Server
from bot.playground.state import BOT_USER, Json

PEOPLE = (("ada", "Ada Winter"), ("ben", "Ben Osei"), ("mei", "Mei Chen"))
CHANNELS = ("general", "market-watch", "strategy")


def serve(
    manifest: Json,
    *,
    port: int = 0,
    on_ready: Callable[[Server], None] = lambda _: None,
    samples: tuple[Json, ...] = (),
) -> Server:
    """Start the server in its thread and return it; `on_ready` gets it once it answers.

    `samples` are questions that the page offers as clicks: {"title", "text"} and, if wanted, "note"."""
    server = Server(manifest, samples=samples)
    furnish(server)
    server.start(port)
    on_ready(server)
    return server


def furnish(server: Server) -> None:
    """A few people and channels; the bot is in all channels but one."""
    workspace = server.workspace
    people = tuple(workspace.add_user(name, real_name).id for name, real_name in PEOPLE)
    for name in CHANNELS:
        workspace.add_channel(name, (*people, BOT_USER))
    workspace.add_channel("without-the-bot", people)
    for person in people:
        workspace.direct(person)
