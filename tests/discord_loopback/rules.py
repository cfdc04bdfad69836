"""What Discord refuses in a message, a command or an autocomplete reply (error 50035), and who it would ping.

Limits as in discord-api-docs: resources/message, components/reference, interactions/application-commands.
"""

from __future__ import annotations

import re
from typing import Any

Json = dict[str, Any]

_COMMAND_NAME = re.compile(r"^[-_'\w]{1,32}$")


def size(text: str) -> int:
    """Return a text's length in UTF-16 code units, the strictest count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def faults(body: Json) -> list[str]:
    """List what is wrong with a message's body."""
    found = []
    if size(body.get("content") or "") > 2000:
        found.append("content longer than 2000")
    embeds = body.get("embeds") or []
    if len(embeds) > 10:
        found.append("more than 10 embeds")
    for embed in embeds:
        found += _embed_faults(embed)
    if sum(_embed_size(e) for e in embeds) > 6000:
        found.append("embeds hold more than 6000 characters")
    found += _component_faults(body.get("components") or [])
    if not any(body.get(k) for k in ("content", "embeds", "components", "attachments", "sticker_ids")):
        found.append("empty message")
    return found


def _embed_size(embed: Json) -> int:
    total = size(embed.get("title") or "") + size(embed.get("description") or "")
    total += size((embed.get("footer") or {}).get("text") or "") + size(
        (embed.get("author") or {}).get("name") or ""
    )
    return total + sum(size(f["name"]) + size(f["value"]) for f in embed.get("fields") or [])


def _embed_faults(embed: Json) -> list[str]:
    found = []
    for key, limit in (("title", 256), ("description", 4096)):
        if size(embed.get(key) or "") > limit:
            found.append(f"embed {key} longer than {limit}")
    if size((embed.get("footer") or {}).get("text") or "") > 2048:
        found.append("footer longer than 2048")
    fields = embed.get("fields") or []
    if len(fields) > 25:
        found.append("more than 25 fields")
    for field in fields:
        if not field["name"].strip() or size(field["name"]) > 256:
            found.append("field name blank or longer than 256")
        if not field["value"].strip() or size(field["value"]) > 1024:
            found.append("field value blank or longer than 1024")
    if not any(embed.get(k) for k in ("title", "description", "fields", "image", "author", "footer")):
        found.append("empty embed")
    return found


def _component_faults(rows: list[Json]) -> list[str]:
    found = []
    if len(rows) > 5:
        found.append("more than 5 rows")
    ids: set[str] = set()
    for row in rows:
        parts = row.get("components") or ([row["component"]] if "component" in row else [])
        if row.get("type") == 1 and not 1 <= len(parts) <= 5:
            found.append("a row holds 1 to 5 components")
        for part in parts:
            found += _part_faults(part, ids)
    return found


def _part_faults(part: Json, ids: set[str]) -> list[str]:
    found = []
    custom_id = part.get("custom_id")
    if custom_id is not None:
        if not 1 <= size(custom_id) <= 100:
            found.append("custom_id not of 1 to 100 characters")
        if custom_id in ids:
            found.append(f"custom_id {custom_id} twice")
        ids.add(custom_id)
    if part.get("type") == 2 and (
        size(part.get("label") or "") > 80 or not (part.get("label") or part.get("emoji"))
    ):
        found.append("button label missing or longer than 80")
    options = part.get("options") or []
    if part.get("type") == 3 and not 1 <= len(options) <= 25:
        found.append("a select holds 1 to 25 options")
    if size(part.get("placeholder") or "") > 150:
        found.append("placeholder longer than 150")
    for option in options:
        for key in ("label", "value"):
            if not option[key].strip() or size(option[key]) > 100:
                found.append(f"option {key} blank or longer than 100")
        if size(option.get("description") or "") > 100:
            found.append("option description longer than 100")
    if len({o["value"] for o in options}) != len(options):
        found.append("option values repeat")
    return found


def modal_faults(body: Json) -> list[str]:
    """List what is wrong with a modal."""
    found = []
    if not 1 <= size(body.get("title") or "") <= 45:
        found.append("modal title not of 1 to 45 characters")
    rows = body.get("components") or []
    if not 1 <= len(rows) <= 5:
        found.append("a modal holds 1 to 5 components")
    for row in rows:
        part = row.get("component") or (row.get("components") or [{}])[0]
        if size(row.get("label") or part.get("label") or "x") > 45:
            found.append("label longer than 45")
        if size(row.get("description") or "") > 100:
            found.append("label description longer than 100")
        if size(part.get("value") or "") > part.get("max_length", 4000):
            found.append("value longer than max_length")
    return found


def choice_faults(rows: list[Json]) -> list[str]:
    """List what is wrong with an autocomplete reply."""
    found = ["more than 25 choices"] if len(rows) > 25 else []
    for row in rows:
        if not 1 <= size(row["name"].strip()) <= 100 or not 1 <= size(str(row["value"])) <= 100:
            found.append("choice name or value not of 1 to 100 characters")
    return found


def command_faults(commands: list[Json]) -> list[str]:
    """List what is wrong with a bulk overwrite of commands."""
    found = []
    for command in commands:
        if command.get("type", 1) == 1:
            found += _slash_faults(command, 0)
        elif not 1 <= size(command["name"]) <= 32:
            found.append("menu name not of 1 to 32 characters")
    names = [(c.get("type", 1), c["name"]) for c in commands]
    if len(set(names)) != len(names):
        found.append("two commands of one name")
    return found


def _slash_faults(item: Json, depth: int) -> list[str]:
    found = []
    if not _COMMAND_NAME.match(item["name"]) or item["name"] != item["name"].lower():
        found.append(f"bad name {item['name']!r}")
    if not 1 <= size(item.get("description") or "") <= 100:
        found.append(f"description of {item['name']} not of 1 to 100 characters")
    options = item.get("options") or []
    if len(options) > 25 or depth > 2:
        found.append("too many options")
    required = [bool(o.get("required")) for o in options if o["type"] > 2]
    if required != sorted(required, reverse=True):
        found.append("required options come first")
    for option in options:
        found += _slash_faults(option, depth + 1)
    return found


def pings(body: Json) -> bool:
    """Tell whether a message could notify anybody, by Discord's rules for `allowed_mentions`."""
    allowed = body.get("allowed_mentions")
    if allowed is None:
        return (
            bool(re.search(r"<@[!&]?\d+>|@everyone|@here", body.get("content") or ""))
            or "message_reference" in body
        )
    if allowed.get("parse") or allowed.get("users") or allowed.get("roles"):
        return True
    return "message_reference" in body and bool(allowed.get("replied_user", False))
