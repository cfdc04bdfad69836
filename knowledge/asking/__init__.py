"""Question to answer: facts are indexed, questions framed, candidates matched and one is said, or none."""

from knowledge.asking.engine import consider
from knowledge.asking.index import ArticleIndex, build
from knowledge.asking.intents import Intent, intents
from knowledge.asking.library import Library, ask, complete

__all__ = ["ArticleIndex", "Intent", "Library", "ask", "build", "complete", "consider", "intents"]
