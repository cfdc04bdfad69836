"""Make the table of British spellings with their American ones.

Run: python -m training.words.spellings
"""

import json
import re
from functools import cache

from training.words.forms import scowl, zipf
from training.words.output import write_sorted
from training.words.sources import SOURCES

HEADER = """
British spellings and the American ones: form, American form.
Sources: american-british-english-translator 0.2.1 (MIT); the words of Debian's wbritish-large that a rule
below turns into words of wamerican-large (SCOWL, permissive, see NOTICE). Made by: python -m
training.words.spellings
"""
#: Systematic differences; a rewriting counts only between a word of one list and a word of the other.
RULES = (
    (r"is(e|es|ed|ing|er|ers|able|ation|ations|ational)$", r"iz\1"),
    (r"ys(e|es|ed|ing|er|ers)$", r"yz\1"),
    (r"our", "or"),
    (r"tre(s|d)?$", r"ter\1"),
    (r"ll(ed|ing|er|ers)$", r"l\1"),
    (r"ogue(s)?$", r"og\1"),
    (r"ae", "e"),
    (r"oe", "e"),
    (r"ence(s|less)?$", r"ense\1"),
    (r"mme(s)?$", r"m\1"),
    (r"ement(s)?$", r"ment\1"),
)


@cache
def words(variety: str) -> frozenset[str]:
    """Return one country's lower-case words."""
    path = SOURCES / f"w{variety}-large/usr/share/dict/{variety}-english-large"
    return frozenset(
        word for word in path.read_text(encoding="utf-8").split() if word in scowl() and word.islower()
    )


def main() -> None:
    """Write spellings.tsv.gz."""
    data = SOURCES / "american-british-english-translator/package/data/british_spellings.json"
    table: dict[str, str] = json.loads(data.read_text(encoding="utf-8"))
    for word in words("british"):
        for pattern, replacement in RULES:
            american = re.sub(pattern, replacement, word)
            if american == word or american not in words("american"):
                continue
            if word not in words("american") or (
                zipf().get(american, 0) > zipf().get(word, 0) + 0.5 and "iz" in american
            ):
                table.setdefault(word, american)
    write_sorted(
        "spellings.tsv.gz", HEADER, (f"{british}\t{american}" for british, american in sorted(table.items()))
    )
    print(f"  {len(table):,} spellings")


if __name__ == "__main__":
    main()
