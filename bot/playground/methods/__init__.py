"""The Web API's methods, one family a file, all in one table."""

from bot.playground.methods import assistant, chat, conversations, files, people, streams, views
from bot.playground.methods.calls import Method

METHODS: dict[str, Method] = {
    **people.METHODS,
    **conversations.METHODS,
    **chat.METHODS,
    **streams.METHODS,
    **views.METHODS,
    **files.METHODS,
    **assistant.METHODS,
}
