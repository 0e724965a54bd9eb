"""What was added for back-fills: what is asked for, the ways walked, their documents, what they announced."""

PAST = """
-- The past of a site, or of one source, that is to be brought in.
CREATE TABLE backfills (
    id INTEGER PRIMARY KEY,
    target TEXT NOT NULL,                      -- as it was named: a site, or the address of a source
    base TEXT NOT NULL,                        -- the site's front page
    site TEXT NOT NULL,
    source_id INTEGER REFERENCES sources(id),  -- where one source was named
    gap_id INTEGER UNIQUE REFERENCES gaps(id), -- that it fills by itself
    since TEXT NOT NULL,                       -- the first day, UTC
    until TEXT NOT NULL,                       -- the last day
    most INTEGER,                              -- addresses that are asked for at most
    via TEXT NOT NULL DEFAULT '[]',            -- JSON list of ways; empty: they are found out
    dry INTEGER NOT NULL DEFAULT 0,            -- 1: documents are read, and no page is asked for
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'cancelled', 'done')),
    added_at TEXT NOT NULL,
    ended_at TEXT
);
CREATE INDEX backfills_running ON backfills(id) WHERE state = 'running';
CREATE INDEX backfills_site ON backfills(site);
-- One way into the past, of one back-fill.
CREATE TABLE walks (
    id INTEGER PRIMARY KEY,
    backfill_id INTEGER NOT NULL REFERENCES backfills(id),
    way TEXT NOT NULL CHECK (way IN ('sitemap', 'feed', 'api', 'listing', 'wayback')),
    place INTEGER NOT NULL,                    -- in the order in which they are tried
    state TEXT NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'walking', 'done', 'none', 'not needed', 'failed')),
    form TEXT NOT NULL DEFAULT '',             -- what it turned out to be, for people
    notes TEXT NOT NULL DEFAULT '{}',          -- JSON: what the way remembers
    asked INTEGER NOT NULL DEFAULT 0,          -- documents that were asked for
    announced INTEGER NOT NULL DEFAULT 0,      -- addresses in them, those outside of the span included
    oldest TEXT,
    newest TEXT,
    reached INTEGER,                           -- 1: it goes back to the first day
    why TEXT,                                  -- it is none, or it ended
    UNIQUE (backfill_id, way)
);
-- One document of a way: a sitemap, a page of a feed, an answer of an API.
CREATE TABLE steps (
    id INTEGER PRIMARY KEY,
    walk_id INTEGER NOT NULL REFERENCES walks(id),
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    body TEXT NOT NULL DEFAULT '',             -- JSON that is posted; empty: it is a GET
    reads TEXT NOT NULL,                       -- how it is read
    place TEXT NOT NULL DEFAULT '{}',          -- JSON: where it stands on its way
    state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'failed', 'not needed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try TEXT,
    announced INTEGER,
    last_error TEXT,
    UNIQUE (walk_id, url, body)
);
CREATE INDEX steps_todo ON steps(walk_id, next_try) WHERE state = 'new';
-- An address that a way announced, of the span as far as is known.
CREATE TABLE finds (
    entry_id INTEGER NOT NULL REFERENCES entries(id),
    walk_id INTEGER NOT NULL REFERENCES walks(id),
    day TEXT,                                  -- of publication, as it was announced
    PRIMARY KEY (entry_id, walk_id)
) WITHOUT ROWID;
CREATE INDEX finds_walk ON finds(walk_id, day);
-- What a way announced and nobody asks for, counted: outside of the span, elsewhere than on the site.
CREATE TABLE walk_days (
    walk_id INTEGER NOT NULL REFERENCES walks(id),
    day TEXT NOT NULL,                         -- and the word behind it: '2025-03-14 outside', ' elsewhere'
    number INTEGER NOT NULL,
    PRIMARY KEY (walk_id, day)
) WITHOUT ROWID;
ALTER TABLE entries ADD COLUMN walk_id INTEGER REFERENCES walks(id);  -- asked for by it alone; NULL: as news
ALTER TABLE entries ADD COLUMN memento TEXT;   -- address of a web archive's copy, asked for in the page's place
ALTER TABLE captures ADD COLUMN step_id INTEGER REFERENCES steps(id);  -- the document of a back-fill that it is
ALTER TABLE captures ADD COLUMN memento TEXT;  -- address of the web archive's copy that it was had from
ALTER TABLE gaps ADD COLUMN backfill_id INTEGER REFERENCES backfills(id);  -- that fills it; NULL: none yet
DROP INDEX entries_todo;
CREATE INDEX entries_todo ON entries(state, next_visit)
    WHERE state IN ('new', 'fetched', 'refused', 'empty') AND walk_id IS NULL;
CREATE INDEX entries_past ON entries(walk_id) WHERE state IN ('new', 'fetched') AND walk_id IS NOT NULL;
CREATE INDEX entries_unread ON entries(capture_id) WHERE state = 'fetched';
CREATE INDEX captures_step ON captures(step_id) WHERE step_id IS NOT NULL;
"""
NEW = ("backfills", "walks", "steps", "finds", "walk_days")
