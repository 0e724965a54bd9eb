-- An archive as commit 75ec3cb made it: m001 to m009.
-- file: archive.db
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    kind TEXT CHECK (kind IN ('feed', 'sitemap', 'listing')),
    site TEXT,
    title TEXT,
    parent_id INTEGER REFERENCES sources(id),  -- the sitemap index that named this sitemap
    active INTEGER NOT NULL DEFAULT 1,         -- 0: no longer in config.yaml
    every REAL,                                -- seconds, from config.yaml
    etag TEXT,
    last_modified TEXT,
    body_sha256 TEXT,                          -- of the last document that was read
    next_poll TEXT,
    last_poll TEXT,
    last_ok TEXT,
    failures INTEGER NOT NULL DEFAULT 0,       -- in a row
    last_error TEXT,
    added_at TEXT NOT NULL
, interval REAL, rate REAL, window INTEGER, ttl REAL, skip_hours TEXT, skip_days TEXT, last_read TEXT, last_new TEXT, failing_since TEXT, look_again TEXT);
CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,                  -- what is asked for
    key TEXT NOT NULL UNIQUE,                  -- what tells two addresses of one page are one
    host TEXT NOT NULL,
    guid TEXT,
    title TEXT,
    published TEXT,
    published_raw TEXT,
    published_precision TEXT,
    updated TEXT,
    authors TEXT,                              -- JSON list
    tags TEXT,                                 -- JSON list
    language TEXT,
    content TEXT,                              -- HTML of the whole piece, where the source carries it
    announced_in INTEGER REFERENCES captures(id),  -- the source's document that said so last
    found_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'new'
        CHECK (state IN ('new', 'fetched', 'done', 'empty', 'gone', 'refused', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_visit TEXT,
    last_error TEXT,
    capture_id INTEGER REFERENCES captures(id),  -- the newest capture of its page
    etag TEXT,
    last_modified TEXT
, walk_id INTEGER REFERENCES walks(id), memento TEXT);
CREATE TABLE entry_sources (
    entry_id INTEGER NOT NULL REFERENCES entries(id),
    source_id INTEGER NOT NULL REFERENCES sources(id),
    found_at TEXT NOT NULL, seen_at TEXT,
    PRIMARY KEY (entry_id, source_id)
) WITHOUT ROWID;
CREATE TABLE captures (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER REFERENCES entries(id),
    source_id INTEGER REFERENCES sources(id),
    first_page_id INTEGER REFERENCES captures(id),  -- of a later page of a multi-page article
    url TEXT NOT NULL,
    final_url TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,                     -- JSON list of [name, value]
    content_type TEXT,
    sha256 TEXT NOT NULL,                      -- of the body, kept in raw/<year-month of fetched_at>.db
    size INTEGER NOT NULL,
    kind TEXT CHECK (kind IN ('source', 'article', 'listing', 'empty', 'wall', 'gone', 'error')),
    via TEXT NOT NULL,                         -- poll, visit, look, next-page
    elapsed REAL
, host TEXT, reason TEXT, text_sha256 TEXT, text_length INTEGER, charset TEXT, charset_by TEXT, replaced INTEGER, import_id INTEGER REFERENCES imports(id), payload_digest TEXT, body_gone TEXT, body_gone_at TEXT, step_id INTEGER REFERENCES steps(id), memento TEXT);
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL UNIQUE,
    site TEXT,
    title TEXT NOT NULL,
    published TEXT,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    next_look TEXT,
    looks INTEGER NOT NULL DEFAULT 0,
    version_id INTEGER REFERENCES versions(id),
    entry_id INTEGER REFERENCES entries(id),   -- the page that is looked at again
    found_on TEXT,                             -- the page it was read on while its own was not
    state TEXT NOT NULL DEFAULT 'current' CHECK (state IN ('current', 'gone'))
, gone_at TEXT, story_id INTEGER, related INTEGER NOT NULL DEFAULT 0);
CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id),
    capture_id INTEGER NOT NULL REFERENCES captures(id),
    number INTEGER NOT NULL,                   -- from 1, in each article
    title TEXT NOT NULL,
    text TEXT NOT NULL,                        -- paragraphs joined by a blank line
    kinds TEXT NOT NULL,                       -- JSON list: p, h, li, quote, tr, pre; one a paragraph
    authors TEXT NOT NULL,                     -- JSON list
    published TEXT,
    published_raw TEXT,
    published_precision TEXT,
    modified TEXT,
    source TEXT,
    section TEXT,
    tags TEXT NOT NULL,                        -- JSON list
    captions TEXT NOT NULL,                    -- JSON list of {text, credit}
    language TEXT,
    lead TEXT,
    text_sha256 TEXT NOT NULL,
    extractor TEXT NOT NULL,
    rule_revision TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('published', 'edited', 're-extracted')),
    created_at TEXT NOT NULL, memory_revision TEXT NOT NULL DEFAULT '', image TEXT, paywalled INTEGER, places TEXT, run_id INTEGER REFERENCES runs(id), changed_by TEXT, edits TEXT,
    UNIQUE (article_id, number)
);
CREATE TABLE hosts (
    origin TEXT PRIMARY KEY,
    robots_status INTEGER,
    robots_body BLOB,
    robots_fetched_at TEXT,
    closed_until TEXT,
    closed_reason TEXT
);
CREATE TABLE memories (
    id INTEGER PRIMARY KEY,
    host TEXT NOT NULL,
    revision TEXT NOT NULL,                    -- of the profile's content
    profile TEXT NOT NULL,                     -- JSON: the furniture of the host's pages
    pages INTEGER NOT NULL,                    -- it was learnt from
    capture_id INTEGER NOT NULL REFERENCES captures(id),  -- the newest of them
    built_at TEXT NOT NULL,
    UNIQUE (host, revision)
);
CREATE TABLE gaps (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES sources(id),
    after TEXT NOT NULL,                           -- the last document before it
    before TEXT NOT NULL,                          -- the first one that no longer overlapped
    found_at TEXT NOT NULL
, backfill_id INTEGER REFERENCES backfills(id));
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
CREATE TABLE rules (
    revision TEXT PRIMARY KEY,                 -- as in versions.rule_revision, before any `+`
    name TEXT NOT NULL,                        -- of the file, without .yaml
    text TEXT NOT NULL,
    kept_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    scope TEXT NOT NULL,                       -- JSON: which articles were asked for
    program TEXT NOT NULL,                     -- the newskeep that read
    counts TEXT NOT NULL,                      -- JSON: site -> verdict -> articles
    applied_at TEXT NOT NULL,
    undone_at TEXT
);
CREATE TABLE withdrawn (
    id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    capture_id INTEGER NOT NULL REFERENCES captures(id),
    run_id INTEGER REFERENCES runs(id),
    created_at TEXT NOT NULL,
    withdrawn_at TEXT NOT NULL,
    why TEXT NOT NULL,
    version TEXT NOT NULL,                     -- JSON: its row in `versions`
    article TEXT NOT NULL                      -- JSON: the row of its article then, in `articles`
);
CREATE TABLE imports (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,                        -- as it was named, absolute
    kind TEXT NOT NULL CHECK (kind IN ('warc', 'wacz', 'folder', 'archive')),
    size INTEGER NOT NULL,                     -- bytes; with `mark` it tells whether the same file is imported again
    mark TEXT NOT NULL,                        -- a digest of its beginning and end
    choice TEXT NOT NULL DEFAULT '{}',         -- JSON: the sites and days that were asked for
    done INTEGER NOT NULL DEFAULT 0,           -- bytes, files or rows behind which all is kept: where to go on
    within INTEGER NOT NULL DEFAULT 0,         -- records that are kept of the compressed member that begins there
    counts TEXT NOT NULL DEFAULT '{}',         -- JSON: what became of its records
    started_at TEXT NOT NULL,
    ended_at TEXT,
    UNIQUE (mark, size, choice)
);
CREATE TABLE import_faults (
    import_id INTEGER NOT NULL REFERENCES imports(id),
    place TEXT NOT NULL,                       -- offset of the record, or name of the file
    error TEXT NOT NULL,
    PRIMARY KEY (import_id, place)
) WITHOUT ROWID;
CREATE TABLE sketches (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id),
    text_sha256 TEXT NOT NULL,                 -- of the version it was made from
    size INTEGER NOT NULL,                     -- different word triples of the text
    sketch BLOB NOT NULL
);
CREATE TABLE sketch_hashes (                   -- of each sketch again, to look up
    hash INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (hash, article_id)
) WITHOUT ROWID;
CREATE TABLE story_links (
    article_id INTEGER NOT NULL REFERENCES articles(id),   -- the one that had it later
    other_id INTEGER NOT NULL REFERENCES articles(id),     -- the one that had it first
    share REAL NOT NULL,                       -- of the article's text that stands in the other's, 0 to 1
    other_share REAL NOT NULL,                 -- of the other's text that stands in the article's
    linked_at TEXT NOT NULL,
    PRIMARY KEY (article_id, other_id)
) WITHOUT ROWID;
CREATE TABLE story_parts (
    article_id INTEGER NOT NULL REFERENCES articles(id),   -- the round-up
    other_id INTEGER NOT NULL REFERENCES articles(id),     -- an article that stands in it
    share REAL NOT NULL,                       -- of the round-up's text that stands in the other's, 0 to 1
    other_share REAL NOT NULL,
    linked_at TEXT NOT NULL,
    PRIMARY KEY (article_id, other_id)
) WITHOUT ROWID;
CREATE TABLE unlinked (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    linked_at TEXT NOT NULL,
    unlinked_at TEXT NOT NULL
);
CREATE TABLE tombstones (
    key TEXT PRIMARY KEY,                      -- of the address: what tells two addresses of one page are one
    url TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    why TEXT NOT NULL DEFAULT '',
    bodies TEXT NOT NULL DEFAULT '[]',         -- JSON list: SHA-256 of the bodies that were removed with it
    done_at TEXT                               -- when the last of it was removed; NULL: to be gone on with
) WITHOUT ROWID;
CREATE TABLE totals (
    what TEXT NOT NULL,                        -- articles, versions
    kind TEXT NOT NULL,                        -- articles.state, versions.reason
    n INTEGER NOT NULL,
    PRIMARY KEY (what, kind)
) WITHOUT ROWID;
CREATE TABLE seals (
    name TEXT NOT NULL,           -- of the table
    a NOT NULL,                   -- the row's primary key
    b NOT NULL,                   -- its second column, '' where it has one alone
    digest INTEGER,               -- 64 bits over the row; NULL: written and not sealed yet
    PRIMARY KEY (name, a, b)
) WITHOUT ROWID;
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
CREATE TABLE finds (
    entry_id INTEGER NOT NULL REFERENCES entries(id),
    walk_id INTEGER NOT NULL REFERENCES walks(id),
    day TEXT,                                  -- of publication, as it was announced
    PRIMARY KEY (entry_id, walk_id)
) WITHOUT ROWID;
CREATE TABLE walk_days (
    walk_id INTEGER NOT NULL REFERENCES walks(id),
    day TEXT NOT NULL,                         -- and the word behind it: '2025-03-14 outside', ' elsewhere'
    number INTEGER NOT NULL,
    PRIMARY KEY (walk_id, day)
) WITHOUT ROWID;
INSERT INTO _sqlite_migrations VALUES (1, 'newskeep', 'm001_first', '2026-11-22 16:54:23.529412+00:00');
INSERT INTO _sqlite_migrations VALUES (2, 'newskeep', 'm002_memories', '2026-11-22 16:54:23.530573+00:00');
INSERT INTO _sqlite_migrations VALUES (3, 'newskeep', 'm003_image_and_paywall', '2026-11-22 16:54:23.531485+00:00');
INSERT INTO _sqlite_migrations VALUES (4, 'newskeep', 'm004_places', '2026-11-22 16:54:23.532224+00:00');
INSERT INTO _sqlite_migrations VALUES (5, 'newskeep', 'm005_watch', '2026-11-22 16:54:23.537456+00:00');
INSERT INTO _sqlite_migrations VALUES (6, 'newskeep', 'm006_keep', '2026-11-22 16:54:23.545233+00:00');
INSERT INTO _sqlite_migrations VALUES (7, 'newskeep', 'm007_precision', '2026-11-22 16:54:23.545857+00:00');
INSERT INTO _sqlite_migrations VALUES (8, 'newskeep', 'm008_seals', '2026-11-22 16:54:23.551768+00:00');
INSERT INTO _sqlite_migrations VALUES (9, 'newskeep', 'm009_past', '2026-11-22 16:54:23.561672+00:00');
INSERT INTO sources VALUES (1, 'http://e.org/feed', 'feed', 'e.org', 'Town', NULL, 1, NULL, '"-6401315571751258348"', NULL, 'b4a8e4de49705dfa5aab47302db8744e4bff0ba3ace1812afa2fe30b558a9916', '2026-11-22T14:14:27.164372+00:00', '2026-11-22T14:00:00+00:00', '2026-11-22T14:00:00+00:00', 0, NULL, '2026-11-22T16:54:23.599141+00:00', 8.67164372301954131192e+02, 4.60022207314661646382e-01, 5, NULL, '[]', '[]', '2026-11-22T12:00:00+00:00', '2026-11-22T12:00:00+00:00', NULL, NULL);
INSERT INTO entries VALUES (1, 'http://e.org/boats', 'e.org/boats', 'e.org', 'http://e.org/boats', 'Boats dredge the harbour', NULL, NULL, NULL, NULL, '[]', '[]', NULL, NULL, 1, '2026-11-22T12:00:00+00:00', 'done', 0, NULL, NULL, 6, '"-1503482554867982949"', NULL, NULL, NULL);
INSERT INTO entries VALUES (2, 'http://e.org/herons', 'e.org/herons', 'e.org', NULL, 'Herons at the marsh', '2026-11-21T10:00:00+00:00', 'Sat, 21 Nov 2026 10:00:00 GMT', 'minute', NULL, '[]', '[]', NULL, NULL, 1, '2026-11-22T12:00:00+00:00', 'done', 0, NULL, NULL, 3, '"3318075255857160427"', NULL, NULL, NULL);
INSERT INTO entries VALUES (3, 'http://e.org/bakery', 'e.org/bakery', 'e.org', NULL, 'Bakery opens earlier', NULL, NULL, NULL, NULL, '[]', '[]', NULL, '<p>The bakery on the square opens an hour earlier from next week, its owner said on Friday.</p><p>She has hired two apprentices, and the ovens that stood idle since the summer are to be lit again.</p><p>The early train brings more people to the town than it used to, and most of them are hungry.</p>', 1, '2026-11-22T12:00:00+00:00', 'new', 2, '2026-11-22T14:15:00+00:00', 'http://e.org/bakery: answered 503', NULL, NULL, NULL, NULL, NULL);
INSERT INTO entries VALUES (4, 'http://e.org/gone', 'e.org/gone', 'e.org', NULL, 'Gone', NULL, NULL, NULL, NULL, '[]', '[]', NULL, NULL, 1, '2026-11-22T12:00:00+00:00', 'gone', 1, NULL, 'http://e.org/gone: answered 410', NULL, NULL, NULL, NULL, NULL);
INSERT INTO entries VALUES (5, 'http://e.org/empty', 'e.org/empty', 'e.org', NULL, 'Empty', NULL, NULL, NULL, NULL, '[]', '[]', NULL, NULL, 1, '2026-11-22T12:00:00+00:00', 'empty', 1, '2026-11-22T18:00:00+00:00', 'no text that could be an article''s', 5, NULL, NULL, NULL, NULL);
INSERT INTO entry_sources VALUES (1, 1, '2026-11-22T12:00:00+00:00', '2026-11-22T12:00:00+00:00');
INSERT INTO entry_sources VALUES (2, 1, '2026-11-22T12:00:00+00:00', '2026-11-22T12:00:00+00:00');
INSERT INTO entry_sources VALUES (3, 1, '2026-11-22T12:00:00+00:00', '2026-11-22T12:00:00+00:00');
INSERT INTO entry_sources VALUES (4, 1, '2026-11-22T12:00:00+00:00', '2026-11-22T12:00:00+00:00');
INSERT INTO entry_sources VALUES (5, 1, '2026-11-22T12:00:00+00:00', '2026-11-22T12:00:00+00:00');
INSERT INTO captures VALUES (1, NULL, 1, NULL, 'http://e.org/feed', 'http://e.org/feed', '2026-11-22T12:00:00+00:00', 200, '[["content-type","text/html; charset=utf-8"],["etag","\"-6401315571751258348\""]]', 'text/html; charset=utf-8', 'b4a8e4de49705dfa5aab47302db8744e4bff0ba3ace1812afa2fe30b558a9916', 937, 'source', 'poll', 0.0, 'e.org', NULL, NULL, NULL, 'utf-8', 'header', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO captures VALUES (2, 1, NULL, NULL, 'http://e.org/boats', 'http://e.org/boats', '2026-11-22T12:00:00+00:00', 200, '[["content-type","text/html; charset=utf-8"],["etag","\"-7299015552217631944\""]]', 'text/html; charset=utf-8', '0e5aae17921e38159810e89c54b7716d0141f754b92b7a9affa264797e94e1d9', 579, 'article', 'visit', 0.0, 'e.org', NULL, '37340a2dd8b60aa1da8ed4e0b6e1ff5337c68e544be03e991f238cb37b25983e', 317, 'utf-8', 'header', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO captures VALUES (3, 2, NULL, NULL, 'http://e.org/herons', 'http://e.org/herons', '2026-11-22T12:00:00+00:00', 200, '[["content-type","text/html; charset=utf-8"],["etag","\"3318075255857160427\""]]', 'text/html; charset=utf-8', '44d4c6247724794ceefb478d8806087d15244fd8896bc242cbabaf04e4c548ad', 451, 'article', 'visit', 0.0, 'e.org', NULL, '853550a99d584565d056283197afa6d8ff11d1a78c3eaebf667bfb50a0856cbb', 314, 'utf-8', 'header', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO captures VALUES (4, 4, NULL, NULL, 'http://e.org/gone', 'http://e.org/gone', '2026-11-22T12:00:00+00:00', 410, '[["content-type","text/html; charset=utf-8"],["etag","\"0\""]]', 'text/html; charset=utf-8', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0, 'gone', 'visit', 0.0, 'e.org', 'answered 410', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO captures VALUES (5, 5, NULL, NULL, 'http://e.org/empty', 'http://e.org/empty', '2026-11-22T12:00:00+00:00', 200, '[["content-type","text/html; charset=utf-8"],["etag","\"-5624160900552380188\""]]', 'text/html; charset=utf-8', '1c5f8b29dfa4a0332c35ce97cf9e2a5e995a77729f1c26ef896ae0b37712a48b', 71, 'empty', 'visit', 0.0, 'e.org', 'no text that could be an article''s', NULL, NULL, 'utf-8', 'header', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO captures VALUES (6, 1, NULL, NULL, 'http://e.org/boats', 'http://e.org/boats', '2026-11-22T14:00:00+00:00', 200, '[["content-type","text/html; charset=utf-8"],["etag","\"-1503482554867982949\""]]', 'text/html; charset=utf-8', '784f1a0eec5d5a09906adb350953cff69da4f256121cf6af0fd1867c22608222', 593, 'article', 'look', 0.0, 'e.org', NULL, '5d31399c661de110ebecf89eef2cee4d8b4437e0647ddb325b27ae100c189e63', 319, 'utf-8', 'header', 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO articles VALUES (1, 'http://e.org/boats', 'e.org/boats', 'e.org', 'Three boats dredge the harbour', '2026-11-21T08:30:00+01:00', '2026-11-22T12:00:00+00:00', '2026-11-22T14:00:00+00:00', '2026-11-22T15:00:00+00:00', 1, 3, 1, NULL, 'current', NULL, NULL, 1);
INSERT INTO articles VALUES (2, 'http://e.org/herons', 'e.org/herons', 'e.org', 'Herons at the marsh', '2026-11-21T10:00:00+00:00', '2026-11-22T12:00:00+00:00', '2026-11-22T14:00:00+00:00', '2026-11-22T15:00:00+00:00', 1, 2, 2, NULL, 'current', NULL, NULL, 1);
INSERT INTO versions VALUES (1, 1, 2, 1, 'Boats dredge the harbour', 'Two boats began to dredge the harbour on Monday, and the council said that the work would last until spring.

The harbour has silted up since the river was straightened, and ferries have had to wait for the tide.

Fishermen welcomed the work, though some of them doubted that it would be finished before the ice came.', '["p","p","p"]', '["Ada Reed"]', '2026-11-21T08:30:00+01:00', '2026-11-21T08:30:00+01:00', 'minute', NULL, NULL, NULL, '[]', '[]', NULL, NULL, 'bc3c6523a83cc6827beee07d0f19c1fa8f2a42681b138ff1e97d7c628939a9d6', 'generic', '0.1.0-bd9445fb', 'published', '2026-11-22T12:00:00+00:00', '', NULL, NULL, '["body>article:nth-child(1)>p:nth-child(2)","body>article:nth-child(1)>p:nth-child(3)","body>article:nth-child(1)>p:nth-child(4)"]', NULL, NULL, NULL);
INSERT INTO versions VALUES (2, 2, 3, 1, 'Herons at the marsh', 'Nine herons were counted at the marsh on Sunday morning by volunteers who had walked there before dawn.

The count has been held each winter since the railway closed, and this one was the best in twenty years.

A warden said that the new reed beds had made the difference, and that otters had been seen there, too.', '["p","p","p"]', '[]', '2026-11-21T10:00:00+00:00', 'Sat, 21 Nov 2026 10:00:00 GMT', 'minute', NULL, NULL, NULL, '[]', '[]', NULL, NULL, '58ccc7c413d9910f60e487be6297b4958eff942ff60c00637d94f470ab64f139', 'generic', '0.1.0-bd9445fb', 'published', '2026-11-22T12:00:00+00:00', '', NULL, NULL, '["body>article:nth-child(1)>p:nth-child(2)","body>article:nth-child(1)>p:nth-child(3)","body>article:nth-child(1)>p:nth-child(4)"]', NULL, NULL, NULL);
INSERT INTO versions VALUES (3, 1, 6, 2, 'Three boats dredge the harbour', 'Three boats began to dredge the harbour on Monday, and the council said that the work would last until spring.

The harbour has silted up since the river was straightened, and ferries have had to wait for the tide.

Fishermen welcomed the work, though some of them doubted that it would be finished before the ice came.', '["p","p","p"]', '["Ada Reed"]', '2026-11-21T08:30:00+01:00', '2026-11-21T08:30:00+01:00', 'minute', NULL, NULL, NULL, '[]', '[]', NULL, NULL, '0b5407e31df75da7c63bb6d16040301dfd60b991e1fbf928c4af0d57304ed5bb', 'generic', '0.1.0-bd9445fb', 'edited', '2026-11-22T14:00:00+00:00', '', NULL, NULL, '["body>article:nth-child(1)>p:nth-child(2)","body>article:nth-child(1)>p:nth-child(3)","body>article:nth-child(1)>p:nth-child(4)"]', NULL, 'publisher', '["headline","figure"]');
INSERT INTO source_days VALUES (1, '2026-11-22', 2, 1, 0, 5, 937);
INSERT INTO sketches VALUES (1, '0b5407e31df75da7c63bb6d16040301dfd60b991e1fbf928c4af0d57304ed5bb', 55, X'000000A62D4A4DBA000001690E77D50E000005856B6E9B9A0000110CE1D076C00000166793F29139000016DC58FC1A9100001AF9E160CE14000022B52CBCC1960000276B20A2806C000027D33CC393A000002DBEE4E8D16B00002F2B5E35521100003E3D54E024E9000044E2E8BD92A6000052797B950FDA000055E5BF1A3280000061E02CFD214B00006C90C00F7B9D00007042F9DA7AF300007D87F7BB017D000081D27DE483FB0000829023AFF8BA00008663B070C9390000873E8B79658F');
INSERT INTO sketches VALUES (2, '58ccc7c413d9910f60e487be6297b4958eff942ff60c00637d94f470ab64f139', 56, X'00000833E398AD8C00000E17E833005300000FF2A1B3B26300001AE847A003D900001D4E5BC3D6C50000258F030D2DC400002734407304DB0000289D40B6B93500002EF40DE63DC6000031B27906C1C1000037D9BD198FBD00004564ECE9E0C50000482FCD23D43A000048A112E041B40000503A908416DB000052654476728200005992E0CD165C00005A24C5A94A4A00005E217EC86275000066F95D3F17680000699425835B9000006C0DF59F682B00006EA2A3C5DDC5000073152486F95D');
INSERT INTO sketch_hashes VALUES (713724415418, 1);
INSERT INTO sketch_hashes VALUES (1550725928206, 1);
INSERT INTO sketch_hashes VALUES (6070591200154, 1);
INSERT INTO sketch_hashes VALUES (9018954788236, 2);
INSERT INTO sketch_hashes VALUES (15495842693203, 2);
INSERT INTO sketch_hashes VALUES (17534769410659, 2);
INSERT INTO sketch_hashes VALUES (18747025815232, 1);
INSERT INTO sketch_hashes VALUES (24634119590201, 1);
INSERT INTO sketch_hashes VALUES (25135641533073, 1);
INSERT INTO sketch_hashes VALUES (29584936403929, 2);
INSERT INTO sketch_hashes VALUES (29660530396692, 1);
INSERT INTO sketch_hashes VALUES (32222384215749, 2);
INSERT INTO sketch_hashes VALUES (38161534992790, 1);
INSERT INTO sketch_hashes VALUES (41296161746372, 2);
INSERT INTO sketch_hashes VALUES (43105373062363, 2);
INSERT INTO sketch_hashes VALUES (43341062504556, 1);
INSERT INTO sketch_hashes VALUES (43788211032992, 1);
INSERT INTO sketch_hashes VALUES (44655860693301, 2);
INSERT INTO sketch_hashes VALUES (50297907499371, 1);
INSERT INTO sketch_hashes VALUES (51625740090822, 2);
INSERT INTO sketch_hashes VALUES (51863310651921, 1);
INSERT INTO sketch_hashes VALUES (54642604425665, 2);
INSERT INTO sketch_hashes VALUES (61408319999933, 2);
INSERT INTO sketch_hashes VALUES (68433137902825, 1);
INSERT INTO sketch_hashes VALUES (75741358035622, 1);
INSERT INTO sketch_hashes VALUES (76299773796549, 2);
INSERT INTO sketch_hashes VALUES (79370142340154, 2);
INSERT INTO sketch_hashes VALUES (79856643621300, 2);
INSERT INTO sketch_hashes VALUES (88212462900955, 2);
INSERT INTO sketch_hashes VALUES (90594893787778, 2);
INSERT INTO sketch_hashes VALUES (90681717886938, 1);
INSERT INTO sketch_hashes VALUES (94445242036864, 1);
INSERT INTO sketch_hashes VALUES (98487371634268, 2);
INSERT INTO sketch_hashes VALUES (99113981528650, 2);
INSERT INTO sketch_hashes VALUES (103497953993333, 2);
INSERT INTO sketch_hashes VALUES (107615455355211, 1);
INSERT INTO sketch_hashes VALUES (113221197305704, 2);
INSERT INTO sketch_hashes VALUES (116085005441936, 2);
INSERT INTO sketch_hashes VALUES (118807211239467, 2);
INSERT INTO sketch_hashes VALUES (119368953330589, 1);
INSERT INTO sketch_hashes VALUES (121644811410885, 2);
INSERT INTO sketch_hashes VALUES (123432961997555, 1);
INSERT INTO sketch_hashes VALUES (126534644332893, 2);
INSERT INTO sketch_hashes VALUES (138022930284925, 1);
INSERT INTO sketch_hashes VALUES (142741055243259, 1);
INSERT INTO sketch_hashes VALUES (143555585636538, 1);
INSERT INTO sketch_hashes VALUES (147762720065849, 1);
INSERT INTO sketch_hashes VALUES (148702697710991, 1);
INSERT INTO totals VALUES ('articles', 'current', 2);
INSERT INTO totals VALUES ('versions', 'edited', 1);
INSERT INTO totals VALUES ('versions', 'published', 2);
INSERT INTO seals VALUES ('_sqlite_migrations', 1, '', 4348794496717161648);
INSERT INTO seals VALUES ('_sqlite_migrations', 2, '', 8475957863294454081);
INSERT INTO seals VALUES ('_sqlite_migrations', 3, '', -2545381123310582651);
INSERT INTO seals VALUES ('_sqlite_migrations', 4, '', 7296290193561835911);
INSERT INTO seals VALUES ('_sqlite_migrations', 5, '', 2978631811889556946);
INSERT INTO seals VALUES ('_sqlite_migrations', 6, '', -4434122378357619512);
INSERT INTO seals VALUES ('_sqlite_migrations', 7, '', 5578854029666611739);
INSERT INTO seals VALUES ('_sqlite_migrations', 8, '', 2856067988463889783);
INSERT INTO seals VALUES ('_sqlite_migrations', 9, '', 2111990598264024420);
INSERT INTO seals VALUES ('articles', 1, '', -730698691634574099);
INSERT INTO seals VALUES ('articles', 2, '', 4448053908564137390);
INSERT INTO seals VALUES ('captures', 1, '', 7184657253295409857);
INSERT INTO seals VALUES ('captures', 2, '', -7659477494084526326);
INSERT INTO seals VALUES ('captures', 3, '', 1771465932376876029);
INSERT INTO seals VALUES ('captures', 4, '', 8752124592866643914);
INSERT INTO seals VALUES ('captures', 5, '', -5038697585416006257);
INSERT INTO seals VALUES ('captures', 6, '', -9070138670579006696);
INSERT INTO seals VALUES ('entries', 1, '', -6401535626768468954);
INSERT INTO seals VALUES ('entries', 2, '', -1298464910982913372);
INSERT INTO seals VALUES ('entries', 3, '', 4518691822674538724);
INSERT INTO seals VALUES ('entries', 4, '', -3432268362453986771);
INSERT INTO seals VALUES ('entries', 5, '', -6378333780012932542);
INSERT INTO seals VALUES ('entry_sources', 1, 1, 2431017326350031805);
INSERT INTO seals VALUES ('entry_sources', 2, 1, -1092881472840110937);
INSERT INTO seals VALUES ('entry_sources', 3, 1, 2608807684948160669);
INSERT INTO seals VALUES ('entry_sources', 4, 1, -8790594498195730291);
INSERT INTO seals VALUES ('entry_sources', 5, 1, -8563899138752286996);
INSERT INTO seals VALUES ('sketches', 1, '', -2529565345642939823);
INSERT INTO seals VALUES ('sketches', 2, '', 5763815160421786999);
INSERT INTO seals VALUES ('source_days', 1, '2026-11-22', 8677667991873955541);
INSERT INTO seals VALUES ('sources', 1, '', -7853272177745484580);
INSERT INTO seals VALUES ('sqlite_schema', '_sqlite_migrations', 'table', -2975570543461570853);
INSERT INTO seals VALUES ('sqlite_schema', 'alarms', 'table', -2389785101572635102);
INSERT INTO seals VALUES ('sqlite_schema', 'articles', 'table', 946535362136707801);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_counted', 'trigger', -954900336000091261);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_entry', 'index', 7482383404052775288);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_fts', 'table', 5332508925707551827);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_fts_config', 'table', -3170953752169751136);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_fts_data', 'table', 7455611146026877283);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_fts_docsize', 'table', -5837768130249449070);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_fts_follow', 'trigger', -8794654641868842557);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_fts_forget', 'trigger', -2580611745459159757);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_fts_idx', 'table', -7083681682349153928);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_gone', 'index', 2923137318323441660);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_next_look', 'index', 474260950399863977);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_published', 'index', 7367117609212407200);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_recounted', 'trigger', -3633168875169172765);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_relate_again', 'trigger', -5332766169306658038);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_site', 'index', -4992187332360825933);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_story', 'index', -2144517934857609144);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_text', 'view', -1466904120674143992);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_uncounted', 'trigger', 2972428990262187195);
INSERT INTO seals VALUES ('sqlite_schema', 'articles_unrelated', 'index', -6139146422932937506);
INSERT INTO seals VALUES ('sqlite_schema', 'backfills', 'table', 6506506094971638709);
INSERT INTO seals VALUES ('sqlite_schema', 'backfills_running', 'index', 8011667289695273657);
INSERT INTO seals VALUES ('sqlite_schema', 'backfills_site', 'index', -4684719493644431546);
INSERT INTO seals VALUES ('sqlite_schema', 'captures', 'table', -1255329717999174957);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_entry', 'index', -7060306989563224585);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_first_page', 'index', 511004324761374289);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_host', 'index', -8169132172820311042);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_newest', 'index', 6102909706378717518);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_odd', 'index', -628803684351164984);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_payload', 'index', -7627220214502743209);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_replaced', 'index', -8254008153235856477);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_sha256', 'index', -5014094903397121221);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_source', 'index', 2449598529106111749);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_step', 'index', 4539155205407897651);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_text', 'index', -3161758216465547618);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_visits', 'index', -978079234439482716);
INSERT INTO seals VALUES ('sqlite_schema', 'edits', 'view', 5578764996983729410);
INSERT INTO seals VALUES ('sqlite_schema', 'entries', 'table', -6687692633054395406);
INSERT INTO seals VALUES ('sqlite_schema', 'entries_over', 'index', 1220092280003392257);
INSERT INTO seals VALUES ('sqlite_schema', 'entries_past', 'index', -1920334689229842457);
INSERT INTO seals VALUES ('sqlite_schema', 'entries_todo', 'index', 5991956627438962404);
INSERT INTO seals VALUES ('sqlite_schema', 'entries_unread', 'index', 246240715302178266);
INSERT INTO seals VALUES ('sqlite_schema', 'entry_sources', 'table', -7045240817648890386);
INSERT INTO seals VALUES ('sqlite_schema', 'entry_sources_source', 'index', -4482673092517334832);
INSERT INTO seals VALUES ('sqlite_schema', 'finds', 'table', -1021603454038376699);
INSERT INTO seals VALUES ('sqlite_schema', 'finds_walk', 'index', 2588286640469098667);
INSERT INTO seals VALUES ('sqlite_schema', 'gaps', 'table', -6260490018087951453);
INSERT INTO seals VALUES ('sqlite_schema', 'gaps_source', 'index', -6502689085588124047);
INSERT INTO seals VALUES ('sqlite_schema', 'hosts', 'table', -2421744051811343845);
INSERT INTO seals VALUES ('sqlite_schema', 'idx__sqlite_migrations_migration_set_name', 'index', -283767262140712124);
INSERT INTO seals VALUES ('sqlite_schema', 'import_faults', 'table', 8213764763380814108);
INSERT INTO seals VALUES ('sqlite_schema', 'imports', 'table', -4288869143670498410);
INSERT INTO seals VALUES ('sqlite_schema', 'latest_articles', 'view', 246655202465701772);
INSERT INTO seals VALUES ('sqlite_schema', 'memories', 'table', 6322469992316461480);
INSERT INTO seals VALUES ('sqlite_schema', 'memories_revision', 'index', 4694797651691006257);
INSERT INTO seals VALUES ('sqlite_schema', 'pulse', 'table', 8718932100491381083);
INSERT INTO seals VALUES ('sqlite_schema', 'rules', 'table', 4130657490414773404);
INSERT INTO seals VALUES ('sqlite_schema', 'runs', 'table', -7720102208966325081);
INSERT INTO seals VALUES ('sqlite_schema', 'seal__sqlite_migrations_changed', 'trigger', -4293444264078827372);
INSERT INTO seals VALUES ('sqlite_schema', 'seal__sqlite_migrations_gone', 'trigger', 5579444439732646245);
INSERT INTO seals VALUES ('sqlite_schema', 'seal__sqlite_migrations_moved', 'trigger', 2670330973829851060);
INSERT INTO seals VALUES ('sqlite_schema', 'seal__sqlite_migrations_new', 'trigger', -7123742636573227807);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_alarms_changed', 'trigger', -8171569850040368962);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_alarms_gone', 'trigger', 1378510753547302332);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_alarms_moved', 'trigger', -1014700061459060330);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_alarms_new', 'trigger', 8127923149645378794);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_articles_changed', 'trigger', -3867305870960217050);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_articles_gone', 'trigger', -4900256715010599351);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_articles_moved', 'trigger', -1620277789440620283);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_articles_new', 'trigger', -3168877405331447948);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_backfills_changed', 'trigger', -5917164243422073642);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_backfills_gone', 'trigger', -861328616185008464);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_backfills_moved', 'trigger', 8542608455524349679);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_backfills_new', 'trigger', -4073569103154756359);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_captures_changed', 'trigger', -8670481277739390635);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_captures_gone', 'trigger', 7745878591108653523);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_captures_moved', 'trigger', -5200772399373026787);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_captures_new', 'trigger', 1025240529017333518);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_entries_changed', 'trigger', -7666101898147370464);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_entries_gone', 'trigger', 1924698108306210708);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_entries_moved', 'trigger', 6467692538765213971);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_entries_new', 'trigger', 4633684140184574217);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_entry_sources_changed', 'trigger', 4189134357197536722);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_entry_sources_gone', 'trigger', -1019841447862296269);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_entry_sources_moved', 'trigger', 8105727427607997394);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_entry_sources_new', 'trigger', -9041458828188826956);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_finds_changed', 'trigger', -1840194678074222237);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_finds_gone', 'trigger', 1260615294827101359);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_finds_moved', 'trigger', 100829915381742638);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_finds_new', 'trigger', -4908957752363610207);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_gaps_changed', 'trigger', 6624283940575427674);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_gaps_gone', 'trigger', -1916937589373319462);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_gaps_moved', 'trigger', -4888957564860290082);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_gaps_new', 'trigger', -8019555729009330133);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_hosts_changed', 'trigger', -3044889955467354200);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_hosts_gone', 'trigger', 8683048355759555314);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_hosts_moved', 'trigger', -8359843810187771248);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_hosts_new', 'trigger', 3587486272905176020);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_import_faults_changed', 'trigger', -2407910943552477194);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_import_faults_gone', 'trigger', -6777248948857140236);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_import_faults_moved', 'trigger', -7722089705914514543);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_import_faults_new', 'trigger', 2663997696516183967);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_imports_changed', 'trigger', -3368267824458842780);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_imports_gone', 'trigger', 1131846905020678856);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_imports_moved', 'trigger', -7187862513980798245);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_imports_new', 'trigger', 5244314453608196452);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_memories_changed', 'trigger', 2023609484373101129);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_memories_gone', 'trigger', -2573969829960843437);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_memories_moved', 'trigger', -5335972073826809822);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_memories_new', 'trigger', 3890740816983736211);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_pulse_changed', 'trigger', 4014401459733078737);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_pulse_gone', 'trigger', 81883310977367069);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_pulse_moved', 'trigger', -6019129387949130836);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_pulse_new', 'trigger', 9048635021042385484);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_rules_changed', 'trigger', 5648344893948389229);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_rules_gone', 'trigger', 5919119966362013052);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_rules_moved', 'trigger', 8532016828554708957);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_rules_new', 'trigger', 647724249064212906);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_runs_changed', 'trigger', -1490966946676904763);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_runs_gone', 'trigger', -5355482594028474748);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_runs_moved', 'trigger', -5098798639055812876);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_runs_new', 'trigger', -6769222305497127873);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_sketches_changed', 'trigger', -8093294782366551815);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_sketches_gone', 'trigger', 300690188896662918);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_sketches_moved', 'trigger', -8574752640866683386);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_sketches_new', 'trigger', 6494656999146877902);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_source_days_changed', 'trigger', -8650432094881898922);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_source_days_gone', 'trigger', -6311413063180833360);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_source_days_moved', 'trigger', 6349790313756701019);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_source_days_new', 'trigger', 4122202268831215835);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_sources_changed', 'trigger', 9161068597685003443);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_sources_gone', 'trigger', 6068422242134348492);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_sources_moved', 'trigger', 7066111684937423695);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_sources_new', 'trigger', -8985074652072692180);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_steps_changed', 'trigger', 7862476459361418095);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_steps_gone', 'trigger', 6390973115977609592);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_steps_moved', 'trigger', 4192568945633435858);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_steps_new', 'trigger', -1887386074048908430);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_story_links_changed', 'trigger', 8928305141778129532);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_story_links_gone', 'trigger', -5117268552674547488);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_story_links_moved', 'trigger', -8928045661252829839);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_story_links_new', 'trigger', -7353026002451540693);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_story_parts_changed', 'trigger', -5511936023326308822);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_story_parts_gone', 'trigger', 5190328263377586270);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_story_parts_moved', 'trigger', 1355602723623767566);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_story_parts_new', 'trigger', -6350718681696973352);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_tombstones_changed', 'trigger', -5386478208342671259);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_tombstones_gone', 'trigger', -7499503928510269594);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_tombstones_moved', 'trigger', 116424535038693733);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_tombstones_new', 'trigger', 5079254008973579130);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_unlinked_changed', 'trigger', 8864445780492172890);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_unlinked_gone', 'trigger', -5255313244107501921);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_unlinked_moved', 'trigger', -2058116106670316225);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_unlinked_new', 'trigger', -6401129100767125479);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_versions_changed', 'trigger', -1476165906637693630);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_versions_gone', 'trigger', 5103610140899527040);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_versions_moved', 'trigger', 6091765890768257063);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_versions_new', 'trigger', -8127060377753097991);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_walk_days_changed', 'trigger', -3620001945601717483);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_walk_days_gone', 'trigger', 8391021110831934910);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_walk_days_moved', 'trigger', -6613419651630760632);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_walk_days_new', 'trigger', 8714632450858321112);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_walks_changed', 'trigger', 2346954659222323201);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_walks_gone', 'trigger', 3617636142956604086);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_walks_moved', 'trigger', -7137751230749374673);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_walks_new', 'trigger', 3456311587482138810);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_walls_changed', 'trigger', 3839997203968640246);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_walls_gone', 'trigger', 2236342802709238841);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_walls_moved', 'trigger', 5727949308878830736);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_walls_new', 'trigger', 6764556466450575377);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_withdrawn_changed', 'trigger', 5120599722582189978);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_withdrawn_gone', 'trigger', -7870199227510676339);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_withdrawn_moved', 'trigger', 1124574669393764437);
INSERT INTO seals VALUES ('sqlite_schema', 'seal_withdrawn_new', 'trigger', -3503684091375471095);
INSERT INTO seals VALUES ('sqlite_schema', 'seals', 'table', -208875426381554091);
INSERT INTO seals VALUES ('sqlite_schema', 'seals_open', 'index', -2509952454767234242);
INSERT INTO seals VALUES ('sqlite_schema', 'sketch_hashes', 'table', 5276524921371896743);
INSERT INTO seals VALUES ('sqlite_schema', 'sketches', 'table', 6541151395665728900);
INSERT INTO seals VALUES ('sqlite_schema', 'source_days', 'table', -1704849079490914896);
INSERT INTO seals VALUES ('sqlite_schema', 'sources', 'table', -4938737112242446051);
INSERT INTO seals VALUES ('sqlite_schema', 'sources_next_poll', 'index', -675212942476853562);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_alarms_1', 'index', -7385443540442387149);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_articles_1', 'index', 4250976040717338246);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_articles_2', 'index', 5081057644311183439);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_backfills_1', 'index', -6771030463939121157);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_entries_1', 'index', -8329330136531045122);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_entries_2', 'index', 96266374139291054);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_hosts_1', 'index', 9074298581479526878);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_imports_1', 'index', -1835783225127425325);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_memories_1', 'index', 1743302782773334287);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_sources_1', 'index', 8659175226827159829);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_steps_1', 'index', -8310212949522720335);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_versions_1', 'index', -580681327106984576);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_walks_1', 'index', -7206267249121473099);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_walls_1', 'index', 7086004970366856667);
INSERT INTO seals VALUES ('sqlite_schema', 'steps', 'table', -3548757371371475320);
INSERT INTO seals VALUES ('sqlite_schema', 'steps_todo', 'index', 3944168312167077133);
INSERT INTO seals VALUES ('sqlite_schema', 'stories', 'view', 5983463253937207034);
INSERT INTO seals VALUES ('sqlite_schema', 'story_links', 'table', -4127761800989499498);
INSERT INTO seals VALUES ('sqlite_schema', 'story_links_other', 'index', -9138204962972619624);
INSERT INTO seals VALUES ('sqlite_schema', 'story_parts', 'table', 4714211012916873343);
INSERT INTO seals VALUES ('sqlite_schema', 'story_parts_other', 'index', 12514980599135108);
INSERT INTO seals VALUES ('sqlite_schema', 'tombstones', 'table', 1815785857617680739);
INSERT INTO seals VALUES ('sqlite_schema', 'totals', 'table', -7644458808030743502);
INSERT INTO seals VALUES ('sqlite_schema', 'troubles', 'view', 7327181765184499742);
INSERT INTO seals VALUES ('sqlite_schema', 'unlinked', 'table', -3486290804444908445);
INSERT INTO seals VALUES ('sqlite_schema', 'unlinked_article', 'index', -745233110401747570);
INSERT INTO seals VALUES ('sqlite_schema', 'unlinked_other', 'index', 2216137697895546790);
INSERT INTO seals VALUES ('sqlite_schema', 'versions', 'table', 7629733410828811236);
INSERT INTO seals VALUES ('sqlite_schema', 'versions_capture', 'index', 3777277585994570633);
INSERT INTO seals VALUES ('sqlite_schema', 'versions_counted', 'trigger', -2599649071220166669);
INSERT INTO seals VALUES ('sqlite_schema', 'versions_edits', 'index', 5743963001326415736);
INSERT INTO seals VALUES ('sqlite_schema', 'versions_known', 'index', -239670881073340017);
INSERT INTO seals VALUES ('sqlite_schema', 'versions_later', 'index', 5607697224676403957);
INSERT INTO seals VALUES ('sqlite_schema', 'versions_run', 'index', -8973790566393586987);
INSERT INTO seals VALUES ('sqlite_schema', 'versions_uncounted', 'trigger', 5108262647502457968);
INSERT INTO seals VALUES ('sqlite_schema', 'versions_unexplained', 'index', -3753467890029152042);
INSERT INTO seals VALUES ('sqlite_schema', 'walk_days', 'table', -8575385302491675404);
INSERT INTO seals VALUES ('sqlite_schema', 'walks', 'table', 4958283013880763207);
INSERT INTO seals VALUES ('sqlite_schema', 'walls', 'table', 8370248093196689826);
INSERT INTO seals VALUES ('sqlite_schema', 'withdrawn', 'table', 3063949649557777437);
INSERT INTO seals VALUES ('sqlite_schema', 'withdrawn_article', 'index', -4038796545438710733);
INSERT INTO seals VALUES ('sqlite_schema', 'withdrawn_capture', 'index', 6066310757047367428);
INSERT INTO seals VALUES ('versions', 1, '', 5612825773314266037);
INSERT INTO seals VALUES ('versions', 2, '', -7081217367897219543);
INSERT INTO seals VALUES ('versions', 3, '', -6395255383091676940);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX captures_entry ON captures(entry_id);
CREATE INDEX captures_source ON captures(source_id);
CREATE INDEX captures_sha256 ON captures(sha256);
CREATE INDEX articles_next_look ON articles(next_look) WHERE next_look IS NOT NULL;
CREATE INDEX articles_entry ON articles(entry_id);
CREATE INDEX articles_published ON articles(published);
CREATE INDEX captures_host ON captures(host, id) WHERE kind = 'article';
CREATE INDEX memories_revision ON memories(revision);
CREATE INDEX entry_sources_source ON entry_sources(source_id, found_at);
CREATE INDEX captures_text ON captures(host, text_sha256) WHERE text_sha256 IS NOT NULL;
CREATE INDEX captures_newest ON captures(fetched_at);
CREATE INDEX sources_next_poll ON sources(next_poll) WHERE active;
CREATE INDEX versions_capture ON versions(capture_id, extractor);
CREATE INDEX captures_visits ON captures(host, fetched_at, kind, status) WHERE via IN ('visit', 'look');
CREATE INDEX captures_odd ON captures(kind) WHERE kind IS NULL OR kind NOT IN ('article', 'source');
CREATE INDEX versions_later ON versions(reason) WHERE reason <> 'published';
CREATE INDEX entries_over ON entries(state, found_at) WHERE state IN ('gone', 'failed');
CREATE INDEX articles_gone ON articles(gone_at) WHERE state = 'gone';
CREATE INDEX gaps_source ON gaps(source_id, before);
CREATE INDEX versions_run ON versions(run_id) WHERE run_id IS NOT NULL;
CREATE INDEX versions_known ON versions(article_id, number, created_at, capture_id);
CREATE INDEX versions_unexplained ON versions(id) WHERE number > 1 AND changed_by IS NULL;
CREATE INDEX withdrawn_article ON withdrawn(article_id);
CREATE INDEX withdrawn_capture ON withdrawn(capture_id);
CREATE INDEX captures_replaced ON captures(fetched_at) WHERE replaced > 0;
CREATE INDEX captures_payload ON captures(payload_digest) WHERE payload_digest IS NOT NULL;
CREATE INDEX captures_first_page ON captures(first_page_id) WHERE first_page_id IS NOT NULL;
CREATE INDEX story_links_other ON story_links(other_id);
CREATE INDEX story_parts_other ON story_parts(other_id);
CREATE INDEX unlinked_article ON unlinked(article_id);
CREATE INDEX unlinked_other ON unlinked(other_id);
CREATE INDEX articles_story ON articles(story_id) WHERE story_id IS NOT NULL;
CREATE INDEX articles_unrelated ON articles(id) WHERE related = 0 AND version_id IS NOT NULL;
CREATE INDEX articles_site ON articles(site, id);
CREATE INDEX versions_edits ON versions(created_at) WHERE number > 1;
CREATE INDEX seals_open ON seals(name) WHERE digest IS NULL;
CREATE INDEX backfills_running ON backfills(id) WHERE state = 'running';
CREATE INDEX backfills_site ON backfills(site);
CREATE INDEX steps_todo ON steps(walk_id, next_try) WHERE state = 'new';
CREATE INDEX finds_walk ON finds(walk_id, day);
CREATE INDEX entries_todo ON entries(state, next_visit)
    WHERE state IN ('new', 'fetched', 'refused', 'empty') AND walk_id IS NULL;
CREATE INDEX entries_past ON entries(walk_id) WHERE state IN ('new', 'fetched') AND walk_id IS NOT NULL;
CREATE INDEX entries_unread ON entries(capture_id) WHERE state = 'fetched';
CREATE INDEX captures_step ON captures(step_id) WHERE step_id IS NOT NULL;
CREATE VIEW articles_text AS
    SELECT articles.id, versions.title, versions.text
    FROM articles JOIN versions ON versions.id = articles.version_id;
CREATE VIEW latest_articles AS
    SELECT articles.id, versions.published, versions.title, versions.source, articles.site, articles.url,
        versions.section, versions.authors, versions.language, versions.number AS versions,
        length(versions.text) AS characters, articles.first_seen, versions.created_at AS read_at, versions.text
    FROM articles JOIN versions ON versions.id = articles.version_id
    ORDER BY articles.first_seen DESC;
CREATE VIEW troubles AS
    SELECT 'source' AS what, url, failures AS tries, last_error, last_poll AS since FROM sources
    WHERE last_error IS NOT NULL AND active
    UNION ALL
    SELECT 'entry ' || state, url, attempts, last_error, found_at FROM entries
    WHERE last_error IS NOT NULL AND state NOT IN ('done', 'fetched');
CREATE VIEW edits AS
    SELECT new.created_at AS seen_at, articles.id AS article_id, new.number, articles.site, articles.url,
        old.title AS title_before, new.title AS title_after,
        length(new.text) - length(old.text) AS characters_gained, new.reason, new.changed_by, new.edits
    FROM versions new
    JOIN versions old ON old.article_id = new.article_id AND old.number = (
        SELECT max(number) FROM versions WHERE article_id = new.article_id AND number < new.number
    )
    JOIN articles ON articles.id = new.article_id
    WHERE new.number > 1
    ORDER BY new.created_at DESC;
CREATE VIEW stories AS
    SELECT first.id AS story_id, first.title, first.site AS first_site, first.url AS first_url,
        first.first_seen, count(*) AS articles, count(DISTINCT articles.site) AS sites,
        max(articles.first_seen) AS last_seen
    FROM articles JOIN articles first ON first.id = articles.story_id
    GROUP BY articles.story_id ORDER BY last_seen DESC;
CREATE VIRTUAL TABLE articles_fts USING fts5(
    title, text, content='articles_text', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER articles_fts_follow AFTER UPDATE OF version_id ON articles
WHEN new.version_id IS NOT old.version_id BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, text)
        SELECT 'delete', old.id, title, text FROM versions WHERE id = old.version_id;
    INSERT INTO articles_fts (rowid, title, text)
        SELECT new.id, title, text FROM versions WHERE id = new.version_id;
END;
CREATE TRIGGER articles_fts_forget BEFORE DELETE ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, text)
        SELECT 'delete', old.id, title, text FROM versions WHERE id = old.version_id;
END;
CREATE TRIGGER articles_relate_again AFTER UPDATE OF version_id, first_seen ON articles
WHEN new.version_id IS NOT old.version_id OR new.first_seen IS NOT old.first_seen BEGIN
    UPDATE articles SET related = new.first_seen IS old.first_seen AND EXISTS (
        SELECT 1 FROM sketches JOIN versions ON versions.id = new.version_id
        WHERE sketches.article_id = new.id AND sketches.text_sha256 = versions.text_sha256
    ) WHERE id = new.id;
END;
CREATE TRIGGER articles_counted AFTER INSERT ON articles BEGIN
    INSERT INTO totals (what, kind, n) VALUES ('articles', new.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER articles_uncounted AFTER DELETE ON articles BEGIN
    UPDATE totals SET n = n - 1 WHERE what = 'articles' AND kind = old.state;
    DELETE FROM totals WHERE what = 'articles' AND kind = old.state AND n = 0;
END;
CREATE TRIGGER articles_recounted AFTER UPDATE OF state ON articles WHEN new.state <> old.state BEGIN
    UPDATE totals SET n = n - 1 WHERE what = 'articles' AND kind = old.state;
    DELETE FROM totals WHERE what = 'articles' AND kind = old.state AND n = 0;
    INSERT INTO totals (what, kind, n) VALUES ('articles', new.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER versions_counted AFTER INSERT ON versions BEGIN
    INSERT INTO totals (what, kind, n) VALUES ('versions', new.reason, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER versions_uncounted AFTER DELETE ON versions BEGIN
    UPDATE totals SET n = n - 1 WHERE what = 'versions' AND kind = old.reason;
    DELETE FROM totals WHERE what = 'versions' AND kind = old.reason AND n = 0;
END;
CREATE TRIGGER seal_sources_new AFTER INSERT ON sources BEGIN
    INSERT INTO seals (name, a, b) VALUES ('sources', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_sources_moved AFTER UPDATE OF id ON sources WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('sources', +old.id, '');
END;
CREATE TRIGGER seal_sources_changed AFTER UPDATE ON sources BEGIN
    INSERT INTO seals (name, a, b) VALUES ('sources', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_sources_gone AFTER DELETE ON sources BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('sources', +old.id, '');
END;
CREATE TRIGGER seal_entries_new AFTER INSERT ON entries BEGIN
    INSERT INTO seals (name, a, b) VALUES ('entries', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_entries_moved AFTER UPDATE OF id ON entries WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('entries', +old.id, '');
END;
CREATE TRIGGER seal_entries_changed AFTER UPDATE ON entries BEGIN
    INSERT INTO seals (name, a, b) VALUES ('entries', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_entries_gone AFTER DELETE ON entries BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('entries', +old.id, '');
END;
CREATE TRIGGER seal_captures_new AFTER INSERT ON captures BEGIN
    INSERT INTO seals (name, a, b) VALUES ('captures', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_captures_moved AFTER UPDATE OF id ON captures WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('captures', +old.id, '');
END;
CREATE TRIGGER seal_captures_changed AFTER UPDATE ON captures BEGIN
    INSERT INTO seals (name, a, b) VALUES ('captures', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_captures_gone AFTER DELETE ON captures BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('captures', +old.id, '');
END;
CREATE TRIGGER seal_articles_new AFTER INSERT ON articles BEGIN
    INSERT INTO seals (name, a, b) VALUES ('articles', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_articles_moved AFTER UPDATE OF id ON articles WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('articles', +old.id, '');
END;
CREATE TRIGGER seal_articles_changed AFTER UPDATE ON articles BEGIN
    INSERT INTO seals (name, a, b) VALUES ('articles', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_articles_gone AFTER DELETE ON articles BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('articles', +old.id, '');
END;
CREATE TRIGGER seal_versions_new AFTER INSERT ON versions BEGIN
    INSERT INTO seals (name, a, b) VALUES ('versions', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_versions_moved AFTER UPDATE OF id ON versions WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('versions', +old.id, '');
END;
CREATE TRIGGER seal_versions_changed AFTER UPDATE ON versions BEGIN
    INSERT INTO seals (name, a, b) VALUES ('versions', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_versions_gone AFTER DELETE ON versions BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('versions', +old.id, '');
END;
CREATE TRIGGER seal_memories_new AFTER INSERT ON memories BEGIN
    INSERT INTO seals (name, a, b) VALUES ('memories', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_memories_moved AFTER UPDATE OF id ON memories WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('memories', +old.id, '');
END;
CREATE TRIGGER seal_memories_changed AFTER UPDATE ON memories BEGIN
    INSERT INTO seals (name, a, b) VALUES ('memories', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_memories_gone AFTER DELETE ON memories BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('memories', +old.id, '');
END;
CREATE TRIGGER seal_gaps_new AFTER INSERT ON gaps BEGIN
    INSERT INTO seals (name, a, b) VALUES ('gaps', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_gaps_moved AFTER UPDATE OF id ON gaps WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('gaps', +old.id, '');
END;
CREATE TRIGGER seal_gaps_changed AFTER UPDATE ON gaps BEGIN
    INSERT INTO seals (name, a, b) VALUES ('gaps', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_gaps_gone AFTER DELETE ON gaps BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('gaps', +old.id, '');
END;
CREATE TRIGGER seal_walls_new AFTER INSERT ON walls BEGIN
    INSERT INTO seals (name, a, b) VALUES ('walls', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_walls_moved AFTER UPDATE OF id ON walls WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('walls', +old.id, '');
END;
CREATE TRIGGER seal_walls_changed AFTER UPDATE ON walls BEGIN
    INSERT INTO seals (name, a, b) VALUES ('walls', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_walls_gone AFTER DELETE ON walls BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('walls', +old.id, '');
END;
CREATE TRIGGER seal_alarms_new AFTER INSERT ON alarms BEGIN
    INSERT INTO seals (name, a, b) VALUES ('alarms', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_alarms_moved AFTER UPDATE OF id ON alarms WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('alarms', +old.id, '');
END;
CREATE TRIGGER seal_alarms_changed AFTER UPDATE ON alarms BEGIN
    INSERT INTO seals (name, a, b) VALUES ('alarms', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_alarms_gone AFTER DELETE ON alarms BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('alarms', +old.id, '');
END;
CREATE TRIGGER seal_pulse_new AFTER INSERT ON pulse BEGIN
    INSERT INTO seals (name, a, b) VALUES ('pulse', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_pulse_moved AFTER UPDATE OF id ON pulse WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('pulse', +old.id, '');
END;
CREATE TRIGGER seal_pulse_changed AFTER UPDATE ON pulse BEGIN
    INSERT INTO seals (name, a, b) VALUES ('pulse', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_pulse_gone AFTER DELETE ON pulse BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('pulse', +old.id, '');
END;
CREATE TRIGGER seal_runs_new AFTER INSERT ON runs BEGIN
    INSERT INTO seals (name, a, b) VALUES ('runs', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_runs_moved AFTER UPDATE OF id ON runs WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('runs', +old.id, '');
END;
CREATE TRIGGER seal_runs_changed AFTER UPDATE ON runs BEGIN
    INSERT INTO seals (name, a, b) VALUES ('runs', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_runs_gone AFTER DELETE ON runs BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('runs', +old.id, '');
END;
CREATE TRIGGER seal_withdrawn_new AFTER INSERT ON withdrawn BEGIN
    INSERT INTO seals (name, a, b) VALUES ('withdrawn', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_withdrawn_moved AFTER UPDATE OF id ON withdrawn WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('withdrawn', +old.id, '');
END;
CREATE TRIGGER seal_withdrawn_changed AFTER UPDATE ON withdrawn BEGIN
    INSERT INTO seals (name, a, b) VALUES ('withdrawn', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_withdrawn_gone AFTER DELETE ON withdrawn BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('withdrawn', +old.id, '');
END;
CREATE TRIGGER seal_unlinked_new AFTER INSERT ON unlinked BEGIN
    INSERT INTO seals (name, a, b) VALUES ('unlinked', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_unlinked_moved AFTER UPDATE OF id ON unlinked WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('unlinked', +old.id, '');
END;
CREATE TRIGGER seal_unlinked_changed AFTER UPDATE ON unlinked BEGIN
    INSERT INTO seals (name, a, b) VALUES ('unlinked', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_unlinked_gone AFTER DELETE ON unlinked BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('unlinked', +old.id, '');
END;
CREATE TRIGGER seal_imports_new AFTER INSERT ON imports BEGIN
    INSERT INTO seals (name, a, b) VALUES ('imports', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_imports_moved AFTER UPDATE OF id ON imports WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('imports', +old.id, '');
END;
CREATE TRIGGER seal_imports_changed AFTER UPDATE ON imports BEGIN
    INSERT INTO seals (name, a, b) VALUES ('imports', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_imports_gone AFTER DELETE ON imports BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('imports', +old.id, '');
END;
CREATE TRIGGER seal_entry_sources_new AFTER INSERT ON entry_sources BEGIN
    INSERT INTO seals (name, a, b) VALUES ('entry_sources', new.entry_id, new.source_id) ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_entry_sources_moved AFTER UPDATE OF entry_id, source_id ON entry_sources WHEN (old.entry_id, old.source_id) IS NOT (new.entry_id, new.source_id) BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('entry_sources', +old.entry_id, +old.source_id);
END;
CREATE TRIGGER seal_entry_sources_changed AFTER UPDATE ON entry_sources BEGIN
    INSERT INTO seals (name, a, b) VALUES ('entry_sources', new.entry_id, new.source_id) ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_entry_sources_gone AFTER DELETE ON entry_sources BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('entry_sources', +old.entry_id, +old.source_id);
END;
CREATE TRIGGER seal_source_days_new AFTER INSERT ON source_days BEGIN
    INSERT INTO seals (name, a, b) VALUES ('source_days', new.source_id, new.day) ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_source_days_moved AFTER UPDATE OF source_id, day ON source_days WHEN (old.source_id, old.day) IS NOT (new.source_id, new.day) BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('source_days', +old.source_id, +old.day);
END;
CREATE TRIGGER seal_source_days_changed AFTER UPDATE ON source_days BEGIN
    INSERT INTO seals (name, a, b) VALUES ('source_days', new.source_id, new.day) ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_source_days_gone AFTER DELETE ON source_days BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('source_days', +old.source_id, +old.day);
END;
CREATE TRIGGER seal_hosts_new AFTER INSERT ON hosts BEGIN
    INSERT INTO seals (name, a, b) VALUES ('hosts', new.origin, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_hosts_moved AFTER UPDATE OF origin ON hosts WHEN (old.origin, '') IS NOT (new.origin, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('hosts', +old.origin, '');
END;
CREATE TRIGGER seal_hosts_changed AFTER UPDATE ON hosts BEGIN
    INSERT INTO seals (name, a, b) VALUES ('hosts', new.origin, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_hosts_gone AFTER DELETE ON hosts BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('hosts', +old.origin, '');
END;
CREATE TRIGGER seal_rules_new AFTER INSERT ON rules BEGIN
    INSERT INTO seals (name, a, b) VALUES ('rules', new.revision, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_rules_moved AFTER UPDATE OF revision ON rules WHEN (old.revision, '') IS NOT (new.revision, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('rules', +old.revision, '');
END;
CREATE TRIGGER seal_rules_changed AFTER UPDATE ON rules BEGIN
    INSERT INTO seals (name, a, b) VALUES ('rules', new.revision, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_rules_gone AFTER DELETE ON rules BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('rules', +old.revision, '');
END;
CREATE TRIGGER seal_import_faults_new AFTER INSERT ON import_faults BEGIN
    INSERT INTO seals (name, a, b) VALUES ('import_faults', new.import_id, new.place) ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_import_faults_moved AFTER UPDATE OF import_id, place ON import_faults WHEN (old.import_id, old.place) IS NOT (new.import_id, new.place) BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('import_faults', +old.import_id, +old.place);
END;
CREATE TRIGGER seal_import_faults_changed AFTER UPDATE ON import_faults BEGIN
    INSERT INTO seals (name, a, b) VALUES ('import_faults', new.import_id, new.place) ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_import_faults_gone AFTER DELETE ON import_faults BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('import_faults', +old.import_id, +old.place);
END;
CREATE TRIGGER seal_sketches_new AFTER INSERT ON sketches BEGIN
    INSERT INTO seals (name, a, b) VALUES ('sketches', new.article_id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_sketches_moved AFTER UPDATE OF article_id ON sketches WHEN (old.article_id, '') IS NOT (new.article_id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('sketches', +old.article_id, '');
END;
CREATE TRIGGER seal_sketches_changed AFTER UPDATE ON sketches BEGIN
    INSERT INTO seals (name, a, b) VALUES ('sketches', new.article_id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_sketches_gone AFTER DELETE ON sketches BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('sketches', +old.article_id, '');
END;
CREATE TRIGGER seal_story_links_new AFTER INSERT ON story_links BEGIN
    INSERT INTO seals (name, a, b) VALUES ('story_links', new.article_id, new.other_id) ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_story_links_moved AFTER UPDATE OF article_id, other_id ON story_links WHEN (old.article_id, old.other_id) IS NOT (new.article_id, new.other_id) BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('story_links', +old.article_id, +old.other_id);
END;
CREATE TRIGGER seal_story_links_changed AFTER UPDATE ON story_links BEGIN
    INSERT INTO seals (name, a, b) VALUES ('story_links', new.article_id, new.other_id) ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_story_links_gone AFTER DELETE ON story_links BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('story_links', +old.article_id, +old.other_id);
END;
CREATE TRIGGER seal_story_parts_new AFTER INSERT ON story_parts BEGIN
    INSERT INTO seals (name, a, b) VALUES ('story_parts', new.article_id, new.other_id) ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_story_parts_moved AFTER UPDATE OF article_id, other_id ON story_parts WHEN (old.article_id, old.other_id) IS NOT (new.article_id, new.other_id) BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('story_parts', +old.article_id, +old.other_id);
END;
CREATE TRIGGER seal_story_parts_changed AFTER UPDATE ON story_parts BEGIN
    INSERT INTO seals (name, a, b) VALUES ('story_parts', new.article_id, new.other_id) ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_story_parts_gone AFTER DELETE ON story_parts BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('story_parts', +old.article_id, +old.other_id);
END;
CREATE TRIGGER seal_tombstones_new AFTER INSERT ON tombstones BEGIN
    INSERT INTO seals (name, a, b) VALUES ('tombstones', new.key, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_tombstones_moved AFTER UPDATE OF key ON tombstones WHEN (old.key, '') IS NOT (new.key, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('tombstones', +old.key, '');
END;
CREATE TRIGGER seal_tombstones_changed AFTER UPDATE ON tombstones BEGIN
    INSERT INTO seals (name, a, b) VALUES ('tombstones', new.key, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_tombstones_gone AFTER DELETE ON tombstones BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('tombstones', +old.key, '');
END;
CREATE TRIGGER seal__sqlite_migrations_new AFTER INSERT ON _sqlite_migrations BEGIN
    INSERT INTO seals (name, a, b) VALUES ('_sqlite_migrations', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal__sqlite_migrations_moved AFTER UPDATE OF id ON _sqlite_migrations WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('_sqlite_migrations', +old.id, '');
END;
CREATE TRIGGER seal__sqlite_migrations_changed AFTER UPDATE ON _sqlite_migrations BEGIN
    INSERT INTO seals (name, a, b) VALUES ('_sqlite_migrations', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal__sqlite_migrations_gone AFTER DELETE ON _sqlite_migrations BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('_sqlite_migrations', +old.id, '');
END;
CREATE TRIGGER seal_backfills_new AFTER INSERT ON backfills BEGIN
    INSERT INTO seals (name, a, b) VALUES ('backfills', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_backfills_moved AFTER UPDATE OF id ON backfills WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('backfills', +old.id, '');
END;
CREATE TRIGGER seal_backfills_changed AFTER UPDATE ON backfills BEGIN
    INSERT INTO seals (name, a, b) VALUES ('backfills', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_backfills_gone AFTER DELETE ON backfills BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('backfills', +old.id, '');
END;
CREATE TRIGGER seal_walks_new AFTER INSERT ON walks BEGIN
    INSERT INTO seals (name, a, b) VALUES ('walks', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_walks_moved AFTER UPDATE OF id ON walks WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('walks', +old.id, '');
END;
CREATE TRIGGER seal_walks_changed AFTER UPDATE ON walks BEGIN
    INSERT INTO seals (name, a, b) VALUES ('walks', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_walks_gone AFTER DELETE ON walks BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('walks', +old.id, '');
END;
CREATE TRIGGER seal_steps_new AFTER INSERT ON steps BEGIN
    INSERT INTO seals (name, a, b) VALUES ('steps', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_steps_moved AFTER UPDATE OF id ON steps WHEN (old.id, '') IS NOT (new.id, '') BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('steps', +old.id, '');
END;
CREATE TRIGGER seal_steps_changed AFTER UPDATE ON steps BEGIN
    INSERT INTO seals (name, a, b) VALUES ('steps', new.id, '') ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_steps_gone AFTER DELETE ON steps BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('steps', +old.id, '');
END;
CREATE TRIGGER seal_finds_new AFTER INSERT ON finds BEGIN
    INSERT INTO seals (name, a, b) VALUES ('finds', new.entry_id, new.walk_id) ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_finds_moved AFTER UPDATE OF entry_id, walk_id ON finds WHEN (old.entry_id, old.walk_id) IS NOT (new.entry_id, new.walk_id) BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('finds', +old.entry_id, +old.walk_id);
END;
CREATE TRIGGER seal_finds_changed AFTER UPDATE ON finds BEGIN
    INSERT INTO seals (name, a, b) VALUES ('finds', new.entry_id, new.walk_id) ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_finds_gone AFTER DELETE ON finds BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('finds', +old.entry_id, +old.walk_id);
END;
CREATE TRIGGER seal_walk_days_new AFTER INSERT ON walk_days BEGIN
    INSERT INTO seals (name, a, b) VALUES ('walk_days', new.walk_id, new.day) ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_walk_days_moved AFTER UPDATE OF walk_id, day ON walk_days WHEN (old.walk_id, old.day) IS NOT (new.walk_id, new.day) BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('walk_days', +old.walk_id, +old.day);
END;
CREATE TRIGGER seal_walk_days_changed AFTER UPDATE ON walk_days BEGIN
    INSERT INTO seals (name, a, b) VALUES ('walk_days', new.walk_id, new.day) ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_walk_days_gone AFTER DELETE ON walk_days BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('walk_days', +old.walk_id, +old.day);
END;
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
-- file: raw/2026-11.db
CREATE TABLE bodies (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,        -- before compression
    reference TEXT,               -- SHA-256 of the body that is the prefix of its frame; NULL: it stands alone
    data BLOB NOT NULL            -- one zstd frame
);
CREATE TABLE live_references (
    "like" TEXT NOT NULL,         -- a page's host or a source's address: what resembles each other
    sha256 TEXT NOT NULL,
    bodies INTEGER NOT NULL,      -- that lean on it, and itself
    packed INTEGER NOT NULL,      -- bytes of these together
    excess INTEGER NOT NULL,      -- bytes that the last ones cost too much
    used INTEGER NOT NULL,        -- greater: later
    PRIMARY KEY ("like", sha256)
) WITHOUT ROWID
;
INSERT INTO bodies VALUES ('b4a8e4de49705dfa5aab47302db8744e4bff0ba3ace1812afa2fe30b558a9916', 937, NULL, X'28B52FFD64A902F50D00769A4B20506BDBD3D89964CA244C5A6B6E5B96FAE752C4842D2220FCDB3F7F6ECCCCCC1042004600420098B0DCBA503BBC742ED4F5A88DD25648A098D32494FC9317D4342B14A1C6FB5FCA63594B8AD36709A57DD8A1687BF64969BA9B8B490A2251301003CBCC5B21E8DE29C8B5398A1D4A140BE4DEAD9D871868F836F7804A1533AB8D5FFD654659EB54F4D5C74810697DE482924301019346B2C00046C240082FE08281894F06453F0B16E72DEF749F01F8B91EC26A1313AE0CFBD57E2F919F47A5CD163A03524452B13E502C1D5BF761F4679878A83EF80FBAE8B81BB01D5EB8A99D8E83EF82BA1C02DF003C816F000A02058A7B2364F0CF29822E372875B3CE720D8CEFECD81D7C869B0F7F7BAC0FB5D9A137CB7AC165D98F9165D9243E6BA80BF263AB738E33CB1CB529868AF93D39202002421462EB018A1732548271ECEE481DDD9587D275F957267F8EA0D30E9F65DDD72C616D6664265824D87C6BB6C43DC0D7C6D6002FD5D3D8662E325EC30CDA7C7471EE8AD2BB246636B48E013184B2EAB6DB9E5B186E8D05019DB1646EA4DBBFD2326410002F851FE62B4BF55169EE58C83D804DA135106FF87657C104D17C025A20FE1AACDACB315706995DA118');
INSERT INTO bodies VALUES ('0e5aae17921e38159810e89c54b7716d0141f754b92b7a9affa264797e94e1d9', 579, NULL, X'28B52FFD644301BD0A004656411F504BDCE8A14CBEECEA0BDB225FAF927665235E1B48C460AFC8424F66662A0435003F003600BE4EBB63E8EE02A61E188A6FFBAD1734BCD5BF3414CBB261FE3274207FAD782A5CF5B88DAE2BBACF4648BB9E1F25CD55282DF60A050AD81AFBB165B38A82FD302407A544250A259416DACA8192812089040140900442903040181284409208142010C432FE065DE57829CF49EC5AF83D0DC5E203CBE8B67DD570FA3FE8FBC0BE3476E83CD4FDC50E5D2AE740034D6377BE3D7C970B75BD7ED0C1FBF9E474B87869AF176D89018BD4D60169B157C771B05C7017F66656C1C60CAEF2BCAFBC56644CE3B276A89AD7EA314097F5B2F6C1B6CC1356F9BD197CCE471F52A15B760F1F2010A6A0C5078C19C277B931D9A8628A66B740C9D88AE438BBAC58EF6460F094018F6F8D31D919D0CC306C7C2338CCDADF796421DB8DB06647A8D08CC76BC208B9D195486307AF7956E6D731BC32B0F105CC');
INSERT INTO bodies VALUES ('44d4c6247724794ceefb478d8806087d15244fd8896bc242cbabaf04e4c548ad', 451, NULL, X'28B52FFD64C3003D0800A691301C7049DA0660C4DEF0642D0265B4B4CD73F802C125C47FC5F595FE9B1729002A002600D72FF4F30C9843310634A07156AD98E4524114A2A052437C5CAF5965D20B98A33D5BCCD9B118842C965870200A402E3B5FD3F1C2D7FB01B2E53374C265A54729C14961833CA9097162970804CEE4FB2642321C5FEB3C5EF542D9F233599D3417EE2A21C3892D744C6FE451D66F9E6534EC3E7474FE8595A10306218B0441A4B42E28FD6EF2DA8DBCFE38CE9D21EA5EF87EF57A1E53CE9FDA7280527BE264331A281014A4AD07105887A469DF8469085DBBF1EBD91E80B3796080CB826C30ECDA7F45F02391C510211E07FC3421D3C4B2B86D8E8221E9A829EE5A66B2B9C159D103364537AB');
INSERT INTO bodies VALUES ('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0, NULL, X'28B52FFD240001000099E9D851');
INSERT INTO bodies VALUES ('1c5f8b29dfa4a0332c35ce97cf9e2a5e995a77729f1c26ef896ae0b37712a48b', 71, NULL, X'28B52FFD2447FD010054033C68746D6C3E3C686561643E3C7469746C653E456D7074793C2F3C2F626F64793E3C703E536F6F6E2E3C2F703E3C2F2F68746D6C3E031404032D7813F032E0FC69');
INSERT INTO bodies VALUES ('784f1a0eec5d5a09906adb350953cff69da4f256121cf6af0fd1867c22608222', 593, NULL, X'28B52FFD645101BD0A0046164120404BDC068869D9C6A5724BD1A77FF436BE2907B76DBA17E30112D8DF8661003734003E00360046FA1530D381A1E8F66ECBA0C1ABFAA5A138CB86D967E840FC76E15478D578279D13BACE5DF067B5A07CB53652525E2165B1562809D816B7B1A5F3E5414AA2128514A43CA45D0EA4180892481000044920040903642141082489400102419C6933A42BA76B794FE28BD1E634140FCD7F969F6FD2DB5B399ADC0BE43B28334D1D3E0FD37BA94397EA39D080D3949F6E0FDBE5C2B4DE2EB08177D1A9E97029D3DE32A925063C646A1BCA62AD8EE360C9E019E56DBE60D306BFB4BE97B70959B378B60E95F3563506A4B365D617D8CE18E1499BB7C1D65C248754E8AECC011F2010A6A0C50794194278B931D9A8628A68B740C9D88AE438BBAC586F6560F094018F6F8D31D919D0CC306C7C2338B6C59FF32842F61AC166A7ADD224268F6763E44657528D1DBCE65999DFA4E1410111FD7BEB');
