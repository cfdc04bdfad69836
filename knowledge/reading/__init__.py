"""Reading: from an article's text to its sentences, entities and facts. The only room that runs the
parser.
"""

from knowledge.reading.pipeline import READER_VERSION, read
from knowledge.reading.source import ReadingError, Source, load_source, parse_source

__all__ = ["READER_VERSION", "ReadingError", "Source", "load_source", "parse_source", "read"]
