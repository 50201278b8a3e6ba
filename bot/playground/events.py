"""The payloads that Slack sends to an app, in the shape of Slack's own."""

from bot.playground.state import APP, BOT, BOT_USER, TEAM, Channel, File, Json, Message, View, Workspace

TOKEN = "legacy-verification-token"
TEAM_DOMAIN = "playground"


def event_callback(workspace: Workspace, event: Json) -> Json:
    """The outer payload of the Events API around one event."""
    installed = {
        "enterprise_id": None,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": TOKEN,
        "team_id": TEAM,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": workspace.new_id("Ev"),
        "event_time": int(workspace.clock.now()),
        "authorizations": [installed],
        "is_ext_shared_channel": _is_external(workspace, event),
        "event_context": workspace.new_id("EC"),
    }


def _is_external(workspace: Workspace, event: Json) -> bool:
    channel = event.get("channel")
    known = workspace.channels.get(channel) if isinstance(channel, str) else None
    return known is not None and known.ext_shared


def bot_profile(workspace: Workspace) -> Json:
    name = workspace.users[BOT_USER].real_name
    return {
        "id": BOT,
        "deleted": False,
        "name": name,
        "updated": 0,
        "app_id": APP,
        "team_id": TEAM,
        "icons": {},
    }


def message_payload(workspace: Workspace, message: Message) -> Json:
    """A message as the Web API and the events show it."""
    payload: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": TEAM,
    }
    if message.subtype:
        payload["subtype"] = message.subtype
    if message.from_app:
        payload |= {"bot_id": BOT, "app_id": APP, "bot_profile": bot_profile(workspace)}
    else:
        payload["client_msg_id"] = f"client-{message.ts}"
    if message.blocks:
        payload["blocks"] = message.blocks
    if message.files:
        payload["files"] = [file_payload(workspace, workspace.files[f]) for f in message.files]
    if message.metadata:
        payload["metadata"] = message.metadata
    if message.edited:
        payload["edited"] = message.edited
    if message.reactions:
        payload["reactions"] = [
            {"name": name, "users": users, "count": len(users)} for name, users in message.reactions.items()
        ]
    return payload | thread_payload(workspace, message)


def thread_payload(workspace: Workspace, message: Message) -> Json:
    around = workspace.messages.get(message.channel, [])
    if message.thread_ts and message.thread_ts != message.ts:
        root = workspace.find_message(message.channel, message.thread_ts)
        parent = {"parent_user_id": root.user} if root else {}
        return {"thread_ts": message.thread_ts, **parent}
    if message.thread_ts is None:
        return {}
    replies = [
        m for m in around if m.thread_ts == message.ts and m.ts != message.ts and m.seen_only_by is None
    ]
    users = list(dict.fromkeys(m.user for m in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users,
        "latest_reply": replies[-1].ts if replies else message.ts,
    }


def message_event(workspace: Workspace, message: Message) -> Json:
    channel = workspace.channels[message.channel]
    payload = message_payload(workspace, message)
    return payload | {"channel": channel.id, "event_ts": message.ts, "channel_type": channel.type}


def app_mention(workspace: Workspace, message: Message) -> Json:
    event = message_event(workspace, message) | {"type": "app_mention"}
    return {key: value for key, value in event.items() if key not in ("channel_type", "subtype")}


def message_changed(workspace: Workspace, message: Message, previous: Json) -> Json:
    channel = workspace.channels[message.channel]
    ts = workspace.new_ts()
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": channel.id,
        "message": message_payload(workspace, message),
        "previous_message": previous,
        "ts": ts,
        "event_ts": ts,
        "channel_type": channel.type,
    }


def message_deleted(workspace: Workspace, channel: Channel, previous: Json) -> Json:
    ts = workspace.new_ts()
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "channel": channel.id,
        "deleted_ts": previous["ts"],
        "previous_message": previous,
        "ts": ts,
        "event_ts": ts,
        "channel_type": channel.type,
    }


def reaction(workspace: Workspace, kind: str, user: str, message: Message, name: str) -> Json:
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    return {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": item,
        "item_user": message.user,
        "event_ts": workspace.new_ts(),
    }


def app_home_opened(workspace: Workspace, user: str, channel: str, tab: str) -> Json:
    event: Json = {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab}
    home = workspace.homes.get(user)
    if home and tab == "home":
        event["view"] = view_payload(home)
    return event | {"event_ts": workspace.new_ts()}


def app_context_changed(workspace: Workspace, user: str, channel: Channel | None) -> Json:
    seen = {"type": "slack#/types/channel_id", "value": channel.id, "team_id": TEAM} if channel else None
    context: Json = {"entities": [seen]} if seen else {}
    dm = workspace.direct(user).id
    return {"type": "app_context_changed", "user": user, "channel": dm, "context": context} | {
        "event_ts": workspace.new_ts()
    }


def file_payload(workspace: Workspace, file: File) -> Json:
    """A file as files.info and messages show it; the base address is filled in by the server."""
    base = workspace.base_url
    kind = file.name.rpartition(".")[2].lower()
    address = f"{base}/files-pri/{TEAM}-{file.id}/{file.name}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": MIMETYPES.get(kind, "application/octet-stream"),
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": file.user,
        "user_team": TEAM,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": address,
        "url_private_download": address.replace("/files-pri/", "/files-pri/download/"),
        "permalink": f"{base}/files/{file.user}/{file.id}/{file.name}",
        "channels": sorted({channel for channel, _ in file.shares}),
        "file_access": "visible",
    }


MIMETYPES = {
    "csv": "text/csv",
    "md": "text/markdown",
    "txt": "text/plain",
    "pdf": "application/pdf",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "png": "image/png",
}


def view_payload(view: View) -> Json:
    content: Json = {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "title": {"type": "plain_text", "text": "View Title", "emoji": True},
        "close": None,
        "submit": None,
    }
    return (
        content
        | view.content
        | {
            "id": view.id,
            "team_id": TEAM,
            "state": {"values": view.values},
            "hash": view.hash,
            "previous_view_id": view.previous_id,
            "root_view_id": view.root_id,
            "app_id": APP,
            "app_installed_team_id": TEAM,
            "bot_id": BOT,
        }
    )
