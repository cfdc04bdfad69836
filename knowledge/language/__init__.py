"""What is known about English and the world before any article is read: the parser's model and word tables.

Public names live in the modules: lexicon (lemmas, senses, relations), inflection, gazetteer (places, names,
titles, units, numbers). Every table loads on first use.
"""
