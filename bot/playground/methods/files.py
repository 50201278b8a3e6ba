"""files.*: the three steps of an upload, and what is known of a file."""

import secrets

from bot.playground import events, posting
from bot.playground.methods.calls import Call, Method, SlackError, invalid_arguments
from bot.playground.methods.chat import target
from bot.playground.state import BOT_USER, File, Json, Message


def get_upload_url(call: Call) -> Json:
    name, length = call.text("filename"), call.text("length")
    if not length.isdigit() or int(length) == 0:
        raise invalid_arguments("length must be a positive number")
    now = int(call.workspace.clock.now())
    file = File(call.workspace.new_id("F"), name, int(length), BOT_USER, now)
    call.workspace.files[file.id] = file
    ticket = secrets.token_urlsafe(16)
    call.server.uploads[ticket] = file.id
    return {"upload_url": f"{call.server.url}/upload/v1/{ticket}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    named = call.structure("files")
    if not isinstance(named, list) or not named:
        raise invalid_arguments("missing required field: files")
    files = [_uploaded(call, item) for item in named]
    if call.text("channel_id") or call.text("channels"):
        _share(call, files)
    return {"files": [events.file_payload(call.workspace, file) for file in files]}


def _uploaded(call: Call, item: Json) -> File:
    file = call.workspace.files.get(str(item.get("id")))
    if file is None or file.content is None or file.user != BOT_USER:
        raise SlackError("file_not_found")
    file.title = str(item.get("title") or file.name)
    return file


def _share(call: Call, files: list[File]) -> None:
    name = call.text("channel_id") or call.text("channels").split(",")[0]
    call.arguments["channel"] = name
    channel = target(call)
    text = call.text("initial_comment")
    ids = [file.id for file in files]
    thread = call.text("thread_ts") or None
    ts = call.workspace.new_ts()
    message = Message(channel.id, ts, BOT_USER, text, thread_ts=thread, from_app=True, files=ids)
    for file in files:
        file.shares.append((channel.id, ts))
    posting.post(call.server, message)


def info(call: Call) -> Json:
    file = call.workspace.files.get(call.text("file"))
    if file is None or file.content is None:
        raise SlackError("file_not_found")
    return {
        "file": events.file_payload(call.workspace, file),
        "comments": [],
        "response_metadata": {"next_cursor": ""},
    }


METHODS = {
    "files.getUploadURLExternal": Method(
        get_upload_url, ("files:write",), tier=4, required=("filename", "length")
    ),
    "files.completeUploadExternal": Method(complete_upload, ("files:write",), tier=4, required=("files",)),
    "files.info": Method(info, ("files:read",), tier=4, required=("file",)),
}
