r"""Turn a file of plain text, Markdown or HTML into clean text and what is known about it.

Line ends become "\\n" and a byte order mark is dropped here, once; every other character of plain text stays
as it is, so that offsets into `Source.text` are offsets into what a person sees in the file.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Final

from knowledge.model import Frozen

#: The longest text that is read, in bytes of UTF-8.
TEXT_LIMIT: Final = 200_000
#: The longest file that is opened, in bytes: a web page is mostly markup.
FILE_LIMIT: Final = 5_000_000

_PLAIN_SUFFIXES: Final = frozenset({".txt", ".text", ""})
_MARKDOWN_SUFFIXES: Final = frozenset({".md", ".markdown"})
_HTML_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml"})
SUFFIXES: Final = _PLAIN_SUFFIXES | _MARKDOWN_SUFFIXES | _HTML_SUFFIXES

_FRONT_KEYS: Final = ("title", "source", "url", "published")
_FENCE: Final = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
#: Control characters that no text holds; tab, line feed, vertical tab, form feed and return are left out.
_BINARY: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class ReadingError(Exception):
    """An article that cannot be read: what is wrong, where, and what to do about it, in words for people."""

    def __init__(self, what: str, where: str, what_to_do: str) -> None:
        """Keep the three parts; the message joins them."""
        super().__init__(f"{where}: {what} {what_to_do}")
        self.what = what
        self.where = where
        self.what_to_do = what_to_do


class Source(Frozen):
    r"""Clean text with its metadata; `text` has "\\n" line ends and no byte order mark."""

    text: str
    title: str = ""
    source: str = ""
    url: str = ""
    published: dt.date | None = None


def load_source(path: Path) -> Source:
    """Read a .txt, .md or .html file.

    Raises ReadingError for a file that is missing, too long, empty, not text, or of another type.
    """
    where = path.name
    if path.suffix.lower() not in SUFFIXES:
        raise ReadingError(
            f"Files of type {path.suffix!r} cannot be read.", where, "Save the article as .txt, .md or .html."
        )
    try:
        if path.stat().st_size > FILE_LIMIT:
            raise ReadingError(
                f"The file is longer than {FILE_LIMIT // 1_000_000} MB.",
                where,
                "Keep only the article in it.",
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadingError(
            f"The file cannot be opened ({reason}).", where, "Check its name and permissions."
        ) from error
    return parse_source(data, where)


def parse_source(data: bytes, name: str) -> Source:
    """Read a file's bytes; the name's suffix says what they are. Raises ReadingError as `load_source`
    does.
    """
    text = decode(data, name)
    suffix = Path(name).suffix.lower()
    if suffix in _MARKDOWN_SUFFIXES:
        source = _from_markdown(text, name)
    elif suffix in _HTML_SUFFIXES:
        source = _from_html(text, name)
    else:
        source = Source(text=text)
    return checked(source, name)


def checked(source: Source, where: str) -> Source:
    """Return the source. Raises ReadingError where its text is empty, has no letters or is over the limit."""
    if not any(c.isalpha() for c in source.text):
        raise ReadingError("There is no text in it.", where, "Put the article's text into it.")
    size = len(source.text.encode("utf-8", "surrogatepass"))
    if size > TEXT_LIMIT:
        raise ReadingError(
            f"The text has {size // 1000} kB, more than the limit of {TEXT_LIMIT // 1000} kB.",
            where,
            "Split it into several articles.",
        )
    return source


def decode(data: bytes, where: str) -> str:
    r"""Return the text of a file in UTF-8, UTF-16 with a byte order mark, or Windows-1252, with "\\n" line
    ends.

    Raises ReadingError for binary data.
    """
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _BINARY.search(text):
            return re.sub(r"\r\n?", "\n", text)
        break
    raise ReadingError("It is not text in an encoding that can be read.", where, "Save it as UTF-8 text.")


def _from_markdown(text: str, where: str) -> Source:
    """Take the front matter off and drop the markup; a heading keeps its words as a paragraph."""
    fields: dict[str, str] = {}
    body = text
    if found := _FENCE.match(text):
        fields = _front_matter(found[1], where)
        body = text[found.end() :]
    published = fields.pop("published", "")
    return Source(text=_without_markup(body), published=_date(published, where), **fields)


def _front_matter(block: str, where: str) -> dict[str, str]:
    """Return the fields of a front matter block of "key: value" lines."""
    fields: dict[str, str] = {}
    for number, line in enumerate(block.splitlines(), start=2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key, colon, value = line.partition(":")
        key = key.strip().lower()
        if not colon or key not in _FRONT_KEYS:
            raise ReadingError(
                f"The front matter's entry {line.strip()!r} is not known.",
                f"{where}, line {number}",
                f"Use only {', '.join(_FRONT_KEYS)}, each as 'key: value'.",
            )
        if key in fields:
            raise ReadingError(
                f"The front matter gives {key} twice.", f"{where}, line {number}", "Keep one of them."
            )
        fields[key] = _unquoted(value.strip())
    return fields


def _unquoted(value: str) -> str:
    """Drop a pair of quotation marks round a front matter value."""
    paired = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if paired else value


def _date(value: str, where: str) -> dt.date | None:
    """Return an ISO date or the date of an ISO time; None for an empty value."""
    if not value:
        return None
    try:
        return dt.datetime.fromisoformat(value).date()
    except ValueError:
        raise ReadingError(
            f"The published date {value!r} is not a date.", where, "Write it as YYYY-MM-DD."
        ) from None


#: Markdown constructs and what is left of them, in order.
_MARKUP: Final = tuple(
    (re.compile(pattern, re.M | re.S), replacement)
    for pattern, replacement in (
        (r"<!--.*?-->", ""),
        (r"^(?:```|~~~).*?^(?:```|~~~)[ \t]*$", ""),
        (r"!\[[^\]\n]*\]\([^)\n]*\)", ""),
        (r"\[([^\]\n]+)\]\([^)\n]*\)", r"\1"),
        (r"\[([^\]\n]+)\]\[[^\]\n]*\]", r"\1"),
        (r"^[ ]{0,3}\[[^\]\n]+\]:[ \t]+\S.*?$", ""),
        (r"<(https?://[^>\s]+)>", r"\1"),
        (r"^[ ]{0,3}(?:[-*_][ \t]*){3,}$", ""),
        (r"^[ ]{0,3}(?:=+|-{2,})[ \t]*$", ""),
        (r"^[ ]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", r"\n\1\n"),
        (r"^[ ]{0,3}(?:>[ \t]?)+", ""),
        (r"^[ ]{0,3}(?:[*+-]|\d{1,9}[.)])[ \t]+(?=\S)", ""),
        (r"(?<![\w*])(\*\*\*|\*\*|\*)(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])", r"\2"),
        (r"(?<![\w_])(___|__|_)(?=\S)([^_\n]+?)(?<=\S)\1(?![\w_])", r"\2"),
        (r"(?<!`)`([^`\n]+)`(?!`)", r"\1"),
        (r"</?(?:a|abbr|b|br|div|em|i|p|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", ""),
        (r"\\([\\`*_{}\[\]()#+.!>-])", r"\1"),
        (r"\n{3,}", "\n\n"),
    )
)


def _without_markup(text: str) -> str:
    """Return Markdown as plain text, paragraphs apart by a blank line."""
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return text.strip("\n")


def _from_html(text: str, where: str) -> Source:
    """Extract a web page's article; its title becomes the first paragraph."""
    # The extractor takes a fifth of a second to import and most articles do not need it.
    import trafilatura

    page = trafilatura.bare_extraction(
        text, with_metadata=True, include_comments=False, include_tables=False, favor_precision=True
    )
    body = "" if page is None or isinstance(page, dict) else page.text or ""
    if page is None or isinstance(page, dict) or not body.strip():
        raise ReadingError("No article was found in the page.", where, "Copy its text into a .txt file.")
    paragraphs = [re.sub(r"^- ", "", line.strip()) for line in body.split("\n")]
    paragraphs = [line for line in paragraphs if line]
    title = (page.title or "").strip()
    if title and paragraphs[0].casefold() != title.casefold():
        paragraphs.insert(0, title)
    return Source(
        text="\n\n".join(paragraphs),
        title=title,
        source=page.sitename or "",
        url=page.url or "",
        published=_page_date(page.date),
    )


def _page_date(value: str | None) -> dt.date | None:
    """Return the date that a page's metadata gives, None where it is not one."""
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError:
        return None
