"""What all tests share: hypothesis's profiles, and a data directory with the shipped article."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import hypothesis
import pytest
import pytest_asyncio

from knowledge.base import KnowledgeBase

#: "ci" is the whole suite in minutes, "soak" the same code with full counts.
PROFILE = os.environ.get("DATELINE_TESTS", "ci")

_SLOW = [hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture]
hypothesis.settings.register_profile("ci", deadline=None, max_examples=25, suppress_health_check=_SLOW)
hypothesis.settings.register_profile("soak", deadline=None, max_examples=1_000, suppress_health_check=_SLOW)
hypothesis.settings.load_profile(PROFILE)


@pytest.fixture(scope="session")
def soak() -> bool:
    """Tell whether tests run with full counts."""
    return PROFILE == "soak"


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the settings of whoever runs the tests away from them."""
    for name in [name for name in os.environ if name.startswith("DATELINE_") or name == "DISCORD_TOKEN"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATELINE_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory in which the shipped article was read; to be copied, not opened."""
    place = tmp_path_factory.mktemp("read-once") / "data"

    async def fill() -> None:
        async with await KnowledgeBase.open(place) as base:
            assert base.faults == ()

    asyncio.run(fill())
    return place


@pytest.fixture
def data_dir(read_once: Path, tmp_path: Path) -> Path:
    """Return a data directory of the test's own in which the shipped article was read."""
    place = tmp_path / "data"
    shutil.copytree(read_once, place)
    return place


@pytest_asyncio.fixture
async def base(data_dir: Path) -> AsyncIterator[KnowledgeBase]:
    """Open a knowledge base with the shipped article."""
    async with await KnowledgeBase.open(data_dir) as opened:
        yield opened
