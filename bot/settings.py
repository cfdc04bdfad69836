"""Settings of the bot, from the environment and a `.env` file, with all faults listed at once."""

from __future__ import annotations

import difflib
import logging
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from dotenv.parser import parse_stream
from pydantic import AfterValidator, AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge import settings as knowledge_settings
from knowledge.errors import BadSettings
from knowledge.settings import PREFIX, Limits


class SettingsError(Exception):
    """The settings cannot be used; the text lists every fault, one a line."""


def _address(*schemes: str) -> AfterValidator:
    def check(value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in schemes or not parts.hostname:
            raise ValueError(f"must be an address that starts with {' or '.join(s + '://' for s in schemes)}")
        return value.rstrip("/") if "http" in schemes else value

    return AfterValidator(check)


class Settings(BaseSettings):
    """How this installation of the bot runs.

    Each field is also an environment variable with the prefix DATELINE_.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    token: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("DATELINE_TOKEN", "DATELINE_DISCORD_TOKEN", "DISCORD_TOKEN"),
        description="The bot's token from the developer portal; DISCORD_TOKEN is read too. Keep it secret.",
    )
    data_dir: Path = Field(
        default_factory=knowledge_settings.default_data_dir,
        description="Folder for the database and your own articles; made when missing.",
    )
    discord_api: Annotated[str, _address("http", "https")] | None = Field(
        default=None,
        description="Address of a Discord-like API with its version, like http://127.0.0.1:8080/api/v10. "
        "Unset: Discord itself.",
    )
    discord_gateway: Annotated[str, _address("ws", "wss")] | None = Field(
        default=None,
        description="Address of a Discord-compatible gateway, such as ws://127.0.0.1:8080/gateway/. "
        "Unset: what the API names.",
    )
    message_content: bool = Field(
        default=False,
        description="Ask Discord for the message-content intent. Only channels where the bot answers unasked "
        "need it; switch it on in the developer portal first.",
    )
    sharded: bool = Field(
        default=False,
        description="Let Discord say how many gateway connections to hold. Needed from 2 500 servers on.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="How much is logged: debug, info, warning or error."
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="text for people, json for one JSON object a line."
    )
    log_content: bool = Field(
        default=False, description="Also log what people ask. Off, no message text reaches the log."
    )
    user_questions: int = Field(
        default=30, ge=0, le=10_000, description="Questions that one person may ask a minute; 0 for no limit."
    )
    channel_questions: int = Field(
        default=120, ge=0, le=100_000, description="Questions a minute in one channel; 0 for no limit."
    )
    follow_up_minutes: float = Field(
        default=10,
        ge=0,
        le=1440,
        description="How long a next question in a DM or thread counts as a follow-up.",
    )
    metrics_port: int | None = Field(
        default=None,
        ge=0,
        le=65_535,
        description="Serve /metrics (Prometheus) and /healthz on this port of 127.0.0.1. Unset: neither.",
    )
    metrics_host: str = Field(default="127.0.0.1", description="Address that metrics_port listens on.")
    gateway_timeout: float = Field(
        default=300,
        ge=1,
        description="Seconds without a working gateway connection before the bot connects anew.",
    )
    limits: Limits = Field(
        default_factory=Limits,
        init=False,
        description="What the knowledge base accepts; see knowledge.settings.",
    )
    guild_ready_timeout: float = Field(
        default=2.0,
        ge=0,
        le=60,
        description="Seconds to wait for one more server at the start before being ready.",
    )


def load(env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings from the environment and the file, the environment first.

    Raises SettingsError with one line a fault: lines of the file that cannot be read, unknown DATELINE_ names
    in it, and values that do not fit.
    """
    there = env_file is not None and env_file.exists()
    faults, readable = _file_faults(env_file) if env_file is not None and there else ([], True)
    logging.getLogger("dotenv").setLevel(logging.ERROR)  # its warnings say again what is listed here
    limits = Limits()
    try:
        limits = knowledge_settings.load(env_file if readable else None).limits
    except BadSettings as error:
        faults += [line for line in str(error).splitlines() if line not in faults]
    try:
        sources: dict[str, Any] = {"_env_file": env_file if readable else None}
        settings = Settings(**sources)
    except ValidationError as error:
        faults += [
            _value_fault(e["loc"], e["msg"]) for e in error.errors(include_input=False, include_url=False)
        ]
    if faults:
        raise SettingsError("\n".join(faults))
    return settings.model_copy(update={"limits": limits, "data_dir": settings.data_dir.expanduser()})


def _file_faults(path: Path) -> tuple[list[str], bool]:
    """List what is wrong with the file's lines, and tell whether it can be read at all."""
    try:
        with path.open(encoding="utf-8") as stream:
            bindings = list(parse_stream(stream))
    except UnicodeDecodeError:
        return [f"{path}: not UTF-8 text"], False
    except OSError as error:
        return [f"{path}: cannot be read ({error.strerror})"], False
    faults = []
    known = {name.upper() for name in names()}
    for binding in bindings:
        line = binding.original.line
        if binding.error:
            faults.append(f"{path}, line {line}: not a NAME=value line")
        elif binding.key and binding.key.upper().startswith(PREFIX) and binding.key.upper() not in known:
            near = difflib.get_close_matches(binding.key.upper(), known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            faults.append(f"{path}, line {line}: {binding.key} is no setting{hint}")
    return faults, True


def _value_fault(location: tuple[int | str, ...], message: str) -> str:
    field = str(location[0])
    name = field if field.isupper() else PREFIX + field.upper()
    return f"{name}: {message.removeprefix('Value error, ')}"


def names() -> tuple[str, ...]:
    """Return the environment variables that are settings, in the order of the fields."""
    found = list(knowledge_settings.names())
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        found += (
            [str(c) for c in alias.choices] if isinstance(alias, AliasChoices) else [PREFIX + name.upper()]
        )
    return tuple(dict.fromkeys(n for n in found if n != PREFIX + "LIMITS"))
