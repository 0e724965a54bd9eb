-- An archive as commit 72c40f4 made it: m001 to m008.
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
);
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
, host TEXT, reason TEXT, text_sha256 TEXT, text_length INTEGER, charset TEXT, charset_by TEXT, replaced INTEGER, import_id INTEGER REFERENCES imports(id), payload_digest TEXT, body_gone TEXT, body_gone_at TEXT);
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
);
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
INSERT INTO _sqlite_migrations VALUES (1, 'newskeep', 'm001_first', '2026-11-22 13:36:18.024372+00:00');
INSERT INTO _sqlite_migrations VALUES (2, 'newskeep', 'm002_memories', '2026-11-22 13:36:18.025683+00:00');
INSERT INTO _sqlite_migrations VALUES (3, 'newskeep', 'm003_image_and_paywall', '2026-11-22 13:36:18.026710+00:00');
INSERT INTO _sqlite_migrations VALUES (4, 'newskeep', 'm004_places', '2026-11-22 13:36:18.027173+00:00');
INSERT INTO _sqlite_migrations VALUES (5, 'newskeep', 'm005_watch', '2026-11-22 13:36:18.031439+00:00');
INSERT INTO _sqlite_migrations VALUES (6, 'newskeep', 'm006_keep', '2026-11-22 13:36:18.037517+00:00');
INSERT INTO _sqlite_migrations VALUES (7, 'newskeep', 'm007_precision', '2026-11-22 13:36:18.038190+00:00');
INSERT INTO _sqlite_migrations VALUES (8, 'newskeep', 'm008_seals', '2026-11-22 13:36:18.044151+00:00');
INSERT INTO sources VALUES (1, 'http://e.org/feed', 'feed', 'e.org', 'Town', NULL, 1, NULL, '"-6213809556062944195"', NULL, 'b4a8e4de49705dfa5aab47302db8744e4bff0ba3ace1812afa2fe30b558a9916', '2026-11-22T14:14:27.164372+00:00', '2026-11-22T14:00:00+00:00', '2026-11-22T14:00:00+00:00', 0, NULL, '2026-11-22T13:36:18.079715+00:00', 867.1643723019541, 0.46002220731466165, 5, NULL, '[]', '[]', '2026-11-22T12:00:00+00:00', '2026-11-22T12:00:00+00:00', NULL, NULL);
INSERT INTO entries VALUES (1, 'http://e.org/boats', 'e.org/boats', 'e.org', 'http://e.org/boats', 'Boats dredge the harbour', NULL, NULL, NULL, NULL, '[]', '[]', NULL, NULL, 1, '2026-11-22T12:00:00+00:00', 'done', 0, NULL, NULL, 6, '"-8337565746096713155"', NULL);
INSERT INTO entries VALUES (2, 'http://e.org/herons', 'e.org/herons', 'e.org', NULL, 'Herons at the marsh', '2026-11-21T10:00:00+00:00', 'Sat, 21 Nov 2026 10:00:00 GMT', 'minute', NULL, '[]', '[]', NULL, NULL, 1, '2026-11-22T12:00:00+00:00', 'done', 0, NULL, NULL, 3, '"2716130581056750776"', NULL);
INSERT INTO entries VALUES (3, 'http://e.org/bakery', 'e.org/bakery', 'e.org', NULL, 'Bakery opens earlier', NULL, NULL, NULL, NULL, '[]', '[]', NULL, '<p>The bakery on the square opens an hour earlier from next week, its owner said on Friday.</p><p>She has hired two apprentices, and the ovens that stood idle since the summer are to be lit again.</p><p>The early train brings more people to the town than it used to, and most of them are hungry.</p>', 1, '2026-11-22T12:00:00+00:00', 'new', 2, '2026-11-22T14:15:00+00:00', 'http://e.org/bakery: answered 503', NULL, NULL, NULL);
INSERT INTO entries VALUES (4, 'http://e.org/gone', 'e.org/gone', 'e.org', NULL, 'Gone', NULL, NULL, NULL, NULL, '[]', '[]', NULL, NULL, 1, '2026-11-22T12:00:00+00:00', 'gone', 1, NULL, 'http://e.org/gone: answered 410', NULL, NULL, NULL);
INSERT INTO entries VALUES (5, 'http://e.org/empty', 'e.org/empty', 'e.org', NULL, 'Empty', NULL, NULL, NULL, NULL, '[]', '[]', NULL, NULL, 1, '2026-11-22T12:00:00+00:00', 'empty', 1, '2026-11-22T18:00:00+00:00', 'no text that could be an article''s', 5, NULL, NULL);
INSERT INTO entry_sources VALUES (1, 1, '2026-11-22T12:00:00+00:00', '2026-11-22T12:00:00+00:00');
INSERT INTO entry_sources VALUES (2, 1, '2026-11-22T12:00:00+00:00', '2026-11-22T12:00:00+00:00');
INSERT INTO entry_sources VALUES (3, 1, '2026-11-22T12:00:00+00:00', '2026-11-22T12:00:00+00:00');
INSERT INTO entry_sources VALUES (4, 1, '2026-11-22T12:00:00+00:00', '2026-11-22T12:00:00+00:00');
INSERT INTO entry_sources VALUES (5, 1, '2026-11-22T12:00:00+00:00', '2026-11-22T12:00:00+00:00');
INSERT INTO captures VALUES (1, NULL, 1, NULL, 'http://e.org/feed', 'http://e.org/feed', '2026-11-22T12:00:00+00:00', 200, '[["content-type","text/html; charset=utf-8"],["etag","\"-6213809556062944195\""]]', 'text/html; charset=utf-8', 'b4a8e4de49705dfa5aab47302db8744e4bff0ba3ace1812afa2fe30b558a9916', 937, 'source', 'poll', 0.0, 'e.org', NULL, NULL, NULL, 'utf-8', 'header', 0, NULL, NULL, NULL, NULL);
INSERT INTO captures VALUES (2, 1, NULL, NULL, 'http://e.org/boats', 'http://e.org/boats', '2026-11-22T12:00:00+00:00', 200, '[["content-type","text/html; charset=utf-8"],["etag","\"-6628708743630445317\""]]', 'text/html; charset=utf-8', '0e5aae17921e38159810e89c54b7716d0141f754b92b7a9affa264797e94e1d9', 579, 'article', 'visit', 0.0, 'e.org', NULL, '37340a2dd8b60aa1da8ed4e0b6e1ff5337c68e544be03e991f238cb37b25983e', 317, 'utf-8', 'header', 0, NULL, NULL, NULL, NULL);
INSERT INTO captures VALUES (3, 2, NULL, NULL, 'http://e.org/herons', 'http://e.org/herons', '2026-11-22T12:00:00+00:00', 200, '[["content-type","text/html; charset=utf-8"],["etag","\"2716130581056750776\""]]', 'text/html; charset=utf-8', '44d4c6247724794ceefb478d8806087d15244fd8896bc242cbabaf04e4c548ad', 451, 'article', 'visit', 0.0, 'e.org', NULL, '853550a99d584565d056283197afa6d8ff11d1a78c3eaebf667bfb50a0856cbb', 314, 'utf-8', 'header', 0, NULL, NULL, NULL, NULL);
INSERT INTO captures VALUES (4, 4, NULL, NULL, 'http://e.org/gone', 'http://e.org/gone', '2026-11-22T12:00:00+00:00', 410, '[["content-type","text/html; charset=utf-8"],["etag","\"0\""]]', 'text/html; charset=utf-8', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0, 'gone', 'visit', 0.0, 'e.org', 'answered 410', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO captures VALUES (5, 5, NULL, NULL, 'http://e.org/empty', 'http://e.org/empty', '2026-11-22T12:00:00+00:00', 200, '[["content-type","text/html; charset=utf-8"],["etag","\"7706358746483466506\""]]', 'text/html; charset=utf-8', '1c5f8b29dfa4a0332c35ce97cf9e2a5e995a77729f1c26ef896ae0b37712a48b', 71, 'empty', 'visit', 0.0, 'e.org', 'no text that could be an article''s', NULL, NULL, 'utf-8', 'header', 0, NULL, NULL, NULL, NULL);
INSERT INTO captures VALUES (6, 1, NULL, NULL, 'http://e.org/boats', 'http://e.org/boats', '2026-11-22T14:00:00+00:00', 200, '[["content-type","text/html; charset=utf-8"],["etag","\"-8337565746096713155\""]]', 'text/html; charset=utf-8', '784f1a0eec5d5a09906adb350953cff69da4f256121cf6af0fd1867c22608222', 593, 'article', 'look', 0.0, 'e.org', NULL, '5d31399c661de110ebecf89eef2cee4d8b4437e0647ddb325b27ae100c189e63', 319, 'utf-8', 'header', 0, NULL, NULL, NULL, NULL);
INSERT INTO articles VALUES (1, 'http://e.org/boats', 'e.org/boats', 'e.org', 'Three boats dredge the harbour', '2026-11-21T08:30:00+01:00', '2026-11-22T12:00:00+00:00', '2026-11-22T14:00:00+00:00', '2026-11-22T15:00:00+00:00', 1, 3, 1, NULL, 'current', NULL, NULL, 1);
INSERT INTO articles VALUES (2, 'http://e.org/herons', 'e.org/herons', 'e.org', 'Herons at the marsh', '2026-11-21T10:00:00+00:00', '2026-11-22T12:00:00+00:00', '2026-11-22T14:00:00+00:00', '2026-11-22T15:00:00+00:00', 1, 2, 2, NULL, 'current', NULL, NULL, 1);
INSERT INTO versions VALUES (1, 1, 2, 1, 'Boats dredge the harbour', 'Two boats began to dredge the harbour on Monday, and the council said that the work would last until spring.

The harbour has silted up since the river was straightened, and ferries have had to wait for the tide.

Fishermen welcomed the work, though some of them doubted that it would be finished before the ice came.', '["p","p","p"]', '["Ada Reed"]', '2026-11-21T08:30:00+01:00', '2026-11-21T08:30:00+01:00', 'minute', NULL, NULL, NULL, '[]', '[]', NULL, NULL, 'bc3c6523a83cc6827beee07d0f19c1fa8f2a42681b138ff1e97d7c628939a9d6', 'generic', '0.1.0-03eb443e', 'published', '2026-11-22T12:00:00+00:00', '', NULL, NULL, '["body>article:nth-child(1)>p:nth-child(2)","body>article:nth-child(1)>p:nth-child(3)","body>article:nth-child(1)>p:nth-child(4)"]', NULL, NULL, NULL);
INSERT INTO versions VALUES (2, 2, 3, 1, 'Herons at the marsh', 'Nine herons were counted at the marsh on Sunday morning by volunteers who had walked there before dawn.

The count has been held each winter since the railway closed, and this one was the best in twenty years.

A warden said that the new reed beds had made the difference, and that otters had been seen there, too.', '["p","p","p"]', '[]', '2026-11-21T10:00:00+00:00', 'Sat, 21 Nov 2026 10:00:00 GMT', 'minute', NULL, NULL, NULL, '[]', '[]', NULL, NULL, '58ccc7c413d9910f60e487be6297b4958eff942ff60c00637d94f470ab64f139', 'generic', '0.1.0-03eb443e', 'published', '2026-11-22T12:00:00+00:00', '', NULL, NULL, '["body>article:nth-child(1)>p:nth-child(2)","body>article:nth-child(1)>p:nth-child(3)","body>article:nth-child(1)>p:nth-child(4)"]', NULL, NULL, NULL);
INSERT INTO versions VALUES (3, 1, 6, 2, 'Three boats dredge the harbour', 'Three boats began to dredge the harbour on Monday, and the council said that the work would last until spring.

The harbour has silted up since the river was straightened, and ferries have had to wait for the tide.

Fishermen welcomed the work, though some of them doubted that it would be finished before the ice came.', '["p","p","p"]', '["Ada Reed"]', '2026-11-21T08:30:00+01:00', '2026-11-21T08:30:00+01:00', 'minute', NULL, NULL, NULL, '[]', '[]', NULL, NULL, '0b5407e31df75da7c63bb6d16040301dfd60b991e1fbf928c4af0d57304ed5bb', 'generic', '0.1.0-03eb443e', 'edited', '2026-11-22T14:00:00+00:00', '', NULL, NULL, '["body>article:nth-child(1)>p:nth-child(2)","body>article:nth-child(1)>p:nth-child(3)","body>article:nth-child(1)>p:nth-child(4)"]', NULL, 'publisher', '["headline","figure"]');
INSERT INTO source_days VALUES (1, '2026-11-22', 2, 1, 0, 5, 937);
INSERT INTO sketches VALUES (1, '0b5407e31df75da7c63bb6d16040301dfd60b991e1fbf928c4af0d57304ed5bb', 55, X'000000a62d4a4dba000001690e77d50e000005856b6e9b9a0000110ce1d076c00000166793f29139000016dc58fc1a9100001af9e160ce14000022b52cbcc1960000276b20a2806c000027d33cc393a000002dbee4e8d16b00002f2b5e35521100003e3d54e024e9000044e2e8bd92a6000052797b950fda000055e5bf1a3280000061e02cfd214b00006c90c00f7b9d00007042f9da7af300007d87f7bb017d000081d27de483fb0000829023aff8ba00008663b070c9390000873e8b79658f');
INSERT INTO sketches VALUES (2, '58ccc7c413d9910f60e487be6297b4958eff942ff60c00637d94f470ab64f139', 56, X'00000833e398ad8c00000e17e833005300000ff2a1b3b26300001ae847a003d900001d4e5bc3d6c50000258f030d2dc400002734407304db0000289d40b6b93500002ef40de63dc6000031b27906c1c1000037d9bd198fbd00004564ece9e0c50000482fcd23d43a000048a112e041b40000503a908416db000052654476728200005992e0cd165c00005a24c5a94a4a00005e217ec86275000066f95d3f17680000699425835b9000006c0df59f682b00006ea2a3c5ddc5000073152486f95d');
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
INSERT INTO seals VALUES ('_sqlite_migrations', 1, '', 8641245992576143900);
INSERT INTO seals VALUES ('_sqlite_migrations', 2, '', 5809769950930894038);
INSERT INTO seals VALUES ('_sqlite_migrations', 3, '', 7676876460819145856);
INSERT INTO seals VALUES ('_sqlite_migrations', 4, '', 483938302234429432);
INSERT INTO seals VALUES ('_sqlite_migrations', 5, '', -1438745826578400478);
INSERT INTO seals VALUES ('_sqlite_migrations', 6, '', 3424313102550956183);
INSERT INTO seals VALUES ('_sqlite_migrations', 7, '', 8890395916319260085);
INSERT INTO seals VALUES ('_sqlite_migrations', 8, '', -2105979089561161711);
INSERT INTO seals VALUES ('articles', 1, '', -730698691634574099);
INSERT INTO seals VALUES ('articles', 2, '', 4448053908564137390);
INSERT INTO seals VALUES ('captures', 1, '', -1189749886767322955);
INSERT INTO seals VALUES ('captures', 2, '', -1206312792513228087);
INSERT INTO seals VALUES ('captures', 3, '', -5351721909966753081);
INSERT INTO seals VALUES ('captures', 4, '', 8752124592866643914);
INSERT INTO seals VALUES ('captures', 5, '', 4680773253182408908);
INSERT INTO seals VALUES ('captures', 6, '', 7825107324280445623);
INSERT INTO seals VALUES ('entries', 1, '', -6535524191688168076);
INSERT INTO seals VALUES ('entries', 2, '', 7316917283566728295);
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
INSERT INTO seals VALUES ('sources', 1, '', -7248751462011219363);
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
INSERT INTO seals VALUES ('sqlite_schema', 'captures', 'table', -3720367928319041314);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_entry', 'index', -7060306989563224585);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_first_page', 'index', 511004324761374289);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_host', 'index', -8169132172820311042);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_newest', 'index', 6102909706378717518);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_odd', 'index', -628803684351164984);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_payload', 'index', -7627220214502743209);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_replaced', 'index', -8254008153235856477);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_sha256', 'index', -5014094903397121221);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_source', 'index', 2449598529106111749);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_text', 'index', -3161758216465547618);
INSERT INTO seals VALUES ('sqlite_schema', 'captures_visits', 'index', -978079234439482716);
INSERT INTO seals VALUES ('sqlite_schema', 'edits', 'view', 5578764996983729410);
INSERT INTO seals VALUES ('sqlite_schema', 'entries', 'table', -6093568056086274727);
INSERT INTO seals VALUES ('sqlite_schema', 'entries_over', 'index', 1220092280003392257);
INSERT INTO seals VALUES ('sqlite_schema', 'entries_todo', 'index', -966840511209083771);
INSERT INTO seals VALUES ('sqlite_schema', 'entry_sources', 'table', -7045240817648890386);
INSERT INTO seals VALUES ('sqlite_schema', 'entry_sources_source', 'index', -4482673092517334832);
INSERT INTO seals VALUES ('sqlite_schema', 'gaps', 'table', -1516678635918917713);
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
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_entries_1', 'index', -8329330136531045122);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_entries_2', 'index', 96266374139291054);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_hosts_1', 'index', 9074298581479526878);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_imports_1', 'index', -1835783225127425325);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_memories_1', 'index', 1743302782773334287);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_sources_1', 'index', 8659175226827159829);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_versions_1', 'index', -580681327106984576);
INSERT INTO seals VALUES ('sqlite_schema', 'sqlite_autoindex_walls_1', 'index', 7086004970366856667);
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
INSERT INTO seals VALUES ('sqlite_schema', 'walls', 'table', 8370248093196689826);
INSERT INTO seals VALUES ('sqlite_schema', 'withdrawn', 'table', 3063949649557777437);
INSERT INTO seals VALUES ('sqlite_schema', 'withdrawn_article', 'index', -4038796545438710733);
INSERT INTO seals VALUES ('sqlite_schema', 'withdrawn_capture', 'index', 6066310757047367428);
INSERT INTO seals VALUES ('versions', 1, '', 3988652570905765829);
INSERT INTO seals VALUES ('versions', 2, '', 194610772764099347);
INSERT INTO seals VALUES ('versions', 3, '', 142464555311822967);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX entries_todo ON entries(state, next_visit) WHERE state IN ('new', 'fetched', 'refused', 'empty');
CREATE INDEX captures_entry ON captures(entry_id);
CREATE INDEX captures_source ON captures(source_id);
CREATE INDEX captures_sha256 ON captures(sha256);
CREATE INDEX articles_next_look ON articles(next_look) WHERE next_look IS NOT NULL;
CREATE INDEX articles_entry ON articles(entry_id);
CREATE INDEX articles_published ON articles(published);
CREATE VIEW articles_text AS
    SELECT articles.id, versions.title, versions.text
    FROM articles JOIN versions ON versions.id = articles.version_id;
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
CREATE TRIGGER articles_relate_again AFTER UPDATE OF version_id, first_seen ON articles
WHEN new.version_id IS NOT old.version_id OR new.first_seen IS NOT old.first_seen BEGIN
    UPDATE articles SET related = new.first_seen IS old.first_seen AND EXISTS (
        SELECT 1 FROM sketches JOIN versions ON versions.id = new.version_id
        WHERE sketches.article_id = new.id AND sketches.text_sha256 = versions.text_sha256
    ) WHERE id = new.id;
END;
CREATE INDEX articles_site ON articles(site, id);
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
CREATE INDEX versions_edits ON versions(created_at) WHERE number > 1;
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
CREATE INDEX seals_open ON seals(name) WHERE digest IS NULL;
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
INSERT INTO bodies VALUES ('b4a8e4de49705dfa5aab47302db8744e4bff0ba3ace1812afa2fe30b558a9916', 937, NULL, X'28b52ffd64a902f50d00769a4b20506bdbd3d89964ca244c5a6b6e5b96fae752c4842d2220fcdb3f7f6ecccccc1042004600420098b0dcba503bbc742ed4f5a88dd25648a098d32494fc9317d4342b14a1c6fb5fca63594b8ad36709a57dd8a1687bf64969ba9b8b490a2251301003cbcc5b21e8de29c8b5398a1d4a140be4dead9d871868f836f7804a1533ab8d5ffd654659eb54f4d5c74810697de482924301019346b2c00046c240082fe08281894f06453f0b16e72def749f01f8b91ec26a1313ae0cfbd57e2f919f47a5cd163a03524452b13e502c1d5bf761f4679878a83ef80fbae8b81bb01d5eb8a99d8e83ef82ba1c02df003c816f000a02058a7b2364f0cf29822e372875b3ce720d8cefecd81d7c869b0f7f7bac0fb5d9a137cb7ac165d98f9165d9243e6ba80bf263ab738e33cb1cb529868af93d39202002421462eb018a1732548271ecee481ddd9587d275f957267f8ea0d30e9f65ddd72c616d6664265824d87c6bb6c43dc0d7c6d6002fd5d3d8662e325ec30cda7c7471ee8ad2bb246636b48e013184b2eab6db9e5b186e8d05019db1646ea4dbbfd2326410002f851fe62b4bf55169ee58c83d804da135106ff87657c104d17c025a20fe1aacdacb315706995da118');
INSERT INTO bodies VALUES ('0e5aae17921e38159810e89c54b7716d0141f754b92b7a9affa264797e94e1d9', 579, NULL, X'28b52ffd644301bd0a004656411f504bdce8a14cbeecea0bdb225faf927665235e1b48c460afc8424f66662a0435003f003600be4ebb63e8ee02a61e188a6ffbad1734bcd5bf3414cbb261fe3274207fad782a5cf5b88dae2bbacf4648bb9e1f25cd55282df60a050ad81afbb165b38a82fd302407a544250a259416daca8192812089040140900442903040181284409208142010c432fe065de57829cf49ec5af83d0dc5e203cbe8b67dd570fa3fe8fbc0be3476e83cd4fdc50e5d2ae740034d6377be3d7c970b75bd7ed0c1fbf9e474b87869af176d89018bd4d60169b157c771b05c7017f66656c1c60caef2bcafbc56644ce3b276a89ad7ea314097f5b2f6c1b6cc1356f9bd197cce471f52a15b760f1f2010a6a0c5078c19c277b931d9a8628a66b740c9d88ae438bbac58ef6460f094018f6f8d31d919d0cc306c7c2338ccdadf796421db8db06647a8d08cc76bc208b9d195486307af7956e6d731bc32b0f105cc');
INSERT INTO bodies VALUES ('44d4c6247724794ceefb478d8806087d15244fd8896bc242cbabaf04e4c548ad', 451, NULL, X'28b52ffd64c3003d0800a691301c7049da0660c4def0642d0265b4b4cd73f802c125c47fc5f595fe9b1729002a002600d72ff4f30c9843310634a07156ad98e4524114a2a052437c5caf5965d20b98a33d5bccd9b118842c965870200a402e3b5fd3f1c2d7fb01b2e53374c265a54729c14961833ca9097162970804cee4fb2642321c5feb3c5ef542d9f233599d3417ee2a21c3892d744c6fe451d66f9e6534ec3e7474fe8595a10306218b0441a4b42e28fd6ef2da8dbcfe38ce9d21ea5ef87ef57a1e53ce9fda7280527be264331a281014a4ad07105887a469df8469085dbbf1ebd91e80b3796080cb826c30ecda7f45f02391c510211e07fc3421d3c4b2b86d8e8221e9a829ee5a66b2b9c159d103364537ab');
INSERT INTO bodies VALUES ('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0, NULL, X'28b52ffd240001000099e9d851');
INSERT INTO bodies VALUES ('1c5f8b29dfa4a0332c35ce97cf9e2a5e995a77729f1c26ef896ae0b37712a48b', 71, NULL, X'28b52ffd2447fd010054033c68746d6c3e3c686561643e3c7469746c653e456d7074793c2f3c2f626f64793e3c703e536f6f6e2e3c2f703e3c2f2f68746d6c3e031404032d7813f032e0fc69');
INSERT INTO bodies VALUES ('784f1a0eec5d5a09906adb350953cff69da4f256121cf6af0fd1867c22608222', 593, NULL, X'28b52ffd645101bd0a0046164120404bdc068869d9c6a5724bd1a77ff436be2907b76dba17e30112d8df8661003734003e00360046fa1530d381a1e8f66ecba0c1abfaa5a138cb86d967e840fc76e15478d578279d13bace5df067b5a07cb53652525e2165b1562809d816b7b1a5f3e5414aa2128514a43ca45d0ea4180892481000044920040903642141082489400102419c6933a42ba76b794fe28bd1e634140fcd7f969f6fd2db5b399adc0be43b28334d1d3e0fd37ba94397ea39d080d3949f6e0fdbe5c2b4de2eb08177d1a9e97029d3de32a925063c646a1bca62ad8ee360c9e019e56dbe60d306bfb4be97b70959b378b60e95f3563506a4b365d617d8ce18e1499bb7c1d65c248754e8aecc011f2010a6a0c50794194278b931d9a8628a68b740c9d88ae438bbac586f6560f094018f6f8d31d919d0cc306c7c2338b6c59ff32842f61ac166a7add224268f6763e44657528d1dbce65999dfa4e1410111fd7beb');
