"""Pictures of what the bot looks like: `python -m tests.discord_loopback.preview FOLDER`.

Runs the real bot against the loopback, does what people do, and draws each answer as Discord would, dark and
light beside each other. Needs the system's Chromium; no test does.
"""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
import html
import re
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.client import Dateline, make_bot
from bot.metrics import Metrics
from bot.settings import Settings
from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Question, Status
from tests.discord_loopback import FakeDiscord, Interaction
from tests.discord_loopback.payloads import Json
from tests.discord_loopback.server import BOT, GUILD, MANAGE_GUILD, MODERATOR, TOKEN

STYLE = (Path(__file__).parent / "preview.css").read_text(encoding="utf-8")


def marked(text: str) -> str:
    """Return Discord's Markdown as HTML: emphasis, quotes, lists, small lines, code, times, mentions."""
    if block := re.match(r"(?s)(.*?)```\n?(.*?)```(.*)", text):
        return f"{marked(block[1])}<pre>{html.escape(block[2])}</pre>{marked(block[3])}"
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[1])
        return f"\0{len(kept) - 1}\0"

    lines = []
    for line in re.sub(r"\\(.)", keep, text).split("\n"):
        shown = html.escape(line)
        shown = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", shown)
        shown = re.sub(r"`([^`]+)`", r"<code>\1</code>", shown)
        shown = re.sub(r"(?<!\*)\*([^*]+)\*(?!\*)", r"<i>\1</i>", shown)
        shown = re.sub(r"&lt;#\d+&gt;", "<a>#general</a>", shown)
        shown = re.sub(r"&lt;t:\d+:R&gt;", "just now", shown)
        for sign, tag in (("&gt; ", "blockquote"), ("-# ", "div class=small"), ("- ", "div")):
            if shown.startswith(sign):
                bullet = "• " if sign == "- " else ""
                shown = f"<{tag}>{bullet}{shown[len(sign) :]}</{tag.split()[0]}>"
                break
        else:
            shown += "<br>"
        lines.append(shown)
    return re.sub(r"\0(\d+)\0", lambda m: html.escape(kept[int(m[1])]), "".join(lines)).removesuffix("<br>")


def embed_html(embed: Json, files: dict[str, bytes]) -> str:
    """Draw an embed."""
    title = marked(embed.get("title") or "")
    parts = [f"<div class=title>{f'<a>{title}</a>' if embed.get('url') else title}</div>" if title else ""]
    parts.append(f"<div class=text>{marked(embed.get('description') or '')}</div>")
    parts += [
        f"<div class='field{' inline' if f.get('inline') else ''}'>"
        f"<b>{marked(f['name'])}</b>{marked(f['value'])}</div>"
        for f in embed.get("fields") or []
    ]
    name = (embed.get("image") or {}).get("url", "").removeprefix("attachment://")
    if name in files:
        parts.append(f'<img src="data:image/png;base64,{base64.b64encode(files[name]).decode()}">')
    parts.append(f"<div class=foot>{html.escape((embed.get('footer') or {}).get('text') or '')}</div>")
    return (
        f'<div class=embed style="border-color:#{embed.get("color") or 0x8A8F98:06x}">{"".join(parts)}</div>'
    )


def message_html(message: Json, files: dict[str, bytes]) -> str:
    """Draw a message with its embeds and components."""
    own = message["author"]["id"] == BOT
    parts = [f"<span class=name>{'Dateline' if own else message['author']['username']}</span>"]
    parts.append(" <span class=tag>APP</span>" if own else "")
    parts.append(f"<div>{marked((message.get('content') or '').replace(f'<@{BOT}>', '@Dateline'))}</div>")
    parts += [embed_html(e, files) for e in message.get("embeds") or []]
    for row in message.get("components") or []:
        parts.append(f"<div class=row>{''.join(part_html(p) for p in row.get('components') or [])}</div>")
    if (message.get("flags") or 0) & 64:
        parts.append("<div class=only>Only you can see this</div>")
    face = "D" if own else message["author"]["username"][0].upper()
    shown = f"<div class='face {'' if own else 'person'}'>{face}</div><div>{''.join(parts)}</div>"
    return f"<div class=message>{shown}</div>"


def part_html(part: Json) -> str:
    """Draw a button or a menu."""
    if part["type"] == 2:
        label = part.get("label") or (part.get("emoji") or {}).get("name") or ""
        off = "off" if part.get("disabled") else ""
        return f"<span class='button s{part['style']} {off}'>{html.escape(label)}</span>"
    chosen = next(
        (o["label"] for o in part.get("options") or [] if o.get("default")), part.get("placeholder") or ""
    )
    return f"<span class=select>{html.escape(chosen)} ▾</span>"


def shoot(folder: Path, name: str, messages: list[Json], files: dict[str, bytes]) -> None:
    """Draw messages, dark and light beside each other, into a PNG."""
    drawn = "".join(message_html(m, files) for m in messages)
    sides = "".join(f"<div class='side {theme}'>{drawn}</div>" for theme in ("dark", "light"))
    page = f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><body>{sides}"
    with tempfile.TemporaryDirectory() as place:
        source, picture = Path(place) / "page.html", folder / f"{name}.png"
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--hide-scrollbars",
                f"--user-data-dir={place}/profile",
                "--window-size=1080,1600",
                f"--screenshot={picture}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=60,
        )
    trim(picture)


def trim(picture: Path) -> None:
    """Cut the empty bottom off and store the picture with few colours."""
    from PIL import Image, ImageChops

    with Image.open(picture) as opened:
        image = opened.convert("RGB")
    ground = Image.new("RGB", image.size)
    ground.paste(image.crop((0, image.height - 1, image.width, image.height)).resize(image.size))
    box = ImageChops.difference(image, ground).getbbox() or (0, 0, *image.size)
    image.crop((0, 0, image.width, min(image.height, box[3] + 16))).quantize(96).save(picture, optimize=True)


@asynccontextmanager
async def connected() -> AsyncIterator[tuple[FakeDiscord, Dateline]]:
    """Connect a bot with the shipped article to a loopback."""
    with tempfile.TemporaryDirectory() as place:
        async with FakeDiscord() as fake, await KnowledgeBase.open(Path(place)) as base:
            sources: dict[str, Any] = {"_env_file": None, "token": SecretStr(TOKEN), "data_dir": Path(place)}
            settings = Settings(
                **sources, discord_api=fake.api, discord_gateway=fake.gateway, guild_ready_timeout=0.05
            )
            bot = make_bot(base, settings, Metrics())
            task = asyncio.create_task(bot.start(TOKEN))
            await fake.until(lambda: fake.sessions and fake.commands)
            yield fake, bot
            await bot.close()
            await asyncio.gather(task, return_exceptions=True)


async def main(folder: Path, asked: list[str]) -> None:
    """Do what people do, and draw each answer."""
    folder.mkdir(parents=True, exist_ok=True)
    mod: dict[str, Any] = {"user": MODERATOR, "permissions": MANAGE_GUILD}
    async with connected() as (fake, bot):

        async def draw(name: str, *messages: Json | None) -> None:
            files = {n: d for r in fake.requests for n, d in r.files.items()}
            await asyncio.to_thread(shoot, folder, name, [m for m in messages if m], files)

        def panel(done: Interaction) -> Json:
            return done.original or done.messages[0]

        for number, question in enumerate(asked, 1):
            said = await fake.say(f"<@{BOT}> {question}")
            answer = await fake.answer_to(said)
            await draw(f"asked-{number}", said, answer)
            if number == 1:
                await draw("context", panel(await fake.click(answer, "In context")))
                await draw("why", panel(await fake.click(answer, "Why?")))
        name = max((e for e in (await first_reading(bot)).entities), key=lambda e: len(e.mentions)).name
        for command, options in (
            ("article", {}),
            ("who", {"name": name}),
            ("quotes", {}),
            ("timeline", {}),
            ("map", {}),
            ("help", {}),
            ("privacy", {}),
        ):
            await draw(command, panel(await fake.slash(f"/{command}", **options)))
        hello = await fake.say(f"<@{BOT}> who are you?")
        await draw("hello", hello, await fake.answer_to(hello))
        scope = int(GUILD)
        for ago in range(30):
            for n in range((ago * 7) % 11):
                status = Status.ANSWERED if n % 4 else Status.NOT_TOLD
                text = ("who spoke in Tehran?", "who did Pompeo call?")[status is Status.ANSWERED]
                await record(bot.base, Question(text=text, scope=scope), status, ago)
        for command in ("settings", "gaps", "stats", "list", "erase"):
            await draw(f"knowledge-{command}", panel(await fake.slash(f"/knowledge {command}", **mod)))
        text = b"Storm Closes Bridge\n\nA storm closed the Elm Bridge on Friday. Ruth Okafor inspected it.\n"
        shown = await fake.slash("/knowledge add", file="storm.txt", files={"storm.txt": text}, **mod)
        await draw("knowledge-add", panel(shown))


async def record(base: KnowledgeBase, question: Question, status: Status, ago: int) -> None:
    """Log a question of an earlier day, for the chart."""
    number = await base.record(question, Answer(status=status, article="x"), person=None)
    at = (dt.datetime.now(dt.UTC) - dt.timedelta(days=ago)).isoformat(timespec="seconds")
    async with base._database.transaction() as writer:
        await writer.execute("UPDATE questions SET at = ? WHERE id = ?", (at, number))


async def first_reading(bot: Dateline) -> Any:
    """Return the shipped article's reading."""
    return await bot.base.reading(bot.base.articles()[0].key)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2:]))
