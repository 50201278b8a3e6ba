"""auth, api, apps, users, bots, team, reactions."""

from bot.playground import events
from bot.playground.methods.calls import Call, Method, SlackError
from bot.playground.state import APP, BOT, BOT_USER, TEAM, Json, User


def api_test(call: Call) -> Json:
    if call.text("error"):
        raise SlackError(call.text("error"), args=call.arguments)
    return {"args": call.arguments}


def auth_test(call: Call) -> Json:
    name = call.workspace.users[BOT_USER].name
    return {
        "url": f"{call.server.url}/",
        "team": "Playground",
        "user": name,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "app_id": APP,
        "is_enterprise_install": False,
    }


def connections_open(call: Call) -> Json:
    if not call.server.socket_mode:
        raise SlackError("socket_mode_not_enabled")
    ticket = call.server.hub.new_ticket()
    return {"url": f"{call.server.url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={APP}"}


def user_payload(user: User) -> Json:
    return {
        "id": user.id,
        "team_id": TEAM,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": user.deleted,
        "locale": user.locale,
        "tz": "Europe/Berlin",
        "tz_label": "Central European Time",
        "tz_offset": 3600,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "is_admin": False,
        "is_restricted": False,
        "profile": {"real_name": user.real_name, "display_name": user.name, "team": TEAM},
    }


def users_info(call: Call) -> Json:
    user = call.workspace.users.get(call.text("user"))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": user_payload(user)}


def users_list(call: Call) -> Json:
    members = [user_payload(user) for user in call.workspace.users.values()]
    return {
        "members": members,
        "cache_ts": int(call.workspace.clock.now()),
        "response_metadata": {"next_cursor": ""},
    }


def bots_info(call: Call) -> Json:
    if call.text("bot", BOT) != BOT:
        raise SlackError("bot_not_found")
    return {"bot": events.bot_profile(call.workspace) | {"user_id": BOT_USER}}


def team_info(call: Call) -> Json:
    return {
        "team": {"id": TEAM, "name": "Playground", "domain": events.TEAM_DOMAIN, "url": f"{call.server.url}/"}
    }


def reactions_add(call: Call) -> Json:
    message = call.message(call.channel(), "timestamp")
    users = message.reactions.setdefault(_reaction_name(call), [])
    if BOT_USER in users:
        raise SlackError("already_reacted")
    users.append(BOT_USER)
    call.workspace.tell("message", message)
    return {}


def reactions_remove(call: Call) -> Json:
    message = call.message(call.channel(), "timestamp")
    name = _reaction_name(call)
    if BOT_USER not in message.reactions.get(name, []):
        raise SlackError("no_reaction")
    message.reactions[name].remove(BOT_USER)
    if not message.reactions[name]:
        del message.reactions[name]
    call.workspace.tell("message", message)
    return {}


def _reaction_name(call: Call) -> str:
    name = call.text("name")
    if not name or name.strip(":") != name or " " in name:
        raise SlackError("invalid_name")
    return name


METHODS = {
    "api.test": Method(api_test, tier=4, token="none"),
    "auth.test": Method(auth_test, tier=None, token="any"),
    "apps.connections.open": Method(connections_open, tier=None, token="app"),
    "users.info": Method(users_info, ("users:read",), tier=4, required=("user",)),
    "users.list": Method(users_list, ("users:read",), tier=2),
    "bots.info": Method(bots_info, ("users:read",), tier=3),
    "team.info": Method(team_info, ("team:read",), tier=3),
    "reactions.add": Method(reactions_add, ("reactions:write",), required=("channel", "name", "timestamp")),
    "reactions.remove": Method(
        reactions_remove, ("reactions:write",), required=("name", "channel", "timestamp")
    ),
}
