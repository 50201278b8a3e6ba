"""conversations.*: what the bot may know of channels."""

from bot.playground.methods.calls import Call, Method, SlackError
from bot.playground.state import BOT_USER, TEAM, Channel, Json

READ = ("channels:read", "groups:read", "im:read", "mpim:read")
NEEDED = {"public": "channels:read", "private": "groups:read", "im": "im:read"}
TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def channel_payload(channel: Channel) -> Json:
    payload: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_mpim": False,
        "is_shared": channel.ext_shared,
        "is_ext_shared": channel.ext_shared,
        "is_org_shared": False,
        "context_team_id": TEAM,
    }
    if channel.kind == "im":
        user = next((u for u in channel.members if u != BOT_USER), BOT_USER)
        return payload | {"user": user, "is_user_deleted": False, "is_open": True}
    return payload | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind == "private",
        "is_general": channel.name == "general",
        "is_member": BOT_USER in channel.members,
        "creator": "",
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def info(call: Call) -> Json:
    channel = call.channel()
    call.need_scope(NEEDED[channel.kind])
    payload = channel_payload(channel)
    if call.flag("include_num_members"):
        payload["num_members"] = len(channel.members)
    return {"channel": payload}


def members(call: Call) -> Json:
    channel = call.channel()
    call.need_scope(NEEDED[channel.kind])
    return {"members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}


def list_(call: Call) -> Json:
    wanted = [t.strip() for t in call.text("types", "public_channel").split(",")]
    if any(t not in TYPES for t in wanted):
        raise SlackError("invalid_types")
    kinds = {TYPES[t] for t in wanted}
    for kind in kinds & set(NEEDED):
        call.need_scope(NEEDED[kind])
    known = [c for c in call.workspace.channels.values() if c.kind in kinds]
    shown = [c for c in known if c.kind == "public" or BOT_USER in c.members]
    if call.flag("exclude_archived"):
        shown = [c for c in shown if not c.archived]
    given = call.text("limit", "100")
    if not given.isdigit() or not 1 <= int(given) <= 1000:
        raise SlackError("invalid_limit")
    limit = int(given)
    cursor = call.text("cursor", "0") or "0"
    if not cursor.isdigit():
        raise SlackError("invalid_cursor")
    at = int(cursor)
    following = str(at + limit) if at + limit < len(shown) else ""
    page = [channel_payload(c) for c in shown[at : at + limit]]
    return {"channels": page, "response_metadata": {"next_cursor": following}}


def open_(call: Call) -> Json:
    if call.text("channel"):
        channel = call.channel()
    else:
        users = [u for u in call.text("users").split(",") if u]
        if not users:
            raise SlackError("users_list_not_supplied")
        if len(users) > 1:
            raise SlackError("too_many_users")
        if users[0] not in call.workspace.users:
            raise SlackError("user_not_found")
        channel = call.workspace.direct(users[0])
    full = channel_payload(channel) if call.flag("return_im") else {"id": channel.id}
    return {"channel": full, "no_op": True, "already_open": True}


def join(call: Call) -> Json:
    channel = call.channel()
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    joined = BOT_USER not in channel.members
    channel.members.add(BOT_USER)
    call.workspace.tell("channel", channel)
    return {"channel": channel_payload(channel)} | ({} if joined else {"warning": "already_in_channel"})


METHODS = {
    "conversations.info": Method(info, READ, tier=3, required=("channel",)),
    "conversations.members": Method(members, READ, tier=4, required=("channel",)),
    "conversations.list": Method(list_, READ, tier=2),
    "conversations.open": Method(open_, ("im:write", "mpim:write"), tier=3),
    "conversations.join": Method(join, ("channels:join",), tier=3, required=("channel",)),
}
