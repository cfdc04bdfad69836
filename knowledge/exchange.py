"""Archives of articles: a ZIP file with each article as it came and its companion beside it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import PurePosixPath

from knowledge import folder
from knowledge.errors import BadArticle
from knowledge.records import ArticleInfo
from knowledge.settings import Limits
from knowledge.store.articles import Original

#: Files in an archive that are looked at.
MOST_FILES = 20_000


def pack(articles: Iterable[tuple[ArticleInfo, Original]]) -> bytes:
    """Return an archive of articles, each under its key; the same articles give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, original in sorted(articles, key=lambda pair: pair[0].key):
            _put(archive, f"{info.key}{PurePosixPath(original.name).suffix}", original.data)
            if original.notes:
                _put(archive, f"{info.key}{folder.COMPANION}", original.notes)
    return buffer.getvalue()


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(f"{folder.NAME}/{name}")
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def unpack(data: bytes, limits: Limits) -> list[Original]:
    """Return the articles of an archive, without looking into them.

    Raises BadArticle for what is no archive or holds too many or too large files.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {e.filename: e for e in archive.infolist() if not e.is_dir()}
            if len(entries) > MOST_FILES:
                raise BadArticle(f"The archive holds {len(entries)} files; the limit is {MOST_FILES}.")
            names = [name for name in entries if name.lower().endswith(folder.ENDINGS)]
            return [_take(archive, entries, name, limits) for name in sorted(names)]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, EOFError) as error:
        raise BadArticle(f"It is not a ZIP archive that can be read ({error}).") from error


def _take(
    archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], name: str, limits: Limits
) -> Original:
    path = PurePosixPath(name)
    companion = entries.get(str(path.with_suffix(folder.COMPANION)))
    for entry in filter(None, (entries[name], companion)):
        # The archive's own word on sizes; zipfile reads no further than it.
        if entry.file_size > limits.article_bytes:
            raise folder.too_long(entry.filename, entry.file_size, limits)
    return Original(path.name, archive.read(name), archive.read(companion) if companion else b"")


def is_archive(data: bytes) -> bool:
    """Tell whether bytes are a ZIP archive."""
    return zipfile.is_zipfile(io.BytesIO(data))
