-- Articles with what was read in them, and the questions that were asked.
-- Scope 0 is the installation; every other scope is the id of a Discord server. Times are UTC, ISO 8601.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE scopes (
    id INTEGER PRIMARY KEY,
    left_at TEXT
) STRICT;

INSERT INTO scopes (id) VALUES (0);

-- Counts the changes after which questions may be answered differently; another process sees it grow.
INSERT INTO meta (key, value) VALUES ('generation', 0);

-- A changed article gets a new id, so that an id names one version for ever. `original` is the file as it came,
-- deflated, for reading it again with a newer reader; `notes` is its companion file. `layout` is the article
-- without its text, a line of JSON, then its sentences, one a line; deflated. `terms` are the stems by which a question finds the article, once each,
-- joined by spaces.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scope INTEGER NOT NULL REFERENCES scopes (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    file TEXT NOT NULL,
    shipped INTEGER NOT NULL,
    added TEXT NOT NULL,
    original_hash BLOB NOT NULL,
    text_hash BLOB NOT NULL,
    reader INTEGER NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    published TEXT,
    words INTEGER NOT NULL,
    text TEXT NOT NULL,
    terms TEXT NOT NULL,
    name TEXT NOT NULL,
    original BLOB NOT NULL,
    notes BLOB NOT NULL,
    layout BLOB NOT NULL,
    UNIQUE (scope, key)
) STRICT;

CREATE INDEX articles_by_text ON articles (scope, text_hash);

CREATE TABLE entities (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (article, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE facts (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    predicate TEXT NOT NULL,
    sentence INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (article, id)
) STRICT, WITHOUT ROWID;

-- The key's columns come first: some versions of SQLite check the others of such a table wrongly otherwise.
CREATE TABLE intents (
    article INTEGER NOT NULL,
    fact INTEGER NOT NULL,
    role TEXT NOT NULL,
    answer_type TEXT NOT NULL,
    predicate TEXT NOT NULL,
    PRIMARY KEY (article, fact, role, answer_type),
    FOREIGN KEY (article, fact) REFERENCES facts (article, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- `person` is a salted hash. `text` is '' once it was deleted on request; `gist` is the text with case, marks
-- and filler words taken out, by which questions are merged. `closed` says why a gap is open no more.
CREATE TABLE questions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scope INTEGER NOT NULL REFERENCES scopes (id) ON DELETE CASCADE,
    pinned TEXT NOT NULL,
    article TEXT NOT NULL,
    person BLOB,
    text TEXT NOT NULL,
    gist TEXT NOT NULL,
    status TEXT NOT NULL,
    matched TEXT NOT NULL,
    confidence REAL NOT NULL,
    at TEXT NOT NULL,
    closed TEXT
) STRICT;

CREATE INDEX questions_by_scope ON questions (scope, at);
CREATE INDEX questions_by_person ON questions (person) WHERE person IS NOT NULL;

CREATE TABLE votes (
    question INTEGER NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
    person BLOB NOT NULL,
    value INTEGER NOT NULL CHECK (value IN (-1, 1)),
    PRIMARY KEY (question, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX votes_by_person ON votes (person);

-- Settings of servers (channel 0) and channels, one model a row.
CREATE TABLE kept (
    scope INTEGER NOT NULL REFERENCES scopes (id) ON DELETE CASCADE,
    channel INTEGER NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (scope, channel, name)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER article_came AFTER INSERT ON articles
BEGIN UPDATE meta SET value = value + 1 WHERE key = 'generation'; END;

CREATE TRIGGER article_went AFTER DELETE ON articles
BEGIN UPDATE meta SET value = value + 1 WHERE key = 'generation'; END;

CREATE TRIGGER article_changed AFTER UPDATE ON articles
BEGIN UPDATE meta SET value = value + 1 WHERE key = 'generation'; END;

CREATE TRIGGER scope_left AFTER UPDATE OF left_at ON scopes
BEGIN UPDATE meta SET value = value + 1 WHERE key = 'generation'; END;
