"""Settings of the knowledge base, from the environment and a `.env` file; the environment comes first.

The terminal starts in a fraction of a second, which is why this reads the file with python-dotenv alone.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, ValidationError

from knowledge.errors import BadSettings
from knowledge.model import Frozen

PREFIX = "DATELINE_"


class Limits(Frozen):
    """What is accepted, and how long things are kept; each field is a variable DATELINE_<NAME>."""

    article_bytes: int = Field(
        default=2_000_000,
        ge=1_000,
        le=50_000_000,
        description="Largest file that is read as an article, in bytes.",
    )
    articles_per_server: int = Field(
        default=500, ge=0, le=100_000, description="Articles that one server may add."
    )
    question_characters: int = Field(
        default=1_000, ge=20, le=4_000, description="Longest question that is looked at, in characters."
    )
    reading_seconds: float = Field(
        default=300, ge=1, le=86_400, description="Seconds after which reading one article is given up."
    )
    library_megabytes: int = Field(
        default=1_000,
        ge=50,
        le=100_000,
        description="Memory for articles prepared for questions, in megabytes.",
    )
    log_days: int = Field(
        default=90, ge=0, le=3_650, description="Days that asked questions are kept; 0 keeps no question."
    )
    left_server_days: int = Field(
        default=30, ge=0, le=3_650, description="Days after which a server that the bot has left is deleted."
    )


class KnowledgeSettings(Frozen):
    """Where the knowledge lies, and its limits."""

    data_dir: Path
    limits: Limits = Limits()


def names() -> tuple[str, ...]:
    """Return the environment variables that are settings of the knowledge base."""
    return (PREFIX + "DATA_DIR", *(PREFIX + name.upper() for name in Limits.model_fields))


def default_data_dir() -> Path:
    """Return the data directory that the platform's convention gives."""
    return user_data_path("dateline", appauthor=False)


def load(
    env_file: Path | None = Path(".env"), environment: Mapping[str, str] | None = None
) -> KnowledgeSettings:
    """Read the settings from the file and the environment, which wins.

    A value that is empty counts as unset. Raises BadSettings with one line a fault.
    """
    values, faults = _file_values(env_file) if env_file is not None and env_file.exists() else ({}, [])
    values |= {k: v for k, v in (os.environ if environment is None else environment).items() if v}
    given = {f: values[PREFIX + f.upper()] for f in Limits.model_fields if values.get(PREFIX + f.upper())}
    limits = Limits()
    try:
        limits = Limits.model_validate(given)
    except ValidationError as error:
        faults += [f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()]
    if faults:
        raise BadSettings("\n".join(faults))
    chosen = values.get(PREFIX + "DATA_DIR")
    return KnowledgeSettings(
        data_dir=Path(chosen).expanduser() if chosen else default_data_dir(), limits=limits
    )


def _file_values(path: Path) -> tuple[dict[str, str], list[str]]:
    from dotenv.parser import parse_stream

    try:
        with path.open(encoding="utf-8") as stream:
            bindings = list(parse_stream(stream))
    except UnicodeDecodeError:
        return {}, [f"{path}: not UTF-8 text"]
    except OSError as error:
        return {}, [f"{path}: cannot be read ({error.strerror})"]
    faults = [f"{path}, line {b.original.line}: not a NAME=value line" for b in bindings if b.error]
    return {b.key: b.value for b in bindings if b.key and b.value}, faults
