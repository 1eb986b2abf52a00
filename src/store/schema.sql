-- The store: one file that any SQLite reader can query. Offsets count Unicode characters of `articles.text`.

-- What the store was made with: 'schema' (its version), 'model' (SHA-256 of the model that labelled the statements).
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE articles (
    id      INTEGER PRIMARY KEY,
    digest  BLOB NOT NULL UNIQUE,  -- SHA-256 of title, date and text
    name    TEXT NOT NULL,         -- the article's id where it came from
    date    TEXT,                  -- day of publication, YYYY-MM-DD
    source  TEXT,                  -- file that it came from
    title   TEXT,
    text    TEXT NOT NULL
);
CREATE INDEX articles_by_date ON articles (date, source);

CREATE TABLE statements (
    id           INTEGER PRIMARY KEY,
    article      INTEGER NOT NULL REFERENCES articles (id),
    sentence     INTEGER NOT NULL,  -- number of the sentence, from 0
    "start"      INTEGER NOT NULL,  -- where the sentence stands in the text
    "end"        INTEGER NOT NULL,  -- one past its last character
    actor        TEXT NOT NULL,     -- the words that name the actor
    actor_start  INTEGER NOT NULL,
    actor_end    INTEGER NOT NULL,
    party        TEXT NOT NULL,     -- code of the party that speaks or acts
    target       TEXT,              -- code of the party it is aimed at
    kind         TEXT NOT NULL,     -- direct, indirect, mixed or action
    stance       TEXT NOT NULL,     -- cooperative, opposed or neutral
    cooperative  REAL NOT NULL,     -- probabilities, which sum to 1
    opposed      REAL NOT NULL,
    neutral      REAL NOT NULL,
    sentiment    REAL NOT NULL,     -- in [-1, 1]
    domestic     INTEGER NOT NULL   -- 1 where the actor speaks about its own side; left out of comparisons
);
CREATE INDEX statements_by_article ON statements (article);
CREATE INDEX statements_by_party ON statements (party, target, article, stance, sentiment, domestic);

-- Every statement with its words and its article, for reading and export.
CREATE VIEW readable AS
SELECT s.id, a.name AS article, a.date, a.source, a.title, s.sentence, s."start", s."end",
       substr(a.text, s."start" + 1, s."end" - s."start") AS text,
       s.actor, s.party, s.target, s.kind, s.stance, s.cooperative, s.opposed, s.neutral, s.sentiment, s.domestic
FROM statements s JOIN articles a ON a.id = s.article;
