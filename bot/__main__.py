"""`python -m bot`: run the bot until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import signal
import sys
from pathlib import Path

from bot import health, logs, memory, settings, supervisor
from bot.client import make_bot
from bot.metrics import Metrics
from bot.ui.welcome import examples
from knowledge.base import KnowledgeBase
from knowledge.errors import BadSettings, KnowledgeError
from knowledge.model import Question
from knowledge.records import Step

log = logging.getLogger("bot")

NO_TOKEN = """\
No token: put DATELINE_TOKEN=... into .env or the environment (the README says where to get one).
Without Discord, ask in the terminal: python -m knowledge chat"""


def main(arguments: list[str] | None = None) -> int:
    """Run the bot; return 0 after a stop, 2 where a setting is at fault, 3 after a failure."""
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Answer questions about articles on Discord."
    )
    parser.add_argument(
        "--health", action="store_true", help="tell whether the running bot is well, and exit 0 or 1"
    )
    parser.add_argument(
        "--env-file", type=Path, default=Path(".env"), metavar="FILE", help="settings file (.env)"
    )
    options = parser.parse_args(arguments)
    try:
        chosen = settings.load(options.env_file)
    except settings.SettingsError as error:
        print(f"The settings cannot be used:\n{error}", file=sys.stderr)
        return supervisor.WRONG_INPUT
    if options.health:
        well, reason = health.check(chosen.data_dir / health.FILE)
        print(reason)
        return 0 if well else 1
    if chosen.token is None:
        print(NO_TOKEN, file=sys.stderr)
        return supervisor.WRONG_INPUT
    logs.set_up(chosen.log_level, chosen.log_format, (chosen.token.get_secret_value(),))
    try:
        return asyncio.run(_run(chosen))
    except BadSettings as error:
        log.error("the settings cannot be used: %s", error)
        return supervisor.WRONG_INPUT
    except KnowledgeError as error:
        log.error("%s", error)
        return supervisor.FAILED
    except KeyboardInterrupt:
        return 0


async def _run(chosen: settings.Settings) -> int:
    stop = asyncio.Event()
    metrics = Metrics()
    async with contextlib.AsyncExitStack() as stack:
        base = await stack.enter_async_context(
            await KnowledgeBase.open(chosen.data_dir, limits=chosen.limits, progress=_progress, bot=True)
        )
        _on_signals(base, stop)
        await _warm_up(base)
        memory.settle()
        sweeping = asyncio.create_task(memory.sweep(metrics.quiet), name="sweep")
        stack.callback(sweeping.cancel)
        if chosen.metrics_port is not None:
            file = chosen.data_dir / health.FILE
            runner, port = await health.serve(metrics, file, chosen.metrics_host, chosen.metrics_port)
            stack.push_async_callback(runner.cleanup)
            lag = asyncio.create_task(metrics.watch_loop(), name="loop lag")
            stack.callback(lag.cancel)
            log.info("metrics on http://%s:%d/metrics", chosen.metrics_host, port)
        return await supervisor.run(lambda: make_bot(base, chosen, metrics), chosen, stop)


async def _warm_up(base: KnowledgeBase) -> None:
    """Load what the first question would wait for, before anybody asks."""
    await base.prepare(None)
    base.ask(Question(text="who did what, when and why?"))
    base.complete("who")
    await examples(base, None, ())


def _on_signals(base: KnowledgeBase, stop: asyncio.Event) -> None:
    """Stop gracefully on SIGTERM and Ctrl-C, reload on SIGHUP, where the platform has them."""
    loop = asyncio.get_running_loop()
    reloads: set[asyncio.Task[None]] = set()

    def reload() -> None:
        task = asyncio.create_task(_reload(base))
        reloads.add(task)
        task.add_done_callback(reloads.discard)

    with contextlib.suppress(NotImplementedError):
        loop.add_signal_handler(signal.SIGTERM, stop.set)
        loop.add_signal_handler(signal.SIGINT, stop.set)
        if sys.platform != "win32":
            loop.add_signal_handler(signal.SIGHUP, reload)


async def _reload(base: KnowledgeBase) -> None:
    try:
        report = await base.reload()
    except KnowledgeError as error:
        log.error("reload failed: %s", error)
        return
    for article in report.articles:
        if article.fault is not None:
            log.error("reload: %s", article.fault)
    log.info("reloaded in %.1f s", report.seconds)


def _progress(step: Step) -> None:
    log.info("reading articles: %d of %d %s", step.done, step.total, step.what)


if __name__ == "__main__":
    sys.exit(main())
