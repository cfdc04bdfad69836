"""The loopback Discord: one aiohttp server with the routes and gateway events that a bot meets.

It keeps Discord's promises (an interaction is answered once and within its time, message content is withheld
without the intent, lengths are checked, sessions resume) and can be told to break: see `fail`, `cut`,
`invalidate`.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import WSCloseCode, WSMsgType, web

from tests.discord_loopback import payloads, rules
from tests.discord_loopback.payloads import APPLICATION, BOT, Json

GUILD, CHANNEL, OTHER_CHANNEL = "700000000000000001", "700000000000000002", "700000000000000003"
FORUM, CATEGORY, MANAGER_ROLE = "700000000000000004", "700000000000000005", "700000000000000006"
OTHER_GUILD, FAR_CHANNEL = "700000000000000011", "700000000000000012"
USER, MODERATOR, STRANGER = "800000000000000001", "800000000000000002", "800000000000000003"
DIRECT = "600000000000000001"
TOKEN = "loopback.token.secret"
MANAGE_GUILD, ORDINARY = 1 << 5, (1 << 10) | (1 << 11) | (1 << 16)
OPTIONAL = {
    "member_count",
    "mention_channels",
    "mention_roles",
    "flags",
    "referenced_message",
    "locale",
    "guild_locale",
    "app_permissions",
    "entitlements",
    "authorizing_integration_owners",
    "context",
    "channel",
    "guild",
}
"""Fields of messages and interactions that discord-api-docs marks as optional."""
INTENT_MESSAGE_CONTENT, INTENT_GUILD_MESSAGES, INTENT_DIRECT = 1 << 15, 1 << 9, 1 << 12


@dataclass
class Request:
    """One request that the bot made; `body` is the JSON, `files` the uploads, `at` a monotonic time."""

    method: str
    path: str
    body: Any
    files: dict[str, bytes] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    at: float = 0.0


@dataclass
class Interaction:
    """One thing that a person did with a command or a component, and how the bot answered it."""

    id: str
    token: str
    kind: int
    channel: str
    born: float
    guild: str | None = None
    source: Json | None = None
    sent: Json = field(default_factory=dict)
    callback: Json | None = None
    messages: list[Json] = field(default_factory=list)
    original: Json | None = None
    modal: Json | None = None
    choices: list[Json] | None = None
    ephemeral: bool = False
    event: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def text(self) -> str:
        """Return everything that the person can read in the answer."""
        shown = [m for m in (self.original, *self.messages) if m]
        return "\n".join(text_of(m) for m in shown)


@dataclass
class Fault:
    """A planned failure: the next `times` requests that fit get this response."""

    method: str
    path: re.Pattern[str]
    times: int
    respond: Callable[[], web.StreamResponse]
    delay: float = 0.0


@dataclass
class Session:
    """A gateway session with everything that was sent in it, for resuming."""

    id: str
    intents: int
    sequence: int = 0
    sent: list[Json] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None


class RateLimits:
    """Limits as Discord keeps them: messages a channel and window, requests a second in all."""

    def __init__(self, a_channel: int = 5, window: float = 1.0, a_second: int = 50) -> None:
        self.refused = 0
        self._a_channel, self._window, self._a_second = a_channel, window, a_second
        self._channels: dict[str, tuple[float, int]] = {}
        self._global = (0.0, 0)

    def take(self, path: str) -> web.Response | None:
        """Count a request; return the 429 that it meets, None where it may pass."""
        now = time.monotonic()
        began, count = self._global
        self._global = (now, 1) if now - began >= 1 else (began, count + 1)
        if self._global[1] > self._a_second:
            return self._refuse(1 - (now - began), everywhere=True, path=path)
        began, count = self._channels.get(path, (now, 0))
        began, count = (now, 0) if now - began >= self._window else (began, count)
        self._channels[path] = (began, count + 1)
        if count >= self._a_channel:
            return self._refuse(self._window - (now - began), everywhere=False, path=path)
        return None

    def _refuse(self, wait: float, *, everywhere: bool, path: str) -> web.Response:
        self.refused += 1
        body = {"message": "You are being rate limited.", "retry_after": wait, "global": everywhere}
        headers = {"Via": "1.1 loopback", "Retry-After": f"{wait:.3f}"}
        return reply(body, 429, **headers, **({} if everywhere else self.headers(path)))

    def headers(self, path: str) -> dict[str, str]:
        """Return what Discord says about the bucket in every answer."""
        began, count = self._channels.get(path, (time.monotonic(), 0))
        after = max(0.0, self._window - (time.monotonic() - began))
        return {
            "X-RateLimit-Limit": str(self._a_channel),
            "X-RateLimit-Remaining": str(max(0, self._a_channel - count)),
            "X-RateLimit-Reset": f"{time.time() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": "messages",
        }


def text_of(message: Json) -> str:
    """Return all that can be read in a message."""
    parts = [message.get("content") or ""]
    for embed in message.get("embeds") or []:
        parts += [embed.get("title") or "", embed.get("description") or ""]
        parts += [f"{f['name']}\n{f['value']}" for f in embed.get("fields") or []]
        parts.append((embed.get("footer") or {}).get("text") or "")
    return "\n".join(p for p in parts if p)


def unheard_of(data: Any) -> Any:
    """Return JSON with a field in every object that no documentation knows yet; maps by id stay maps."""
    if isinstance(data, dict):
        if data and all(key.isdigit() for key in data):
            return {k: unheard_of(v) for k, v in data.items()}
        return {**{k: unheard_of(v) for k, v in data.items()}, "unheard_of": {"new": [1]}}
    return [unheard_of(v) for v in data] if isinstance(data, list) else data


def buttons(message: Json) -> list[Json]:
    """Return a message's buttons and select menus, row by row."""
    return [part for row in message.get("components") or [] for part in row.get("components") or []]


def error(status: int, code: int, text: str, **headers: str) -> web.Response:
    """Make an error as Discord words it."""
    return reply({"code": code, "message": text}, status, **headers)


def reply(data: Any, status: int = 200, **headers: str) -> web.Response:
    """Make a JSON response with the exact content type that Discord sends."""
    body = json.dumps(data).encode()
    return web.Response(body=body, status=status, headers={"Content-Type": "application/json", **headers})


class FakeDiscord:
    """A Discord with one bot, two servers and a few people; use it as an async context manager."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.commands: list[Json] = []
        self.messages: dict[str, Json] = {}
        self.interactions: dict[str, Interaction] = {}
        self.sessions: dict[str, Session] = {}
        self.identifies: list[Json] = []
        self.resumes: list[Json] = []
        self.refusals: list[str] = []
        self.pings: list[Json] = []
        self.faults: list[Fault] = []
        self.forbidden: set[str] = set()
        self.deleted_channels: set[str] = set()
        self.close_on_identify: int | None = None
        self.ready_extra: Json = {}
        self.rate_limits: RateLimits | None = None
        self.interaction_seconds = 3.0
        self.sparse = False
        self.compressed = False
        self.unheard_of = False
        self.deaf = False
        self.people = {
            u: payloads.user(u, n) for u, n in ((USER, "ada"), (MODERATOR, "grace"), (STRANGER, "alan"))
        }
        self.people[BOT] = payloads.user(BOT, "dateline", bot=True)
        roles = [payloads.role(MANAGER_ROLE, "editors")]
        channels = [
            payloads.channel(CATEGORY, "news", 4, guild=GUILD),
            payloads.channel(CHANNEL, "general", guild=GUILD, parent=CATEGORY),
            payloads.channel(OTHER_CHANNEL, "ask", guild=GUILD),
            payloads.channel(FORUM, "questions", 15, guild=GUILD),
        ]
        self.guilds = {
            GUILD: payloads.guild(GUILD, "Newsroom", channels, roles),
            OTHER_GUILD: payloads.guild(
                OTHER_GUILD, "Elsewhere", [payloads.channel(FAR_CHANNEL, "far", guild=OTHER_GUILD)], []
            ),
        }
        self._zlib: dict[web.WebSocketResponse, zlib._Compress] = {}
        self._changed = asyncio.Condition()
        self._runner: web.AppRunner | None = None
        self.port = 0

    # Life cycle

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=32 * 2**20)
        app.router.add_get("/gateway/", self._gateway)
        app.router.add_route("*", "/api/v10/{path:.*}", self._http)
        app.router.add_get("/files/{name}", self._file)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        return self

    async def __aexit__(self, *_: object) -> None:
        for session in self.sessions.values():
            if session.socket is not None and not session.socket.closed:
                await session.socket.close(code=WSCloseCode.GOING_AWAY)
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def api(self) -> str:
        """Return the address for DATELINE_DISCORD_API."""
        return f"http://127.0.0.1:{self.port}/api/v10"

    @property
    def gateway(self) -> str:
        """Return the address for DATELINE_DISCORD_GATEWAY."""
        return f"ws://127.0.0.1:{self.port}/gateway/"

    async def until(self, happened: Callable[[], Any], seconds: float = 15.0) -> Any:
        """Wait until the function returns something true, and return it; raise TimeoutError."""
        async with asyncio.timeout(seconds), self._changed:
            while not (found := happened()):
                await self._changed.wait()
            return found

    async def _note(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    # Making it break

    def fail(
        self,
        method: str,
        path: str,
        status: int,
        *,
        times: int = 1,
        body: Json | None = None,
        delay: float = 0.0,
        **headers: str,
    ) -> None:
        """Answer the next requests whose path fits the pattern with an error."""
        answer = {"code": 0, "message": "planned"} if body is None else body
        self.faults.append(
            Fault(method, re.compile(path), times, lambda: reply(answer, status, **headers), delay)
        )

    def slow(self, method: str, path: str, seconds: float, *, times: int = 1) -> None:
        """Let the next requests whose path fits wait before they are served."""
        self.faults.append(Fault(method, re.compile(path), times, lambda: web.Response(status=299), seconds))

    def limit(self, method: str, path: str, *, times: int = 1, retry_after: float = 0.05) -> None:
        """Answer the next requests with 429 as Discord does."""
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": False}
        self.fail(method, path, 429, times=times, body=body, Via="1.1 loopback")

    async def cut(self, *, abort: bool = True) -> None:
        """Drop every gateway connection, by default without a word."""
        for session in self.sessions.values():
            socket = session.socket
            if socket is None or socket.closed:
                continue
            if abort and socket._req is not None and socket._req.transport is not None:
                socket._req.transport.abort()
            else:
                await socket.close(code=4000)

    async def invalidate(self, resumable: bool) -> None:
        """Send op 9 on every connection."""
        for session in self.sessions.values():
            if session.socket is not None and not session.socket.closed:
                await self._frame(session.socket, {"op": 9, "d": resumable, "s": None, "t": None})

    # The gateway

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        if self.compressed:
            assert request.query["compress"] in ("zlib-stream", "zstd-stream")
            if request.query["compress"] == "zlib-stream":
                self._zlib[socket] = zlib.compressobj()
        if self.deaf:
            raise web.HTTPServiceUnavailable
        await socket.prepare(request)
        await self._frame(socket, {"op": 10, "d": {"heartbeat_interval": 41250}, "s": None, "t": None})
        async for frame in socket:
            if frame.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                continue
            received = json.loads(frame.data)
            if received["op"] == 1:
                await self._frame(socket, {"op": 11, "d": None, "s": None, "t": None})
            elif received["op"] == 2:
                await self._identify(socket, received["d"])
            elif received["op"] == 6:
                await self._resume(socket, received["d"])
        return socket

    async def _frame(self, socket: web.WebSocketResponse, frame: Json) -> None:
        """Send a frame as text, or as the next part of one zlib stream."""
        if self.unheard_of:
            frame = unheard_of(frame)
        stream = self._zlib.get(socket)
        if stream is None:
            await socket.send_json(frame)
        else:
            data = stream.compress(json.dumps(frame).encode()) + stream.flush(zlib.Z_SYNC_FLUSH)
            await socket.send_bytes(data)

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> None:
        self.identifies.append(data)
        if self.close_on_identify is not None:
            await socket.close(code=self.close_on_identify, message=b"refused")
            return
        if data["token"] != TOKEN:
            await socket.close(code=4004, message=b"Authentication failed.")
            return
        session = Session(id=payloads.snowflake(), intents=data["intents"], socket=socket)
        self.sessions[session.id] = session
        ready = {
            "v": 10,
            "user": self.people[BOT],
            "guilds": [{"id": g, "unavailable": True} for g in self.guilds],
            "session_id": session.id,
            "resume_gateway_url": self.gateway,
            "application": {"id": APPLICATION, "flags": 0},
            **self.ready_extra,
        }
        if "shard" in data:
            ready["shard"] = data["shard"]
        await self._send(session, "READY", ready)
        for guild in self.guilds.values():
            await self._send(session, "GUILD_CREATE", guild)
        await self._note()

    async def _resume(self, socket: web.WebSocketResponse, data: Json) -> None:
        self.resumes.append(data)
        session = self.sessions.get(data["session_id"])
        if session is None:
            await self._frame(socket, {"op": 9, "d": False, "s": None, "t": None})
            return
        session.socket = socket
        for frame in [f for f in session.sent if f["s"] > data["seq"]]:
            await self._frame(socket, frame)
        await self._send(session, "RESUMED", {})
        await self._note()

    async def _send(self, session: Session, event: str, data: Json) -> None:
        session.sequence += 1
        frame = {"op": 0, "t": event, "s": session.sequence, "d": data}
        session.sent.append(frame)
        if session.socket is not None and not session.socket.closed:
            try:
                await self._frame(session.socket, frame)
            except (ConnectionError, RuntimeError):
                session.socket = None

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event to the newest session, with message content only where Discord would show it."""
        session = list(self.sessions.values())[-1]
        if event in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            wanted = INTENT_GUILD_MESSAGES if data.get("guild_id") else INTENT_DIRECT
            if not session.intents & wanted:
                return
            data = self._censored(data, session.intents)
        if self.sparse:
            # discord.py itself needs the channel of a click.
            kept = {"channel"} if data.get("type") == 3 else set()
            data = {k: v for k, v in data.items() if k not in OPTIONAL or k in kept}
        await self._send(session, event, data)

    def _censored(self, message: Json, intents: int) -> Json:
        mentioned = any(m["id"] == BOT for m in message.get("mentions", []))
        own = message["author"]["id"] == BOT
        if intents & INTENT_MESSAGE_CONTENT or "guild_id" not in message or mentioned or own:
            return message
        hidden = message | {"content": "", "embeds": [], "attachments": [], "components": []}
        if isinstance(hidden.get("referenced_message"), dict):
            hidden["referenced_message"] = self._censored(
                {**hidden["referenced_message"], "guild_id": message["guild_id"]}, intents
            )
        return hidden

    # What people do

    async def say(
        self,
        text: str,
        *,
        channel: str = CHANNEL,
        user: str = USER,
        reply_to: Json | None = None,
        ping: bool = True,
        message_id: str | None = None,
        **extra: Any,
    ) -> Json:
        """Send a message as a person."""
        body: Json = {"content": text}
        if reply_to is not None:
            body["message_reference"] = {"message_id": reply_to["id"], "channel_id": channel}
        made = payloads.message(channel, self.people[user], body, guild_id=self.guild_of(channel))
        mentioned = dict.fromkeys(re.findall(r"<@!?(\d+)>", text))
        if reply_to is not None:
            made["referenced_message"] = reply_to
            if ping:
                mentioned[reply_to["author"]["id"]] = None
        made["mentions"] = [self.people[m] for m in mentioned if m in self.people]
        made |= extra | ({"id": message_id} if message_id else {})
        self.messages[made["id"]] = made
        await self.dispatch("MESSAGE_CREATE", made)
        return made

    async def forum_post(self, forum: str, title: str, text: str, *, user: str = USER) -> Json:
        """Open a post in a forum; its first message has the thread's id."""
        thread = payloads.snowflake()
        guild = self.guild_of(forum)
        assert guild is not None
        made = payloads.channel(thread, title, 11, guild=guild, parent=forum) | {"owner_id": user}
        self.guilds[guild]["threads"].append(made)
        await self.dispatch("THREAD_CREATE", {**made, "newly_created": True})
        return await self.say(text, channel=thread, user=user, message_id=thread)

    async def edit(self, message: Json, text: str) -> Json:
        """Edit a message as its author."""
        edited = {**message, "content": text, "edited_timestamp": payloads.now()}
        self.messages[message["id"]] = edited
        await self.dispatch("MESSAGE_UPDATE", edited)
        return edited

    async def delete(self, message: Json) -> None:
        """Delete a message as its author."""
        self.messages.pop(message["id"], None)
        data = {k: message[k] for k in ("id", "channel_id", "guild_id") if k in message}
        await self.dispatch("MESSAGE_DELETE", data)

    def guild_of(self, channel: str) -> str | None:
        """Return the server that a channel belongs to."""
        for guild in self.guilds.values():
            if any(c["id"] == channel for c in (*guild["channels"], *guild["threads"])):
                return str(guild["id"])
        return None

    async def interact(
        self,
        kind: int,
        data: Json,
        *,
        user: str = USER,
        channel: str = CHANNEL,
        permissions: int = ORDINARY,
        roles: tuple[str, ...] = (),
        message: Json | None = None,
        guild: str | None = None,
        owners: Json | None = None,
    ) -> Interaction:
        """Do something with a command or component; returns at once, see `settled`."""
        guild = guild or self.guild_of(channel)
        made = Interaction(
            payloads.snowflake(), "tok" + payloads.snowflake(), kind, channel, time.monotonic(), guild
        )
        made.source = message
        self.interactions[made.id] = made
        event: Json = {
            "id": made.id,
            "application_id": APPLICATION,
            "type": kind,
            "token": made.token,
            "version": 1,
            "data": data,
            "channel_id": channel,
            "channel": self._partial_channel(channel, guild, permissions),
            "locale": "en-US",
            "app_permissions": str(ORDINARY),
            "entitlements": [],
            "authorizing_integration_owners": owners
            if owners is not None
            else ({"0": guild} if guild else {"1": user}),
            "context": 0 if guild else 1,
            "attachment_size_limit": 10_485_760,
        }
        if guild:
            event |= {"guild_id": guild, "guild": {"id": guild, "locale": "en-US", "features": []}}
            event["member"] = {
                "user": self.people[user],
                "permissions": str(permissions),
                **payloads.member(roles),
            }
        else:
            event["user"] = self.people[user]
            event["channel"] |= {"recipients": [self.people[user]]}
        if message is not None:
            event["message"] = message
        made.sent = event
        await self.dispatch("INTERACTION_CREATE", event)
        return made

    async def replay(self, made: Interaction) -> None:
        """Send an interaction a second time, as a resumed session may."""
        await self.dispatch("INTERACTION_CREATE", made.sent)

    def _command(self, name: str, kind: int) -> Json:
        found = next((c for c in self.commands if c["name"] == name and c.get("type", 1) == kind), None)
        if found is None:
            raise AssertionError(f"no command {name!r} was synced")
        return found

    def _partial_channel(self, channel: str, guild: str | None, permissions: int) -> Json:
        known = {c["id"]: c for g in self.guilds.values() for c in (*g["channels"], *g["threads"])}
        made: Json = {"id": channel, "type": 0 if guild else 1, "name": "x", "position": 0}
        made["permissions"] = str(permissions)
        return made | {k: v for k, v in known.get(channel, {}).items() if k != "permission_overwrites"}

    async def slash(
        self, line: str, *, focus: str = "", files: dict[str, bytes] | None = None, **kw: Any
    ) -> Interaction:
        """Use a slash command: `slash("/knowledge show", article="x")`; `focus` asks for autocomplete.

        Options are given as keywords; those of `interact` keep their meaning.
        """
        known = ("user", "channel", "permissions", "roles", "guild", "owners")
        passed = {k: kw.pop(k) for k in known if k in kw}
        path = line.lstrip("/").split()
        command = self._command(path[0], 1)
        described = {o["name"]: o for o in command.get("options", [])}
        for name in path[1:]:
            described = {o["name"]: o for o in described[name].get("options", [])}
        data: Json = {"id": command["id"], "name": path[0], "type": 1}
        options = []
        for key, value in kw.items():
            assert key in described, f"{line} has no option {key!r}, only {list(described)}"
            options.append({"name": key, "type": described[key]["type"], "value": value})
            if key == focus:
                options[-1]["focused"] = True
            if described[key]["type"] == 11:
                data["resolved"] = {"attachments": {value: self.attachment(value, (files or {})[value])}}
        for name in reversed(path[1:]):
            kind = 1 if name == path[-1] else 2
            options = [{"name": name, "type": kind, "options": options}]
        data["options"] = options
        return await self.settled(await self.interact(4 if focus else 2, data, **passed))

    def attachment(self, name: str, content: bytes) -> Json:
        """Offer a file for download and return its attachment object."""
        self._files = {**getattr(self, "_files", {}), name: content}
        return {
            "id": payloads.snowflake(),
            "filename": name,
            "size": len(content),
            "url": f"http://127.0.0.1:{self.port}/files/{name}",
            "proxy_url": f"http://127.0.0.1:{self.port}/files/{name}",
            "content_type": "text/plain",
        }

    async def _file(self, request: web.Request) -> web.Response:
        return web.Response(body=self._files[request.match_info["name"]])

    async def menu(self, name: str, message: Json, **kw: Any) -> Interaction:
        """Use a message menu command."""
        command = self._command(name, 3)
        data = {"id": command["id"], "name": name, "type": 3, "target_id": message["id"]}
        data["resolved"] = {"messages": {message["id"]: message}}
        return await self.settled(await self.interact(2, data, **kw))

    async def click(
        self, message: Json, which: str, *, values: list[str] | None = None, **kw: Any
    ) -> Interaction:
        """Click the button whose label, emoji or custom_id holds a text, or choose values of a select."""
        for part in buttons(message):
            names = [part.get("label") or "", part.get("custom_id") or "", part.get("placeholder") or ""]
            names.append((part.get("emoji") or {}).get("name") or "")
            exact = any(p.get("label") == which for p in buttons(message))
            if part.get("label") == which if exact else any(which in n for n in names):
                data = {"custom_id": part["custom_id"], "component_type": part["type"]}
                if values is not None:
                    data["values"] = values
                if part["type"] in (6, 8):
                    data["resolved"] = self._resolved(values or [])
                kw.setdefault("channel", message["channel_id"])
                return await self.settled(await self.interact(3, data, message=message, **kw))
        raise AssertionError(f"no component {which!r} among {buttons(message)}")

    def _resolved(self, ids: list[str]) -> Json:
        known = {i["id"]: i for g in self.guilds.values() for i in (*g["channels"], *g["roles"])}
        roles = {i: known[i] for i in ids if "hoist" in known[i]}
        return {
            "roles": roles,
            "channels": {i: known[i] | {"permissions": "0"} for i in ids if i not in roles},
        }

    async def submit(self, opened: Interaction, *values: str, **kw: Any) -> Interaction:
        """Fill in a modal that an interaction opened, field by field."""
        assert opened.modal is not None, "no modal was opened"
        rows = []
        for row, value in zip(opened.modal["components"], values, strict=True):
            if "component" in row:
                part = row["component"]
                filled: Json = {"type": part["type"], "id": 1, "custom_id": part["custom_id"]}
                filled |= {"value": value} if part["type"] == 4 else {"values": [value]}
                rows.append({"type": 18, "id": 2, "component": filled})
            else:
                part = row["components"][0]
                rows.append(
                    {"type": 1, "components": [{"type": 4, "custom_id": part["custom_id"], "value": value}]}
                )
        data = {"custom_id": opened.modal["custom_id"], "components": rows}
        made = await self.interact(5, data, message=opened.source, channel=opened.channel, **kw)
        return await self.settled(made)

    async def settled(self, made: Interaction, seconds: float = 30.0) -> Interaction:
        """Wait until the person can see an answer; a deferred one counts when it is filled."""
        try:
            await asyncio.wait_for(made.event.wait(), seconds)
        except TimeoutError:
            raise AssertionError(f"interaction {made} was not answered") from None
        return made

    # What the bot did

    def sent(self, channel: str | None = None) -> list[Json]:
        """Return the messages that the bot has sent into a channel, oldest first, as they stand now."""
        own = [m for m in self.messages.values() if m["author"]["id"] == BOT and "webhook" not in m]
        return [m for m in own if channel is None or m["channel_id"] == channel]

    async def answer_to(self, message: Json, seconds: float = 15.0) -> Json:
        """Wait for the bot's reply to a message and return it."""

        def found() -> Json | None:
            own = [
                m
                for m in self.sent()
                if (m.get("message_reference") or {}).get("message_id") == message["id"]
            ]
            return own[0] if own else None

        answer: Json = await self.until(found, seconds)
        return answer

    async def quiet(self, seconds: float = 0.15) -> None:
        """Let the bot finish what it may still be doing."""
        await asyncio.sleep(seconds)

    def calls(self, method: str, path: str) -> list[Request]:
        """Return the requests whose method and path fit."""
        return [r for r in self.requests if r.method == method and re.search(path, r.path)]

    # HTTP

    async def _http(self, request: web.Request) -> web.StreamResponse:
        body, files = await self._body(request)
        path = "/" + request.match_info["path"]
        self.requests.append(
            Request(request.method, path, body, files, dict(request.query), time.monotonic())
        )
        if files:
            message = body["data"] if path.endswith("/callback") else body
            message["attachments"] = [self.attachment(name, data) for name, data in files.items()]
        for fault in self.faults:
            if fault.times > 0 and fault.method == request.method and fault.path.search(path):
                fault.times -= 1
                if fault.delay:
                    await asyncio.sleep(fault.delay)
                if (planned := fault.respond()).status != 299:
                    await self._note()
                    return planned
                break
        if self.rate_limits and request.method == "POST" and path.endswith("/messages"):
            if limited := self.rate_limits.take(path):
                return limited
            headers = self.rate_limits.headers(path)
        else:
            headers = {}
        if request.headers.get("Authorization") != f"Bot {TOKEN}" and not path.startswith(
            ("/interactions", "/webhooks")
        ):
            return error(401, 0, "401: Unauthorized")
        for method, pattern, handler in self._routes():
            if method == request.method and (match := re.fullmatch(pattern, path)):
                answer = await handler(body, *match.groups())
                answer.headers.update(headers)
                await self._note()
                return answer
        return error(404, 0, f"404: no route {request.method} {path}")

    async def _body(self, request: web.Request) -> tuple[Any, dict[str, bytes]]:
        if request.content_type == "multipart/form-data":
            form = await request.post()
            files = {
                part.filename: part.file.read() for part in form.values() if isinstance(part, web.FileField)
            }
            return json.loads(str(form.get("payload_json", "{}"))), files
        raw = await request.read()
        return (json.loads(raw) if raw else None), {}

    def _routes(self) -> list[tuple[str, str, Callable[..., Any]]]:
        return [
            ("GET", r"/users/@me", self._me),
            ("GET", r"/oauth2/applications/@me", self._application),
            ("GET", r"/applications/@me", self._application),
            ("GET", r"/gateway/bot", self._gateway_bot),
            ("GET", r"/applications/\d+/commands", self._list_commands),
            ("PUT", r"/applications/\d+/commands", self._put_commands),
            ("POST", r"/users/@me/channels", self._open_direct),
            ("POST", r"/channels/(\d+)/typing", self._typing),
            ("POST", r"/channels/(\d+)/messages", self._post_message),
            ("GET", r"/channels/(\d+)/messages", self._list_messages),
            ("GET", r"/channels/(\d+)/messages/(\d+)", self._get_message),
            ("PATCH", r"/channels/(\d+)/messages/(\d+)", self._patch_message),
            ("DELETE", r"/channels/(\d+)/messages/(\d+)", self._delete_message),
            ("POST", r"/channels/(\d+)/messages/(\d+)/threads", self._start_thread),
            ("GET", r"/channels/(\d+)", self._get_channel),
            ("POST", r"/interactions/(\d+)/(\w+)/callback", self._callback),
            ("POST", r"/webhooks/\d+/(\w+)", self._follow_up),
            ("GET", r"/webhooks/\d+/(\w+)/messages/(@original|\d+)", self._get_response),
            ("PATCH", r"/webhooks/\d+/(\w+)/messages/(@original|\d+)", self._patch_response),
            ("DELETE", r"/webhooks/\d+/(\w+)/messages/(@original|\d+)", self._delete_response),
        ]

    async def _me(self, body: Any) -> web.Response:
        return reply(self.people[BOT])

    async def _application(self, body: Any) -> web.Response:
        return reply(
            {
                "id": APPLICATION,
                "name": "dateline",
                "description": "",
                "icon": None,
                "bot_public": True,
                "bot_require_code_grant": False,
                "owner": self.people[MODERATOR],
                "verify_key": "0",
                "flags": 0,
            }
        )

    async def _gateway_bot(self, body: Any) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return reply({"url": self.gateway, "shards": 1, "session_start_limit": limit})

    async def _list_commands(self, body: Any) -> web.Response:
        return reply(self.commands)

    async def _put_commands(self, body: Any) -> web.Response:
        if found := rules.command_faults(body):
            self.refusals += found
            return error(400, 50035, "; ".join(found))
        self.commands = [
            {
                "description": "",
                **c,
                "id": payloads.snowflake(),
                "application_id": APPLICATION,
                "version": "1",
            }
            for c in body
        ]
        return reply(self.commands)

    async def _open_direct(self, body: Any) -> web.Response:
        return reply({"id": DIRECT, "type": 1, "recipients": [self.people[str(body["recipient_id"])]]})

    async def _typing(self, body: Any, channel: str) -> web.Response:
        return web.Response(status=204)

    def _refused(self, channel: str, body: Json | None) -> web.Response | None:
        if channel in self.deleted_channels:
            return error(404, 10003, "Unknown Channel")
        if channel in self.forbidden:
            return error(403, 50013, "Missing Permissions")
        if body is not None:
            reference = (body.get("message_reference") or {}).get("message_id")
            strict = (body.get("message_reference") or {}).get("fail_if_not_exists", True)
            if reference and reference not in self.messages and strict:
                return error(400, 50035, "Invalid Form Body: message_reference: Unknown message")
            if found := rules.faults(body):
                self.refusals += found
                return error(400, 50035, "; ".join(found))
            if rules.pings(body):
                self.pings.append(body)
        return None

    async def _post_message(self, body: Json, channel: str) -> web.Response:
        if refused := self._refused(channel, body):
            return refused
        made = payloads.message(channel, self.people[BOT], body, guild_id=self.guild_of(channel))
        if body.get("message_reference"):
            made["referenced_message"] = self.messages.get(str(body["message_reference"]["message_id"]))
        self.messages[made["id"]] = made
        await self.dispatch("MESSAGE_CREATE", made)
        return reply(made)

    async def _list_messages(self, body: Any, channel: str) -> web.Response:
        if refused := self._refused(channel, None):
            return refused
        query = self.requests[-1].query
        there = sorted(int(m["id"]) for m in self.messages.values() if m["channel_id"] == channel)
        if after := int(query.get("after", 0)):
            there = [n for n in there if n > after][: int(query.get("limit", 50))]
        else:
            there = there[-int(query.get("limit", 50)) :]
        return reply([self.messages[str(n)] for n in reversed(there)])

    async def _get_message(self, body: Any, channel: str, message: str) -> web.Response:
        found = self.messages.get(message)
        return reply(found) if found else error(404, 10008, "Unknown Message")

    async def _patch_message(self, body: Json, channel: str, message: str) -> web.Response:
        found = self.messages.get(message)
        if found is None:
            return error(404, 10008, "Unknown Message")
        if refused := self._refused(channel, {**found, **body, "message_reference": None}):
            return refused
        found |= {k: body[k] for k in ("content", "embeds", "components") if k in body}
        found["content"] = found["content"] or ""
        found["edited_timestamp"] = payloads.now()
        return reply(found)

    async def _delete_message(self, body: Any, channel: str, message: str) -> web.Response:
        if self.messages.pop(message, None) is None:
            return error(404, 10008, "Unknown Message")
        return web.Response(status=204)

    async def _start_thread(self, body: Json, channel: str, message: str) -> web.Response:
        if not 1 <= rules.size(body["name"]) <= 100:
            self.refusals.append("thread name not of 1 to 100 characters")
            return error(400, 50035, "thread name")
        guild = self.guild_of(channel)
        made = payloads.channel(message, body["name"], 11, guild=guild, parent=channel)
        if guild:
            self.guilds[guild]["threads"].append(made)
        await self.dispatch("THREAD_CREATE", made)
        return reply(made)

    async def _get_channel(self, body: Any, channel: str) -> web.Response:
        for guild in self.guilds.values():
            for known in (*guild["channels"], *guild["threads"]):
                if known["id"] == channel:
                    return reply(known)
        return error(404, 10003, "Unknown Channel")

    # Interactions

    async def _callback(self, body: Json, interaction: str, token: str) -> web.Response:
        made = self.interactions.get(interaction)
        if made is None or made.token != token:
            return error(404, 10062, "Unknown interaction")
        if made.callback is not None:
            return error(400, 40060, "Interaction has already been acknowledged.")
        if time.monotonic() - made.born > self.interaction_seconds:
            return error(404, 10062, "Unknown interaction")
        kind, data = body["type"], body.get("data") or {}
        found = {
            4: lambda: rules.faults(data),
            7: lambda: rules.faults({**(made.source or {}), **data}),
            8: lambda: rules.choice_faults(data.get("choices", [])),
            9: lambda: rules.modal_faults(data),
        }.get(kind, list)()
        if found:
            self.refusals += found
            return error(400, 50035, "; ".join(found))
        if kind == 4 and data.get("allowed_mentions") is None:
            self.pings.append(data)
        made.callback = body
        answer: Json = {"interaction": {"id": made.id, "type": made.kind}}
        self._show(made, kind, data, answer)
        if kind not in (5, 6):
            made.event.set()
        return reply(answer)

    def _show(self, made: Interaction, kind: int, data: Json, answer: Json) -> None:
        if kind in (4, 5):
            made.ephemeral = bool((data.get("flags") or 0) & 64)
            made.original = payloads.message(made.channel, self.people[BOT], data) | {"webhook": True}
            answer["interaction"]["response_message_id"] = made.original["id"]
            answer["resource"] = {"type": kind, "message": made.original}
            self.messages[made.original["id"]] = made.original
        elif kind in (6, 7):
            made.original = made.source
            if kind == 7 and made.source is not None:
                made.source |= {k: data[k] for k in ("content", "embeds", "components") if k in data}
                made.source["content"] = made.source["content"] or ""
                answer["resource"] = {"type": kind, "message": made.source}
        elif kind == 8:
            made.choices = data.get("choices", [])
        elif kind == 9:
            made.modal = data

    def _of_token(self, token: str) -> Interaction | None:
        return next((i for i in self.interactions.values() if i.token == token), None)

    async def _follow_up(self, body: Json, token: str) -> web.Response:
        made = self._of_token(token)
        if made is None or made.callback is None:
            return error(404, 10015, "Unknown Webhook")
        if found := rules.faults(body):
            self.refusals += found
            return error(400, 50035, "; ".join(found))
        if body.get("allowed_mentions") is None:
            self.pings.append(body)
        message = payloads.message(made.channel, self.people[BOT], body) | {"webhook": True}
        if made.callback["type"] == 5 and made.original is not None and not made.event.is_set():
            # The first follow-up takes the place of "is thinking".
            message["id"] = made.original["id"]
            made.original |= message
            message = made.original
        else:
            made.messages.append(message)
        self.messages[message["id"]] = message
        made.event.set()
        return reply(message)

    def _response(self, token: str, which: str) -> tuple[Interaction | None, Json | None]:
        made = self._of_token(token)
        if made is None:
            return None, None
        return made, made.original if which == "@original" else self.messages.get(which)

    async def _get_response(self, body: Any, token: str, which: str) -> web.Response:
        _, message = self._response(token, which)
        return reply(message) if message else error(404, 10008, "Unknown Message")

    async def _patch_response(self, body: Json, token: str, which: str) -> web.Response:
        made, message = self._response(token, which)
        if made is None or message is None:
            return error(404, 10008, "Unknown Message")
        if found := rules.faults({**message, **body}):
            self.refusals += found
            return error(400, 50035, "; ".join(found))
        message |= {
            k: body[k] for k in ("content", "embeds", "components") if k in body and body[k] is not None
        }
        made.event.set()
        return reply(message)

    async def _delete_response(self, body: Any, token: str, which: str) -> web.Response:
        _, message = self._response(token, which)
        if message is not None:
            self.messages.pop(message["id"], None)
        return web.Response(status=204)
