"""Answering a Web API call: the token, the scopes, the arguments, the tiers, and the faults asked for."""

import asyncio
import json
import math
import time
import urllib.parse
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.playground.delivery import STALL
from bot.playground.methods import METHODS
from bot.playground.methods.calls import Call, Method, SlackError, invalid_arguments
from bot.playground.state import Json

if TYPE_CHECKING:
    from bot.playground.server import Server


async def answer(server: "Server", request: Request) -> Response:
    name = request.path_params["method"]
    body = await request.body()
    if server.faults.latency:
        await asyncio.sleep(server.faults.latency)
    fault = server.faults.take(name)
    if fault == STALL:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        return PlainTextResponse("nobody waits", 499)
    if isinstance(fault, int) and fault >= 500:
        return PlainTextResponse("internal error", fault)
    started = time.perf_counter()
    with server.workspace.changing():
        entry = server.workspace.record("call", name, None)
        try:
            if fault:
                if fault == 429:
                    raise SlackError("ratelimited", retry_after=1)
                raise SlackError(fault if isinstance(fault, str) else "fatal_error")
            arguments = read_arguments(request, body)
            token = _token(request, arguments)
            entry.sent = arguments
            result: Json = {"ok": True, **run(server, name, token, arguments)}
        except SlackError as error:
            result = {"ok": False, "error": error.code, **error.more}
        entry.answered = result
        entry.outcome = "ok" if result["ok"] else str(result["error"])
        entry.milliseconds = (time.perf_counter() - started) * 1000
        server.workspace.tell("entry", entry)
    return _response(server, result)


def _response(server: "Server", result: Json) -> Response:
    headers = {"X-OAuth-Scopes": ",".join(sorted(server.scopes))}
    if "retry_after" in result:
        headers["Retry-After"] = str(result.pop("retry_after"))
        return JSONResponse(result, 429, headers)
    return JSONResponse(result, headers=headers)


def read_arguments(request: Request, body: bytes) -> Json:
    arguments: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "application/json":
        try:
            given = json.loads(body or b"{}")
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(given, dict):
            raise SlackError("json_not_object")
        return arguments | given
    if kind == "application/x-www-form-urlencoded":
        try:
            return arguments | dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
        except UnicodeDecodeError:
            raise SlackError("invalid_charset") from None
    if body:
        raise SlackError("invalid_post_type")
    return arguments


def _token(request: Request, arguments: Json) -> str:
    """The bearer token, or the one among the arguments, which is no argument then."""
    given = str(arguments.pop("token", "") or "")
    return request.headers.get("authorization", "").removeprefix("Bearer ").strip() or given


def run(server: "Server", name: str, token: str, arguments: Json) -> Json:
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    _check_token(server, method, token)
    call = Call(server, name, arguments)
    if method.scopes:
        call.need_scope(*method.scopes)
    if method.tier:
        wait = server.limits.call(name, method.tier, server.clock.now())
        if wait:
            raise SlackError("ratelimited", retry_after=math.ceil(wait))
    missing = [field for field in method.required if arguments.get(field) is None]
    if missing:
        raise invalid_arguments(*(f"missing required field: {field}" for field in missing))
    return method.run(call)


def _check_token(server: "Server", method: Method, token: str) -> None:
    if method.token == "none":
        return
    if not token:
        raise SlackError("not_authed")
    if token in server.revoked:
        raise SlackError("token_revoked")
    kinds = {server.bot_token: "bot", server.app_token: "app"}
    if token not in kinds:
        raise SlackError("invalid_auth")
    if method.token not in ("any", kinds[token]):
        raise SlackError("not_allowed_token_type")
