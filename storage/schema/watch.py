"""What was added for the daemon: rhythm, gaps, walls, alarms, its pulse. As it was released: never edited."""

WATCH = """
ALTER TABLE sources ADD COLUMN interval REAL;      -- seconds between two polls, as its rhythm wants it now
ALTER TABLE sources ADD COLUMN rate REAL;          -- new entries an hour, of late
ALTER TABLE sources ADD COLUMN window INTEGER;     -- entries in its last document
ALTER TABLE sources ADD COLUMN ttl REAL;           -- seconds that its last document asks to be left alone
ALTER TABLE sources ADD COLUMN skip_hours TEXT;    -- JSON list of hours, UTC, in which it asks not to be polled
ALTER TABLE sources ADD COLUMN skip_days TEXT;     -- JSON list of days, 0 is Monday
ALTER TABLE sources ADD COLUMN last_read TEXT;     -- when its last document that had changed was read
ALTER TABLE sources ADD COLUMN last_new TEXT;      -- when it announced something new
ALTER TABLE sources ADD COLUMN failing_since TEXT;
ALTER TABLE sources ADD COLUMN look_again TEXT;    -- JSON list of seconds, from config.yaml; NULL: as all others
ALTER TABLE entry_sources ADD COLUMN seen_at TEXT; -- when a document of the source held it last
ALTER TABLE captures ADD COLUMN reason TEXT;       -- why it is a wall, an error, empty
ALTER TABLE captures ADD COLUMN text_sha256 TEXT;  -- of the cleaned text that was read from it
ALTER TABLE captures ADD COLUMN text_length INTEGER;  -- characters
ALTER TABLE articles ADD COLUMN gone_at TEXT;      -- when its page was found gone
DROP INDEX entry_sources_source;
CREATE INDEX entry_sources_source ON entry_sources(source_id, found_at);
CREATE INDEX captures_text ON captures(host, text_sha256) WHERE text_sha256 IS NOT NULL;
CREATE INDEX captures_newest ON captures(fetched_at);
CREATE INDEX sources_next_poll ON sources(next_poll) WHERE active;
DROP INDEX versions_capture;
CREATE INDEX versions_capture ON versions(capture_id, extractor);
-- `status` asks these of a year's archive in a moment
CREATE INDEX captures_visits ON captures(host, fetched_at, kind, status) WHERE via IN ('visit', 'look');
CREATE INDEX captures_odd ON captures(kind) WHERE kind IS NULL OR kind NOT IN ('article', 'source');
CREATE INDEX versions_later ON versions(reason) WHERE reason <> 'published';
CREATE INDEX entries_over ON entries(state, found_at) WHERE state IN ('gone', 'failed');
CREATE INDEX articles_gone ON articles(gone_at) WHERE state = 'gone';
CREATE TABLE gaps (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES sources(id),
    after TEXT NOT NULL,                           -- the last document before it
    before TEXT NOT NULL,                          -- the first one that no longer overlapped
    found_at TEXT NOT NULL
);
CREATE INDEX gaps_source ON gaps(source_id, before);
CREATE TABLE source_days (
    source_id INTEGER NOT NULL REFERENCES sources(id),
    day TEXT NOT NULL,                             -- UTC
    polls INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    new_entries INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source_id, day)
) WITHOUT ROWID;
CREATE TABLE walls (
    id INTEGER PRIMARY KEY,
    host TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,                     -- of a text that stands at several addresses of the host
    reason TEXT NOT NULL,
    title TEXT,
    addresses INTEGER NOT NULL,                    -- at which it was met
    found_at TEXT NOT NULL,
    UNIQUE (host, text_sha256)
);
CREATE TABLE alarms (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,                      -- what is wrong with what
    text TEXT NOT NULL,
    since TEXT NOT NULL,
    told_at TEXT,
    over_at TEXT
);
CREATE TABLE pulse (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    pid INTEGER NOT NULL,
    version TEXT NOT NULL,
    started_at TEXT NOT NULL,
    beat_at TEXT NOT NULL,
    state TEXT NOT NULL,                           -- working, waiting, stopping, stopped
    detail TEXT NOT NULL DEFAULT '{}'              -- JSON: what is wrong with the daemon itself
);
"""
