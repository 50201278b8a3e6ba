"""What people do in Slack's own client: say, react, click, run commands, fill in modals, drop files."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.playground import elements, events, interactions, mrkdwn, posting
from bot.playground.elements import NotThere
from bot.playground.methods import views
from bot.playground.methods.calls import SlackError
from bot.playground.state import BOT_USER, Channel, File, Json, Message, User, View

if TYPE_CHECKING:
    from bot.playground.server import Server


class Desktop:
    """Everybody's Slack client. Each act changes the workspace and tells the app what Slack would tell it."""

    def __init__(self, server: "Server") -> None:
        self.server = server
        self.workspace = server.workspace

    # ---- messages

    def say(
        self,
        user: User,
        channel: Channel,
        typed: str,
        *,
        thread: str | None = None,
        files: tuple[File, ...] = (),
    ) -> Message:
        with self.workspace.changing():
            if user.id not in channel.members:
                raise NotThere(f"{user.name} is not in #{channel.name}")
            if channel.archived:
                raise NotThere(f"#{channel.name} is archived")
            text, blocks = mrkdwn.compose(
                typed, self.workspace.users.values(), self.workspace.channels.values()
            )
            blocks[0]["block_id"] = self.workspace.new_id("b")
            message = Message(channel.id, self.workspace.new_ts(), user.id, text, blocks, thread)
            message.files = [file.id for file in files]
            message.subtype = "file_share" if files else None
            for file in files:
                file.shares.append((channel.id, message.ts))
            if thread and (root := self.workspace.find_message(channel.id, thread)):
                root.thread_ts = root.ts
            self.workspace.post(message)
            posting.ring(self.workspace, message)
            self._announce(message, channel)
            for file in files:
                self._file_shared(file, channel)
        return message

    def _announce(self, message: Message, channel: Channel) -> None:
        posting.announce(self.server, message)
        if f"<@{BOT_USER}>" in message.text and channel.kind != "im" and BOT_USER in channel.members:
            self.server.send_event(
                events.app_mention(self.workspace, message), "app_mention", "app_mentions:read"
            )

    def _file_shared(self, file: File, channel: Channel) -> None:
        if BOT_USER in channel.members:
            event = {
                "type": "file_shared",
                "file_id": file.id,
                "user_id": file.user,
                "file": {"id": file.id},
                "channel_id": channel.id,
                "event_ts": self.workspace.new_ts(),
            }
            self.server.send_event(event, "file_shared", "files:read")

    def edit(self, message: Message, typed: str) -> None:
        with self.workspace.changing():
            previous = events.message_payload(self.workspace, message)
            users, channels = self.workspace.users.values(), self.workspace.channels.values()
            message.text, message.blocks = mrkdwn.compose(typed, users, channels)
            message.edited = {"user": message.user, "ts": self.workspace.new_ts()}
            self.workspace.tell("message", message)
            channel = self.workspace.channels[message.channel]
            if posting.sees_messages(self.server, channel):
                event = events.message_changed(self.workspace, message, previous)
                self.server.send_event(event, posting.MESSAGE_EVENTS[channel.kind])

    def delete(self, message: Message) -> None:
        with self.workspace.changing():
            self.server.remove_message(message)

    def react(self, user: User, message: Message, name: str) -> None:
        with self.workspace.changing():
            users = message.reactions.setdefault(name, [])
            kind = "reaction_removed" if user.id in users else "reaction_added"
            (users.remove if user.id in users else users.append)(user.id)
            if not users:
                del message.reactions[name]
            self.workspace.tell("message", message)
            if BOT_USER in self.workspace.channels[message.channel].members:
                event = events.reaction(self.workspace, kind, user.id, message, name)
                self.server.send_event(event, kind, "reactions:read")

    def upload(self, user: User, name: str, content: bytes) -> File:
        with self.workspace.changing():
            key = self.workspace.new_id("F")
            file = File(key, name, len(content), user.id, int(self.workspace.clock.now()), name, content)
            self.workspace.files[key] = file
        return file

    def invite(self, user: User, channel: Channel) -> None:
        with self.workspace.changing():
            channel.members.add(user.id)
            self.workspace.tell("channel", channel)
            if BOT_USER in channel.members:
                event = {
                    "type": "member_joined_channel",
                    "user": user.id,
                    "channel": channel.id,
                    "channel_type": "C" if channel.kind == "public" else "G",
                    "team": "T0000001",
                    "event_ts": self.workspace.new_ts(),
                }
                self.server.send_event(event, "member_joined_channel")

    # ---- the App Home

    def home(self, user: User, tab: str = "home") -> Channel:
        with self.workspace.changing():
            channel = self.workspace.direct(user.id)
            event = events.app_home_opened(self.workspace, user.id, channel.id, tab)
            self.server.send_event(event, "app_home_opened")
        return channel

    def look_at(self, user: User, channel: Channel | None) -> None:
        """What stands beside the agent's tab; an app without an agent view is told nothing."""
        with self.workspace.changing():
            if "agent_view" in self.workspace.manifest.get("features", {}):
                event = events.app_context_changed(self.workspace, user.id, channel)
                self.server.send_event(event, "app_context_changed")

    # ---- interactions

    def click(self, user: User, message: Message, key: str, chosen: Any = None) -> None:
        """Use a button, menu or feedback button in a message."""
        with self.workspace.changing():
            if message.seen_only_by not in (None, user.id):
                raise NotThere(f"{user.name} does not see this message")
            block, element = elements.find_element(message.blocks, key)
            action = self._action(block, element, chosen, message.state)
            trigger = self.workspace.new_trigger(user.id)
            url = self._response_url(user, message.channel, message.ts)
            payload = interactions.message_actions(
                self.workspace, user, message, [action], trigger=trigger, response_url=url
            )
            self._interact(user, payload, element["action_id"])

    def click_view(self, user: User, view: View, key: str, chosen: Any = None) -> None:
        """Use an element in a modal or on the App Home."""
        with self.workspace.changing():
            block, element = elements.find_element(view.content["blocks"], key)
            action = self._action(block, element, chosen, view.values)
            trigger = self.workspace.new_trigger(user.id, view.id)
            self._interact(
                user, interactions.view_actions(user, view, [action], trigger=trigger), element["action_id"]
            )

    def _action(self, block: Json, element: Json, chosen: Any, state: Json) -> Json:
        said = elements.act_on(element, chosen)
        if elements.keeps_state(element):
            state.setdefault(block["block_id"], {})[element["action_id"]] = said
        key = {"action_id": element["action_id"], "block_id": block["block_id"]}
        return {**said, **key, "action_ts": self.workspace.new_ts()}

    def command(self, user: User, channel: Channel, line: str) -> None:
        """Type a slash command. One that no app has is refused by the client, as are commands in threads."""
        with self.workspace.changing():
            command, _, text = line.partition(" ")
            known = self.workspace.manifest.get("features", {}).get("slash_commands", [])
            if command not in [entry["command"] for entry in known] or "commands" not in self.server.scopes:
                posting.slackbot_says(
                    self.workspace, user.id, channel.id, f"{command} is not a valid command."
                )
                return
            entry = next(e for e in known if e["command"] == command)
            payload = interactions.slash_command(
                user,
                channel,
                command,
                self._command_text(text.strip(), entities=bool(entry.get("should_escape"))),
                trigger=self.workspace.new_trigger(user.id),
                response_url=self._response_url(user, channel.id),
            )

            def lost(reason: str) -> None:
                error = "operation_timeout" if reason == "timeout" else "dispatch_failed"
                words = f'{command} failed with the error "{error}"'
                posting.slackbot_says(self.workspace, user.id, channel.id, words)

            self.server.delivery.send(
                "slash_commands",
                command,
                payload,
                on_answer=self._command_answered(user, channel),
                on_failure=lost,
            )

    def _command_text(self, text: str, *, entities: bool) -> str:
        """A command's text; with `should_escape`, the people and channels in it arrive as entities."""
        if not entities:
            return mrkdwn.escape(text)
        return mrkdwn.compose(text, self.workspace.users.values(), self.workspace.channels.values())[0]

    def _command_answered(self, user: User, channel: Channel) -> Callable[[Any], None]:
        def answered(answer: Any) -> None:
            content = {"text": answer} if isinstance(answer, str) else answer
            if isinstance(content, dict) and (content.get("text") or content.get("blocks")):
                try:
                    self.server.respond(user.id, channel.id, content, None)
                except SlackError as error:
                    words = f'the command failed with the error "{error.code}"'
                    posting.slackbot_says(self.workspace, user.id, channel.id, words)

        return answered

    def shortcut(self, user: User, callback_id: str, message: Message | None = None) -> None:
        """A global shortcut, or with a message, a message shortcut on it."""
        with self.workspace.changing():
            kind = "message" if message else "global"
            known = self.workspace.manifest.get("features", {}).get("shortcuts", [])
            if (kind, callback_id) not in [(s.get("type"), s.get("callback_id")) for s in known]:
                raise NotThere(f"the manifest has no {kind} shortcut {callback_id!r}")
            trigger = self.workspace.new_trigger(user.id)
            if message:
                url = self._response_url(user, message.channel, None)
                payload = interactions.message_action(
                    self.workspace, user, message, callback_id, trigger=trigger, response_url=url
                )
            else:
                payload = interactions.shortcut(self.workspace, user, callback_id, trigger=trigger)
            self._interact(user, payload, callback_id)

    def submit(self, user: User, view: View, values: Json | None = None) -> None:
        """Fill in a modal and press its submit button. The client itself keeps back what is not complete."""
        with self.workspace.changing():
            for key, chosen in (values or {}).items():
                block, element = elements.find_element(view.content["blocks"], key)
                self._action(block, element, chosen, view.values)
            view.errors = self._incomplete(view)
            if view.errors:
                self.workspace.tell("view", view)
                return
            view.response_urls = self._view_urls(user, view)
            trigger = self.workspace.new_trigger(user.id, view.id)
            payload = interactions.view_submission(user, view, trigger=trigger)
            name = view.content.get("callback_id") or "view_submission"
            self._interact(user, payload, name, lambda answer: self._submitted(user, view, answer))

    def _incomplete(self, view: View) -> dict[str, str]:
        start = elements.initial_values(view.content["blocks"])
        errors: dict[str, str] = {}
        for block in view.content["blocks"]:
            if block.get("type") != "input":
                continue
            key, action = block["block_id"], block["element"]["action_id"]
            said = view.values.setdefault(key, {}).setdefault(action, start.get(key, {}).get(action, {}))
            if not block.get("optional") and elements.is_empty(said):
                errors[key] = "Please complete this required field."
        return errors

    def _view_urls(self, user: User, view: View) -> list[Json]:
        """Addresses to answer in the conversations that the modal asked for (`response_url_enabled`)."""
        found: list[Json] = []
        for block in view.content["blocks"]:
            element = block.get("element", {})
            if block.get("type") != "input" or not element.get("response_url_enabled"):
                continue
            said = view.values.get(block["block_id"], {}).get(element["action_id"], {})
            channel = said.get("selected_conversation") or said.get("selected_channel")
            if channel:
                url = self._response_url(user, channel)
                key = {"block_id": block["block_id"], "action_id": element["action_id"]}
                found.append({**key, "channel_id": channel, "response_url": url})
        return found

    def _submitted(self, user: User, view: View, answer: Any) -> None:
        stack = self.workspace.stacks.get(user.id, [])
        action = answer.get("response_action") if isinstance(answer, dict) else None
        try:
            if action == "errors":
                self._show_errors(view, answer.get("errors"))
            elif action == "update":
                views.replace_content(self.workspace, view, views.checked_view(answer.get("view"), "modal"))
            elif action == "push":
                views.push_onto(self.workspace, user.id, views.checked_view(answer.get("view"), "modal"))
            elif action == "clear":
                stack.clear()
            elif action is None and view.id in stack:
                del stack[stack.index(view.id) :]
            elif action is not None:
                raise SlackError("invalid_response_action")
        except SlackError as error:
            view.errors = {"": f"We had some trouble connecting. Try again? ({error.code})"}
            self.workspace.record("refused", "view_submission", answer).outcome = error.code
        self.workspace.tell("view", view)

    def _show_errors(self, view: View, errors: Any) -> None:
        inputs = {b["block_id"] for b in view.content["blocks"] if b.get("type") == "input"}
        if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
            raise SlackError("invalid_errors")
        view.errors = {str(key): str(value) for key, value in errors.items()}

    def close(self, user: User, view: View, *, all_views: bool = False) -> None:
        """Close a modal with its cross (all of the stack) or its close button (the top one)."""
        with self.workspace.changing():
            stack = self.workspace.stacks.get(user.id, [])
            if view.id not in stack:
                raise NotThere("the view is not open")
            at = 0 if all_views else stack.index(view.id)
            closed = [self.workspace.views[key] for key in stack[at:]]
            del stack[at:]
            self.workspace.tell("view", view)
            for gone in closed:
                if gone.content.get("notify_on_close"):
                    payload = interactions.view_closed(user, gone, cleared=all_views)
                    self._interact(user, payload, gone.content.get("callback_id") or "view_closed")

    def _interact(
        self, user: User, payload: Json, name: str, on_answer: Callable[[Any], None] = lambda _: None
    ) -> None:
        if not self.workspace.manifest.get("settings", {}).get("interactivity", {}).get("is_enabled"):
            raise NotThere("the manifest does not enable interactivity")

        def lost(reason: str) -> None:
            self.workspace.tell("failure", {"user": user.id, "name": name, "reason": reason})
            view = payload.get("view") or {}
            if view.get("id") in self.workspace.views:
                self.workspace.views[view["id"]].errors = {"": "We had some trouble connecting. Try again?"}
                self.workspace.tell("view", view)

        label = f"{payload['type']} {name}"
        self.server.delivery.send("interactive", label, payload, on_answer=on_answer, on_failure=lost)

    def _response_url(self, user: User, channel: str, message_ts: str | None = None) -> str:
        key = self.workspace.new_response_url(user.id, channel, message_ts)
        return f"{self.server.url}/response/{key}"
