"""From text to articles, entities and facts: the only place that runs the parser."""
