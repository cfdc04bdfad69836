"""The terminal: ``dateline`` or ``python -m knowledge``.

Exit status: 0 answered or done, 1 not answered, 2 wrong use or input, 3 failure.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from knowledge import loose
from knowledge.base import KnowledgeBase, check_question
from knowledge.errors import BadArticle, BadQuestion, InputError, KnowledgeError, StoreFailed
from knowledge.loose import LooseArticle, LooseReader
from knowledge.model import Answer, Question, Status
from knowledge.records import Outcome, Step
from knowledge.settings import KnowledgeSettings, load
from knowledge.terminal import answers, reports
from knowledge.terminal.progress import Bar

ANSWERED, NOT_ANSWERED, WRONG_INPUT, FAILED = 0, 1, 2, 3
#: Earlier questions of a conversation that a follow-up may lean on.
CONTEXT = 5

T = TypeVar("T")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    try:
        status = cli.main(args=arguments, prog_name="dateline", standalone_mode=False)
        return status if isinstance(status, int) else ANSWERED
    except click.exceptions.Abort:
        return FAILED
    except click.ClickException as error:
        error.show()
        return WRONG_INPUT
    except KnowledgeError as error:
        click.echo(f"dateline: {error}", err=True)
        return WRONG_INPUT if isinstance(error, InputError) else FAILED
    except SystemExit:
        # Click's way to end where the reader of our output has seen enough.
        return ANSWERED
    except Exception as error:
        logging.getLogger(__name__).debug("unexpected", exc_info=True)
        click.echo(f"dateline: unexpected {type(error).__name__}: {error} (--debug shows more)", err=True)
        return FAILED


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--data-dir", type=click.Path(path_type=Path), help="Folder of the database and your own articles."
)
@click.option("--debug", is_flag=True, help="Show what goes on inside, on standard error.")
@click.version_option(package_name="dateline")
@click.pass_context
def cli(context: click.Context, data_dir: Path | None, debug: bool) -> None:
    r"""Ask news articles. Every answer shows the sentence that proves it.

    \b
    Exit status: 0 answered or done, 1 not answered, 2 wrong use or input, 3 failure.
    """
    logging.basicConfig(level=logging.DEBUG if debug else logging.WARNING, stream=sys.stderr)
    settings = load()
    context.obj = settings.model_copy(update={"data_dir": data_dir}) if data_dir else settings


def _run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _bytes_of(path: Path, settings: KnowledgeSettings) -> bytes:
    """Return a file's bytes, of one that is too long only enough to show that; "-" is standard input."""
    most = settings.limits.article_bytes + 1
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read(most)
        with path.open("rb") as stream:
            data = stream.read(most)
            size = os.fstat(stream.fileno()).st_size
    except OSError as error:
        raise BadArticle(error.strerror or str(error), file=str(path)) from error
    return data if len(data) < most else data.ljust(size, b"\0")


def _companion_of(path: Path) -> bytes:
    beside = path.with_suffix(".toml")
    return beside.read_bytes() if str(path) != "-" and beside.is_file() else b""


def _name_of(path: Path) -> str:
    return "standard-input.txt" if str(path) == "-" else path.name


async def _read_files(paths: Sequence[Path], settings: KnowledgeSettings) -> list[LooseArticle]:
    """Read files that are named on the command line, with a bar where it takes long."""
    found = []
    with Bar("reading") as bar:
        async with LooseReader(settings.limits) as reader:
            for number, path in enumerate(paths):
                bar(Step(done=number, total=len(paths), what=path.name))
                data = _bytes_of(path, settings)
                found.append(await reader.read(data, name=_name_of(path), notes=_companion_of(path)))
    return found


async def _open(settings: KnowledgeSettings) -> KnowledgeBase:
    with Bar("reading the articles for the first time") as bar:
        base = await KnowledgeBase.open(settings.data_dir, limits=settings.limits, progress=bar)
    for fault in base.faults:
        click.echo(f"dateline: {fault}", err=True)
    return base


@cli.command()
@click.argument("question", nargs=-1, required=True)
@click.option(
    "--article", "files", type=click.Path(path_type=Path), multiple=True, help="Read this file and ask it."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--why", is_flag=True, help="Say how the answer was found.")
@click.pass_obj
def ask(
    settings: KnowledgeSettings, question: tuple[str, ...], files: tuple[Path, ...], as_json: bool, why: bool
) -> int:
    """Answer one QUESTION."""
    asked = Question(text=" ".join(question))
    check_question(asked.text, settings.limits)
    if files:
        articles = _run(_read_files(files, settings))
        answer = loose.snapshot(articles).ask(asked)
    else:
        answer = _run(_ask_stored(settings, asked))
    if as_json:
        click.echo(json.dumps(answers.document(asked.text, answer), ensure_ascii=False))
    else:
        _show(answer, why=why)
    return ANSWERED if answer.status is Status.ANSWERED else NOT_ANSWERED


async def _ask_stored(settings: KnowledgeSettings, question: Question) -> Answer:
    async with await _open(settings) as base:
        answer = base.ask(question)
        await _log(base, question, answer)
    return answer


async def _log(base: KnowledgeBase, question: Question, answer: Answer) -> None:
    try:
        await base.record(question, answer, person=None)
    except StoreFailed as error:
        click.echo(f"dateline: the question was not logged: {error}", err=True)


def _show(answer: Answer, *, why: bool) -> None:
    colour = _colour()
    for line in answers.lines(answer, why=why, colour=colour):
        click.echo(line, color=colour)


@cli.command()
@click.option(
    "--article", "files", type=click.Path(path_type=Path), multiple=True, help="Read this file and ask it."
)
@click.pass_obj
def chat(settings: KnowledgeSettings, files: tuple[Path, ...]) -> int:
    """Ask one question after another; follow-ups may lean on what came before.

    A number picks a question that was offered. /why explains the last answer, /articles lists what can be
    asked, /new forgets the conversation, /quit or Ctrl-D ends.
    """
    _run(_chat(settings, files))
    return ANSWERED


async def _chat(settings: KnowledgeSettings, files: tuple[Path, ...]) -> None:
    if sys.stdin.isatty():
        click.echo("Ask about the articles. /why, /articles, /new, /quit.")
    if files:
        shelf = loose.snapshot(await _read_files(files, settings))
        await _converse(settings, shelf.ask, lambda: [a.info for a in shelf.stored], None)
        return
    async with await _open(settings) as base:
        await _converse(settings, base.ask, lambda: list(base.articles()), base)


async def _converse(
    settings: KnowledgeSettings,
    ask_one: Callable[[Question], Answer],
    articles: Callable[[], list[Any]],
    base: KnowledgeBase | None,
) -> None:
    context: list[str] = []
    last: Answer | None = None
    while (typed := await asyncio.to_thread(_typed)) is not None:
        if typed in ("/quit", "/exit", "/q"):
            return
        if typed == "/new":
            context, last = [], None
        elif typed == "/articles":
            for line in reports.list_lines(articles()):
                click.echo(line)
        elif typed == "/why":
            for line in answers.lines(last, why=True, colour=_colour()) if last else ():
                click.echo(line, color=_colour())
        elif typed:
            text = _picked(typed, last) or typed
            question = Question(text=text, context=tuple(context[-CONTEXT:]))
            try:
                check_question(text, settings.limits)
                last = ask_one(question)
            except BadQuestion as error:
                click.echo(str(error))
                continue
            if text != typed:
                click.echo(f"> {text}")
            _show(last, why=False)
            context.append(text)
            if base is not None:
                await _log(base, question, last)


def _typed() -> str | None:
    """Return the next line, None at the end."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        return line.strip() if line else None
    with contextlib.suppress(ImportError):
        # Importing it gives input() its history and editing keys.
        import readline  # noqa: F401
    try:
        return input("? ").strip()
    except (EOFError, KeyboardInterrupt):
        return None


def _picked(typed: str, last: Answer | None) -> str | None:
    """Return the offered question that a number stands for."""
    if last is None or not typed.isdecimal() or not 1 <= int(typed) <= len(last.suggestions):
        return None
    return last.suggestions[int(typed) - 1].text


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object an article, one a line.")
@click.option("--jsonl", is_flag=True, help='FILES hold lines {"id", "text"}; print lines {"id", "facts"}.')
@click.option(
    "--html", "page", type=click.Path(path_type=Path), help="Write a self-contained page to this file."
)
@click.pass_obj
def read(
    settings: KnowledgeSettings, files: tuple[Path, ...], as_json: bool, jsonl: bool, page: Path | None
) -> int:
    """Show the facts of FILES, sentence by sentence. Nothing is stored."""
    from knowledge.terminal import facts
    from knowledge.terminal import page as pages

    if as_json + jsonl + (page is not None) > 1:
        raise click.UsageError("--json, --jsonl and --html exclude each other.")
    if jsonl:
        _run(_read_lines(settings, files))
        return ANSWERED
    readings = [article.reading() for article in _run(_read_files(files, settings))]
    if page is not None:
        _write_text(page, pages.page(readings))
        return ANSWERED
    for reading in readings:
        if as_json:
            click.echo(json.dumps(facts.document(reading), ensure_ascii=False))
        else:
            facts.show(reading, colour=_colour())
    return ANSWERED


def _write_text(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).") from error


async def _read_lines(settings: KnowledgeSettings, files: Sequence[Path]) -> None:
    from knowledge.terminal.facts import fact_object

    lines = [item for path in files for item in _json_lines(path, ("id", "text"))]
    with Bar("reading") as bar:
        async with LooseReader(settings.limits) as reader:
            for number, line in enumerate(lines):
                bar(Step(done=number, total=len(lines), what=str(line["id"])))
                found: list[dict[str, Any]] = []
                if str(line["text"]).strip():
                    data = _of_same_length(str(line["text"])).encode("utf-8", "replace")
                    try:
                        reading = (await reader.read(data, name="line.txt")).reading()
                        found = [fact_object(reading.article, fact) for fact in reading.facts]
                    except BadArticle as error:
                        click.echo(f"dateline: {line['id']}: {error.reason}", err=True)
                click.echo(json.dumps({"id": line["id"], "facts": found}, ensure_ascii=False))


def _of_same_length(text: str) -> str:
    """Return a text that keeps its offsets when read: no line end of two characters, no byte order mark."""
    return text.replace("\r\n", " \n").replace("\r", "\n").replace("\ufeff", " ")


def _json_lines(path: Path, needed: Sequence[str]) -> list[dict[str, Any]]:
    """Return the objects of a file of JSON lines; raise BadArticle with the line that is not one."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadArticle(error.strerror or str(error), file=str(path)) from error
    except UnicodeDecodeError as error:
        raise BadArticle("not UTF-8 text", file=str(path)) from error
    found = []
    # Not splitlines(): JSON may hold other line ends, such as U+2028, inside its strings.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadArticle(f"not a line of JSON ({error.msg})", file=str(path), line=number) from error
        missing = [key for key in needed if not isinstance(item, dict) or key not in item]
        if missing:
            raise BadArticle("missing", file=str(path), line=number, key=missing[0])
        found.append(item)
    return found


@cli.command()
@click.argument("questions", type=click.Path(path_type=Path))
@click.option("--library", type=click.Path(path_type=Path), help="Ask all articles of this folder at once.")
@click.pass_obj
def answer(settings: KnowledgeSettings, questions: Path, library: Path | None) -> int:
    """Answer a file of QUESTIONS, one JSON object a line, in order; nothing is stored.

    Each article is read once. Of a line only `id`, `question`, `article` (a path relative to the file;
    without it the shipped article) and `context` (earlier questions, oldest first) are used.
    """
    lines = _json_lines(questions, ("id", "question"))
    _run(_answer_lines(settings, questions.parent, lines, library))
    return ANSWERED


async def _answer_lines(
    settings: KnowledgeSettings, folder: Path, lines: Sequence[dict[str, Any]], library: Path | None
) -> None:
    shelf = loose.snapshot(await _articles_of(settings, folder, lines, library))
    with Bar("answering") as bar:
        for number, line in enumerate(lines):
            bar(Step(done=number, total=len(lines), what=str(line["id"])))
            key = None if library else str(line.get("article") or SHIPPED)
            context = tuple(str(earlier) for earlier in line.get("context") or ())
            question = Question(text=str(line["question"]), article=key, context=context)
            try:
                check_question(question.text, settings.limits)
                said = shelf.ask(question)
            except BadQuestion:
                said = Answer(status=Status.NOT_TOLD)
            shown = answers.contract(line["id"], said, library=library is not None)
            if library is None and key is not None:
                shown.pop("article", None)
            click.echo(json.dumps(shown, ensure_ascii=False))


#: The key of the shipped article among the articles of a bank; no path looks like it.
SHIPPED = "//shipped"


async def _articles_of(
    settings: KnowledgeSettings, folder: Path, lines: Sequence[dict[str, Any]], library: Path | None
) -> list[LooseArticle]:
    """Read what a bank of questions asks about, each article under the name that the bank gives it."""
    from knowledge import folder as article_files

    wanted: list[tuple[str, str, Path | None]]
    if library is not None:
        if not library.is_dir():
            raise BadArticle("not a folder", file=str(library))
        paths = sorted(
            p for p in library.rglob("*") if p.suffix.lower() in article_files.ENDINGS and p.is_file()
        )
        if not paths:
            raise BadArticle("holds no .txt, .md or .html file", file=str(library))
        wanted = [(path.relative_to(library).as_posix(), path.name, path) for path in paths]
    else:
        names = dict.fromkeys(str(line.get("article") or SHIPPED) for line in lines)
        wanted = [(name, Path(name).name, folder / name if name != SHIPPED else None) for name in names]
    found = []
    with Bar("reading") as bar:
        async with LooseReader(settings.limits) as reader:
            for number, (key, name, path) in enumerate(wanted):
                bar(Step(done=number, total=len(wanted), what=name))
                if path is None:
                    original = article_files.shipped()[0].original
                    name, data, notes = original
                else:
                    data, notes = _bytes_of(path, settings), _companion_of(path)
                found.append(await reader.read(data, name=name, key=key, notes=notes))
    return found


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def reload(settings: KnowledgeSettings, as_json: bool) -> int:
    """Read the articles folder again and say what was added, changed and removed."""

    async def work() -> int:
        async with await _open(settings) as base:
            with Bar("reading") as bar:
                report = await base.reload(progress=bar)
        if as_json:
            click.echo(report.model_dump_json())
        else:
            for line in reports.reload_lines(report):
                click.echo(line)
        return WRONG_INPUT if report.of(Outcome.FAILED) else ANSWERED

    return _run(work())


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--title", help="Title for pasted text from standard input (FILE is -).")
@click.pass_obj
def add(settings: KnowledgeSettings, files: tuple[Path, ...], title: str | None) -> int:
    """Add FILES (text, Markdown, HTML, or an archive made by export) for everybody to ask."""

    async def work() -> int:
        from knowledge import exchange

        status = ANSWERED
        async with await _open(settings) as base:
            for path in files:
                with Bar("reading") as bar:
                    try:
                        if path.suffix.lower() == ".zip":
                            report = await base.add_archive(_archive(path), scope=None, progress=bar)
                            for line in reports.reload_lines(report):
                                click.echo(line)
                            status = max(status, WRONG_INPUT if report.of(Outcome.FAILED) else ANSWERED)
                            continue
                        data = _bytes_of(path, settings)
                        if exchange.is_archive(data):
                            raise BadArticle("a ZIP archive; give it the ending .zip", file=path.name)
                        name = title or _name_of(path)
                        added = await base.add(
                            data, name=name, notes=_companion_of(path), scope=None, progress=bar
                        )
                        click.echo(reports.article_line(added.report))
                    except InputError as error:
                        click.echo(f"dateline: {error}", err=True)
                        status = WRONG_INPUT
        return status

    return _run(work())


def _archive(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadArticle(error.strerror or str(error), file=str(path)) from error


@cli.command()
@click.argument("keys", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.pass_obj
def remove(settings: KnowledgeSettings, keys: tuple[str, ...], yes: bool) -> int:
    """Remove the articles with these KEYS, and their files in the articles folder."""

    async def work() -> int:
        async with await _open(settings) as base:
            for key in keys:
                info = base.article(key)
                if not yes and not click.confirm(f"Remove {info.title!r} ({info.facts} facts)?", err=True):
                    return NOT_ANSWERED
                click.echo(reports.article_line(await base.remove(key, None)))
        return ANSWERED

    return _run(work())


@cli.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.pass_obj
def list_articles(settings: KnowledgeSettings, as_json: bool) -> int:
    """List the articles that can be asked."""

    async def work() -> int:
        async with await _open(settings) as base:
            found = base.articles()
        lines = (info.model_dump_json() for info in found) if as_json else reports.list_lines(found)
        for line in lines:
            click.echo(line)
        return ANSWERED

    return _run(work())


@cli.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--server", type=int, help="The articles of the Discord server with this id.")
@click.pass_obj
def export(settings: KnowledgeSettings, target: Path, server: int | None) -> int:
    """Write the articles that were added to a ZIP archive TARGET; `add` takes it again."""

    async def work() -> int:
        async with await _open(settings) as base:
            data = await base.export(server)
        try:
            target.write_bytes(data)
        except OSError as error:
            raise InputError(f"{target} cannot be written ({error.strerror}).") from error
        return ANSWERED

    return _run(work())


@cli.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.pass_obj
def backup(settings: KnowledgeSettings, target: Path) -> int:
    """Copy the database to the new file TARGET, also while the bot runs."""

    async def work() -> int:
        async with await _open(settings) as base:
            click.echo(f"backed up to {await base.backup(target)}")
        return ANSWERED

    return _run(work())


@cli.command()
@click.option("--server", type=int, help="The Discord server with this id.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.pass_obj
def gaps(settings: KnowledgeSettings, server: int | None, as_json: bool) -> int:
    """List the questions that could not be answered, those asked most first."""

    async def work() -> int:
        async with await _open(settings) as base:
            found = await base.gaps(server)
        for line in (gap.model_dump_json() for gap in found) if as_json else reports.gap_lines(found):
            click.echo(line)
        return ANSWERED

    return _run(work())


@cli.command()
@click.option("--server", type=int, help="The Discord server with this id.")
@click.option("--days", type=click.IntRange(1), default=30, show_default=True, help="How far back to look.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def stats(settings: KnowledgeSettings, server: int | None, days: int, as_json: bool) -> int:
    """Say how the questions of the last days went."""

    async def work() -> int:
        async with await _open(settings) as base:
            found = await base.stats(server, days)
        for line in [found.model_dump_json()] if as_json else reports.stats_lines(found):
            click.echo(line)
        return ANSWERED

    return _run(work())
