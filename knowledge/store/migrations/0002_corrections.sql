-- What people added to articles or set right in them, apart from what the reader found. An article is named by its
-- key, not by a row, so that corrections outlive every new reading and wait where an article is gone for a while.

CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scope INTEGER NOT NULL REFERENCES scopes (id) ON DELETE CASCADE,
    article TEXT NOT NULL,
    body TEXT NOT NULL,
    person BLOB,
    added TEXT NOT NULL
) STRICT;

CREATE INDEX corrections_by_article ON corrections (scope, article);
