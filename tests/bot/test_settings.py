"""Settings, the program's start and its end."""

from __future__ import annotations

import asyncio
import gc
import time
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot import health, memory
from bot.__main__ import main
from bot.metrics import Metrics
from bot.settings import Settings, SettingsError, load, names


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Take every setting out of the environment."""
    for name in names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATELINE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def test_defaults_are_those_of_a_fresh_installation(tmp_path: Path) -> None:
    chosen = load()
    assert chosen.token is None and chosen.discord_api is None and not chosen.message_content
    assert chosen.data_dir == tmp_path / "data"


@pytest.mark.parametrize("name", ["DATELINE_TOKEN", "DATELINE_DISCORD_TOKEN", "DISCORD_TOKEN"])
def test_the_token_is_found_and_never_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "abc.def")
    chosen = load()
    assert chosen.token and chosen.token.get_secret_value() == "abc.def"
    assert "abc.def" not in repr(chosen) + str(chosen) + chosen.model_dump_json()


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Path(".env").write_text("DATELINE_LOG_LEVEL=debug\nDATELINE_LOG_FORMAT=json\nOTHER=1\n")
    monkeypatch.setenv("DATELINE_LOG_LEVEL", "error")
    assert (load().log_level, load().log_format) == ("error", "json")


def test_all_faults_are_listed_at_once() -> None:
    Path(".env").write_text(
        "DATELINE_LOG_LEVEL=loud\nDATELINE_USER_QUESTION=3\nnonsense here\nDATELINE_DISCORD_API=ftp://x\n"
        "DATELINE_USER_QUESTIONS=many\nDATELINE_LOG_DAYS=x\n"
    )
    with pytest.raises(SettingsError) as caught:
        load()
    lines = str(caught.value).splitlines()
    assert len(lines) == 6
    for part in (
        "DATELINE_LOG_LEVEL:",
        "line 2: DATELINE_USER_QUESTION is no setting; did you mean DATELINE_USER_QUESTIONS?",
        "line 3: not a NAME=value line",
        "DATELINE_DISCORD_API: must be an address",
        "DATELINE_USER_QUESTIONS:",
        "DATELINE_LOG_DAYS:",
    ):
        assert sum(part in line for line in lines) == 1, (part, lines)


def test_a_file_that_is_no_text_is_a_fault() -> None:
    Path(".env").write_bytes(b"\xff\xfe\x00bad")
    with pytest.raises(SettingsError, match="not UTF-8"):
        load()


def test_every_setting_is_described_and_frozen() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
    with pytest.raises(ValidationError):
        load().log_level = "debug"  # type: ignore[misc]


def test_without_a_token_two_lines_say_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 2 and "DATELINE_TOKEN" in lines[0] and "python -m knowledge" in lines[1]


def test_broken_settings_are_said_and_end_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".env").write_text("DATELINE_LOG_LEVEL=loud\nDATELINE_TOKEN=abc.def\n")
    assert main([]) == 2
    assert "DATELINE_LOG_LEVEL" in (said := capsys.readouterr().err) and "abc.def" not in said


def test_health_of_a_bot_that_does_not_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--health"]) == 1
    assert "no bot has run" in capsys.readouterr().out


def test_health_file(tmp_path: Path) -> None:
    file = tmp_path / health.FILE
    health._write(file, True, 0.05)
    assert health.check(file) == (True, "connected")
    health._write(file, False, float("inf"))
    assert health.check(file) == (False, "not connected to Discord")
    file.write_text(f'{{"well": true, "at": {time.time() - 999}}}')
    assert not health.check(file)[0]


async def test_metrics_and_health_are_served(tmp_path: Path) -> None:
    import aiohttp

    metrics = Metrics()
    metrics.asked("mention", "answered", 0.004)
    metrics.gauges["gateway_up"] = lambda: 1.0
    runner, port = await health.serve(metrics, tmp_path / health.FILE, "127.0.0.1", 0)
    try:
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/metrics") as response:
                text = await response.text()
            async with session.get(f"http://127.0.0.1:{port}/healthz") as response:
                assert response.status == 503
    finally:
        await runner.cleanup()
    assert 'dateline_questions_total{trigger="mention",outcome="answered"} 1' in text
    assert 'dateline_answer_seconds_bucket{le="0.005"} 1' in text and "dateline_gateway_up 1" in text


async def test_garbage_is_collected_when_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "SWEEP_SECONDS", 0.05)
    collected, quiet = [], False
    monkeypatch.setattr(gc, "collect", lambda: collected.append(quiet) or 0)
    task = asyncio.create_task(memory.sweep(lambda: quiet, look=0.01))
    await asyncio.sleep(0.15)
    assert not collected
    quiet = True
    await asyncio.sleep(0.15)
    assert collected
    quiet = False
    monkeypatch.setattr(memory, "LATEST_SECONDS", 0.05)
    await asyncio.sleep(0.1)
    task.cancel()
    assert False in collected, "never quiet is no reason to fill the memory"
