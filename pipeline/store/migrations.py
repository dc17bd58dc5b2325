"""The tables, as numbered steps. A step that has been released is never changed; a new one is added."""

from __future__ import annotations

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE records (
        paper_id TEXT NOT NULL, version INTEGER NOT NULL, record TEXT NOT NULL,
        published TEXT NOT NULL, updated TEXT NOT NULL, seen TEXT NOT NULL,
        PRIMARY KEY (paper_id, version)) WITHOUT ROWID;
    CREATE INDEX records_by_date ON records (published);

    CREATE TABLE candidates (
        paper_id TEXT NOT NULL, topic TEXT NOT NULL,
        stage TEXT NOT NULL CHECK (stage IN ('dropped', 'kept', 'posting', 'posted', 'aside', 'withdrawn')),
        score REAL NOT NULL, why TEXT NOT NULL, judged TEXT NOT NULL,
        post_date TEXT, posted_version INTEGER,
        PRIMARY KEY (paper_id, topic)) WITHOUT ROWID;
    CREATE INDEX candidates_by_topic ON candidates (topic, stage);
    CREATE INDEX candidates_by_post ON candidates (post_date, topic);

    CREATE TABLE documents (
        paper_id TEXT NOT NULL, version INTEGER NOT NULL, document TEXT NOT NULL, outline TEXT NOT NULL,
        read TEXT NOT NULL, PRIMARY KEY (paper_id, version));

    CREATE TABLE reviews (
        paper_id TEXT NOT NULL, version INTEGER NOT NULL, language TEXT NOT NULL, model TEXT NOT NULL,
        review TEXT NOT NULL, written TEXT NOT NULL, PRIMARY KEY (paper_id, version, language));

    CREATE TABLE failures (
        paper_id TEXT PRIMARY KEY, stage TEXT NOT NULL, nights INTEGER NOT NULL, last TEXT NOT NULL,
        reason TEXT NOT NULL, step TEXT NOT NULL, next_try TEXT NOT NULL, gave_up INTEGER NOT NULL) WITHOUT ROWID;

    CREATE TABLE updates (
        paper_id TEXT NOT NULL, version INTEGER NOT NULL, topic TEXT NOT NULL, post_date TEXT NOT NULL,
        changes TEXT NOT NULL, PRIMARY KEY (paper_id, version, topic)) WITHOUT ROWID;
    CREATE INDEX updates_by_post ON updates (post_date, topic);

    CREATE TABLE files (path TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (path, sha256)) WITHOUT ROWID;

    CREATE TABLE calls (
        id INTEGER PRIMARY KEY, hash TEXT NOT NULL, model TEXT NOT NULL, prompt TEXT NOT NULL, paper_id TEXT NOT NULL,
        run INTEGER NOT NULL, input_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL,
        output_tokens INTEGER NOT NULL, cost REAL NOT NULL, seconds REAL NOT NULL, reply TEXT NOT NULL,
        at TEXT NOT NULL, discarded INTEGER NOT NULL DEFAULT 0);
    CREATE INDEX calls_by_hash ON calls (hash);
    CREATE INDEX calls_by_run ON calls (run);
    CREATE INDEX calls_by_time ON calls (at);

    CREATE TABLE memory (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE runs (id INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT, report TEXT);

    CREATE TABLE coverage (
        topic TEXT PRIMARY KEY, since TEXT NOT NULL, until TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE hauls (
        topic TEXT NOT NULL, day TEXT NOT NULL, found INTEGER NOT NULL, PRIMARY KEY (topic, day)) WITHOUT ROWID;

    CREATE TABLE ratings (
        paper_id TEXT NOT NULL, topic TEXT NOT NULL, rating TEXT NOT NULL CHECK (rating IN ('keep', 'skip')),
        at TEXT NOT NULL, title TEXT NOT NULL, abstract TEXT NOT NULL,
        PRIMARY KEY (paper_id, topic)) WITHOUT ROWID;
    """,
    # Where an earlier version of a paper was shown; and all places, of earlier versions and of the present ones.
    """
    CREATE TABLE shown (
        paper_id TEXT NOT NULL, topic TEXT NOT NULL, post_date TEXT NOT NULL, version INTEGER NOT NULL,
        score REAL NOT NULL, why TEXT NOT NULL, PRIMARY KEY (paper_id, topic, post_date)) WITHOUT ROWID;
    CREATE INDEX shown_by_post ON shown (post_date, topic);

    CREATE VIEW places AS
        SELECT paper_id, topic, post_date, posted_version AS version, score, why FROM candidates
            WHERE stage IN ('posting', 'posted')
        UNION ALL
        SELECT paper_id, topic, post_date, version, score, why FROM shown WHERE NOT EXISTS (
            SELECT 1 FROM candidates AS now WHERE now.paper_id = shown.paper_id AND now.topic = shown.topic
                AND now.post_date = shown.post_date AND now.stage IN ('posting', 'posted'));
    """,
    # Reasons as rows of (kind, phrase, weight) in place of a sentence; sentences of before stay as one reason.
    """
    DROP VIEW places;
    ALTER TABLE candidates RENAME COLUMN why TO reasons;
    ALTER TABLE shown RENAME COLUMN why TO reasons;
    UPDATE candidates SET reasons = CASE reasons WHEN '' THEN '[]'
        ELSE json_array(json_array('sentence', reasons, 0.0)) END;
    UPDATE shown SET reasons = CASE reasons WHEN '' THEN '[]'
        ELSE json_array(json_array('sentence', reasons, 0.0)) END;

    CREATE VIEW places AS
        SELECT paper_id, topic, post_date, posted_version AS version, score, reasons FROM candidates
            WHERE stage IN ('posting', 'posted')
        UNION ALL
        SELECT paper_id, topic, post_date, version, score, reasons FROM shown WHERE NOT EXISTS (
            SELECT 1 FROM candidates AS now WHERE now.paper_id = shown.paper_id AND now.topic = shown.topic
                AND now.post_date = shown.post_date AND now.stage IN ('posting', 'posted'));
    """,
    # Calls whose price was unknown; their cost is no 0 USD.
    """
    ALTER TABLE calls ADD COLUMN priced INTEGER NOT NULL DEFAULT 1;
    """,
    # Full-text search, and which version and review of a paper are in it.
    """
    CREATE VIRTUAL TABLE search USING fts5(
        title, abstract, review, captions, tokenize = 'porter unicode61');
    INSERT INTO search (search, rank) VALUES ('rank', 'bm25(8.0, 2.0, 2.0, 1.0)');
    CREATE TABLE indexed (
        id INTEGER PRIMARY KEY, paper_id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
        written TEXT NOT NULL, submitted TEXT NOT NULL);
    """,
    # Announcements that a topic has seen whole in place of a window of submissions, whose newest days were
    # never complete; and records of the announcement feed, which lack comment and time until they are filled.
    """
    CREATE TABLE announcements (
        topic TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (topic, day)) WITHOUT ROWID;
    INSERT INTO announcements SELECT topic, date(until, '-6 days') FROM coverage;
    DROP TABLE coverage;

    CREATE TABLE incomplete (
        paper_id TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (paper_id, version)) WITHOUT ROWID;
    """,
    # A model's opinions of uncertain papers, and the statistics that papers are compared with.
    """
    CREATE TABLE opinions (
        paper_id TEXT NOT NULL, topic TEXT NOT NULL, grade INTEGER NOT NULL, reason TEXT NOT NULL,
        at TEXT NOT NULL, PRIMARY KEY (topic, paper_id)) WITHOUT ROWID;
    CREATE TABLE backgrounds (papers INTEGER NOT NULL, statistics BLOB NOT NULL);
    """,
    # What a reader has marked as read.
    """
    CREATE TABLE marks (paper_id TEXT PRIMARY KEY, read TEXT NOT NULL) WITHOUT ROWID;
    """,
    # Announcements of which only OAI-PMH can still tell the late papers; since when a topic follows its categories.
    """
    ALTER TABLE announcements ADD COLUMN lacks_late INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE followed (
        topic TEXT PRIMARY KEY, categories TEXT NOT NULL, since TEXT NOT NULL) WITHOUT ROWID;
    """,
    # How many papers off topic were forgotten, by topic and day of submission: what the trends count.
    """
    CREATE TABLE forgotten (
        topic TEXT NOT NULL, day TEXT NOT NULL, papers INTEGER NOT NULL, PRIMARY KEY (topic, day)) WITHOUT ROWID;
    """,
    # What the archive asks on each search: which papers have changed since they were indexed.
    """
    CREATE INDEX records_by_paper ON records (paper_id, version);
    CREATE INDEX reviews_by_paper ON reviews (paper_id, written);
    """,
)
