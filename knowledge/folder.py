"""Articles as files: the shipped ones, the articles folder, and what is made of their names."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from knowledge import notes
from knowledge.errors import BadArticle, StoreFailed
from knowledge.notes import Notes
from knowledge.records import Fault
from knowledge.settings import Limits
from knowledge.store.articles import Original

#: The folder in the data directory.
NAME = "articles"
#: Endings of files that can be articles.
ENDINGS = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml")
#: The ending of a companion file.
COMPANION = ".toml"
KEY_LETTERS = 60


class FoundFile(NamedTuple):
    """A file that should be an article; `path` is relative to the data directory, "" for shipped files."""

    key: str
    original: Original
    path: str = ""
    shipped: bool = False
    fault: Fault | None = None


def shipped() -> list[FoundFile]:
    """Return the articles that came with the program."""
    place = resources.files("knowledge") / "articles"
    files = {file.name: file for file in place.iterdir() if file.is_file()}
    return [
        FoundFile(stem(name), Original(name, file.read_bytes(), _companion(files, name)), shipped=True)
        for name, file in sorted(files.items())
        if name.lower().endswith(ENDINGS)
    ]


def _companion(files: dict[str, Traversable], name: str) -> bytes:
    companion = files.get(stem(name) + COMPANION)
    return companion.read_bytes() if companion else b""


def own(data_dir: Path, limits: Limits) -> list[FoundFile]:
    """Return the files of the articles folder and its subfolders, with what is wrong at first sight.

    Raises StoreFailed where the folder cannot be listed, since its articles are not gone then.
    """
    root = data_dir / NAME
    try:
        paths = sorted(_walk(root))
    except OSError as error:
        raise StoreFailed(f"{error.filename or root} cannot be listed ({error.strerror}).") from error
    stems = {path.with_suffix("") for path in paths if path.suffix.lower() in ENDINGS}
    return [_found(path, data_dir, limits) for path in paths if not _is_companion(path, stems)]


def _walk(folder: Path) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(Path(entry.path))
        else:
            yield Path(entry.path)


def _is_companion(path: Path, stems: set[Path]) -> bool:
    return path.suffix.lower() == COMPANION and path.with_suffix("") in stems


def _found(path: Path, data_dir: Path, limits: Limits) -> FoundFile:
    relative = path.relative_to(data_dir).as_posix()
    empty = Original(path.name, b"", b"")
    try:
        if path.suffix.lower() == COMPANION:
            raise BadArticle("there is no article of this name beside it", file=path.name)
        if path.stat().st_size > limits.article_bytes:
            raise too_long(path.name, path.stat().st_size, limits)
        companion = path.with_suffix(COMPANION)
        beside = companion.read_bytes() if companion.exists() else b""
        original = named(path.name, path.read_bytes(), beside, limits)
    except BadArticle as error:
        fault = Fault(file=error.file or path.name, reason=error.reason, line=error.line, key=error.key)
        return FoundFile(path.stem, empty, relative, fault=fault)
    except OSError as error:
        fault = Fault(file=path.name, reason=error.strerror or str(error))
        return FoundFile(path.stem, empty, relative, fault=fault)
    return FoundFile(path.stem, original, relative)


def named(name: str, data: bytes, beside: bytes, limits: Limits) -> Original:
    """Return a file with a name that tells its format; other words are a title of plain text.

    Raises BadArticle for a file that is too long or empty, of a format that is not read, or with a faulty
    companion.
    """
    if len(data) > limits.article_bytes:
        raise too_long(name, len(data), limits)
    if not data.strip():
        raise BadArticle("The file is empty.", file=name)
    ending = re.search(r"\.[a-z]{1,9}$", name.lower())
    if name.lower().endswith(ENDINGS):
        if beside:
            notes.parse(beside, stem(name) + COMPANION)
        return Original(Path(name).name, data, beside)
    if ending and " " not in name.strip():
        raise BadArticle(f"Files of type {ending[0]} are not read; use .txt, .md or .html.", file=name)
    said = notes.parse(beside, name + COMPANION) if beside else Notes()
    titled = said if said.title else said.model_copy(update={"title": name.strip()[:300]})
    return Original(f"{slug(name)}.txt", data, notes.dump(titled))


def too_long(name: str, size: int, limits: Limits) -> BadArticle:
    """Return the error for a file over the limit; sizes in bytes."""
    return BadArticle(
        f"The file has {size / 1e6:.1f} MB; the limit is {limits.article_bytes / 1e6:g} MB "
        "(DATELINE_ARTICLE_BYTES).",
        file=name,
    )


def notes_of(original: Original) -> Notes:
    """Return what a file's companion says; raise BadArticle."""
    return notes.parse(original.notes, stem(original.name) + COMPANION) if original.notes else Notes()


def stem(name: str) -> str:
    """Return a file's name without folders and ending."""
    return Path(name).stem


def slug(words: str) -> str:
    """Return words as a key: lower-case ASCII letters and digits joined by hyphens, not too many."""
    plain = unicodedata.normalize("NFKD", Path(words).stem if words.lower().endswith(ENDINGS) else words)
    joined = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
    return joined[:KEY_LETTERS].rstrip("-") or "article"


def write(data_dir: Path, key: str, original: Original) -> str:
    """Write an article and its companion into the articles folder; return its relative path.

    Raises StoreFailed.
    """
    path = data_dir / NAME / f"{key}{Path(original.name).suffix}"
    try:
        if original.notes:
            _write_whole(path.with_suffix(COMPANION), original.notes)
        _write_whole(path, original.data)
    except OSError as error:
        raise StoreFailed(f"{path} cannot be written ({error.strerror}).") from error
    return path.relative_to(data_dir).as_posix()


def _write_whole(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)


def delete(data_dir: Path, relative: str) -> None:
    """Delete an article's file and its companion; raise StoreFailed."""
    path = data_dir / relative
    try:
        path.unlink(missing_ok=True)
        path.with_suffix(COMPANION).unlink(missing_ok=True)
    except OSError as error:
        raise StoreFailed(f"{path} cannot be deleted ({error.strerror}).") from error
