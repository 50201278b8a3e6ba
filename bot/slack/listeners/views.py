"""What is typed into windows."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.slack.desk import Asked, Desk
from bot.slack.names import ASK_VIEW, COMMENT_VIEW, WRONG_VIEW
from bot.slack.windows import WORDS_BLOCK, build_shown_answer, read_words

Body = dict[str, Any]
View = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """The routing table."""

    @app.view(ASK_VIEW)
    def on_ask(ack: Ack, body: Body, view: View) -> None:
        text = read_words(view)
        if not text:
            ack(response_action="errors", errors={WORDS_BLOCK: "Type a question first."})
            return
        asked = Asked(text, body["team"]["id"], "", body["user"]["id"], "", "", private=True)
        answer = desk.answer(asked)
        desk.keep(asked, answer, f"window {asked.user} {answer.id}")
        ack(response_action="update", view=build_shown_answer(answer))

    @app.view(COMMENT_VIEW)
    def on_comment(ack: Ack, body: Body, view: View) -> None:
        ack()
        desk.state.comment(view["private_metadata"], body["user"]["id"], read_words(view))

    @app.view(WRONG_VIEW)
    def on_wrong(ack: Ack, body: Body, view: View, client: WebClient) -> None:
        ack()
        desk.state.report_wrong(view["private_metadata"], body["user"]["id"], read_words(view))
        desk.thank(client, body["user"]["id"])

    @app.view(re.compile(".*"))
    def on_other(ack: Ack) -> None:
        """A window of an older version."""
        ack()

    @app.view_closed(re.compile(".*"))
    def on_closed(ack: Ack) -> None:
        ack()
