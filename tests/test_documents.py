"""What README.md, .env.example and .ci/run say agrees with the program."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from bot.settings import Settings
from knowledge.cli import cli
from knowledge.settings import PREFIX, Limits

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")


def settings() -> dict[str, FieldInfo]:
    """Return every setting by its variable's name."""
    fields = {
        PREFIX + name.upper(): field for name, field in Settings.model_fields.items() if name != "limits"
    }
    return fields | {PREFIX + name.upper(): field for name, field in Limits.model_fields.items()}


def shown(field: FieldInfo) -> str:
    """Return a setting's default as .env.example writes it."""
    value: Any = field.default
    if value is PydanticUndefined or value is None:
        return ""
    return (
        str(value).lower()
        if isinstance(value, bool)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )


def table() -> str:
    """Return the README's table of settings."""
    rows = [
        f"| `{name}` | {shown(field) or '(unset)'} | {field.description} |"
        for name, field in settings().items()
    ]
    return "\n".join(["| setting | default | what it does |", "|---|---|---|", *rows])


def example() -> str:
    """Return .env.example."""
    head = "# Copy this file to .env and put in what you need. What is commented out shows the default.\n"
    parts = [f"\n# {field.description}\n#{name}={shown(field)}\n" for name, field in settings().items()]
    return head + "".join(parts).replace(f"#{PREFIX}TOKEN=", f"{PREFIX}TOKEN=")


def test_the_readme_lists_every_setting_with_its_default() -> None:
    assert table() in README


def test_the_example_lists_every_setting_with_its_default() -> None:
    assert example() == EXAMPLE


def test_the_example_is_read_without_a_fault_once_everything_is_switched_on(tmp_path: Path) -> None:
    from bot import settings as bot_settings
    from knowledge import settings as knowledge_settings

    chosen = tmp_path / ".env"
    chosen.write_text(re.sub(r"(?m)^#(?=DATELINE_)", "", EXAMPLE), "utf-8")
    assert knowledge_settings.load(chosen, {}).limits == Limits()
    assert bot_settings.load(chosen).limits == Limits()


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_is_in_the_readme_and_has_help(name: str) -> None:
    command = cli.commands[name]
    assert f"`{name}" in README
    assert command.help
    undocumented = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert undocumented == []


def test_the_readme_opens_with_two_complete_commands() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", README, re.M | re.S)
    install, test = blocks[:2]
    for block in (install, test):
        assert block.count("\n") == 1
        assert "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt" in block
    assert "dateline ask" in install
    assert "-m pytest" in test


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    pins = {
        re.sub(r"[-_.]+", "-", line.partition("==")[0]).lower()
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if "==" in line
    }
    for dependency in wanted:
        name = re.sub(r"[-_.]+", "-", re.split(r"[<>=! \[;]", dependency)[0]).lower()
        assert name in pins
    assert "torch" not in pins


def test_the_check_takes_its_commands_from_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "command_of_readme 1" in script
    assert "command_of_readme 2" in script
    for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports"):
        assert tool in script


def test_the_modules_run_by_name() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "knowledge", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "Exit status: 0 answered" in ran.stdout
