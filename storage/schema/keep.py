"""What was added so that every text can be read again, explained and taken back. As it was released: never edited."""

KEEP = """
-- Every revision of a site rule that a version was read with: the file itself.
CREATE TABLE rules (
    revision TEXT PRIMARY KEY,                 -- as in versions.rule_revision, before any `+`
    name TEXT NOT NULL,                        -- of the file, without .yaml
    text TEXT NOT NULL,
    kept_at TEXT NOT NULL
) WITHOUT ROWID;
-- A re-extraction that was applied.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    scope TEXT NOT NULL,                       -- JSON: which articles were asked for
    program TEXT NOT NULL,                     -- the newskeep that read
    counts TEXT NOT NULL,                      -- JSON: site -> verdict -> articles
    applied_at TEXT NOT NULL,
    undone_at TEXT
);
ALTER TABLE versions ADD COLUMN run_id INTEGER REFERENCES runs(id);  -- the re-extraction that made it
ALTER TABLE versions ADD COLUMN changed_by TEXT;   -- publisher, rule, template, capture; NULL: not told
ALTER TABLE versions ADD COLUMN edits TEXT;        -- JSON list of what a publisher changed: headline …
CREATE INDEX versions_run ON versions(run_id) WHERE run_id IS NOT NULL;
CREATE INDEX versions_known ON versions(article_id, number, created_at, capture_id);  -- which was current when
CREATE INDEX versions_unexplained ON versions(id) WHERE number > 1 AND changed_by IS NULL;
-- Versions that were taken back: of a wall, of a re-extraction that was undone. What an archive knew then needs them.
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
CREATE INDEX withdrawn_article ON withdrawn(article_id);
CREATE INDEX withdrawn_capture ON withdrawn(capture_id);
-- How the bytes of a capture were made text, and what became of them.
ALTER TABLE captures ADD COLUMN charset TEXT;      -- the codec, by Python's name
ALTER TABLE captures ADD COLUMN charset_by TEXT;   -- what decided it: bom, header, meta, valid, host, guess
ALTER TABLE captures ADD COLUMN replaced INTEGER;  -- characters that could not be read, U+FFFD
CREATE INDEX captures_replaced ON captures(fetched_at) WHERE replaced > 0;  -- `status` asks which hosts' they are
ALTER TABLE captures ADD COLUMN import_id INTEGER REFERENCES imports(id);
ALTER TABLE captures ADD COLUMN payload_digest TEXT;  -- as an imported record gave it: later ones may refer to it
ALTER TABLE captures ADD COLUMN body_gone TEXT;    -- why its body is kept no longer: pruned, taken down, lost
ALTER TABLE captures ADD COLUMN body_gone_at TEXT;
CREATE INDEX captures_payload ON captures(payload_digest) WHERE payload_digest IS NOT NULL;
CREATE INDEX captures_first_page ON captures(first_page_id) WHERE first_page_id IS NOT NULL;
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
-- Near-duplicates. The sketch of a text is the smallest hashes of its word triples, eight bytes each.
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
CREATE INDEX story_links_other ON story_links(other_id);
-- A round-up holds articles of several stories: it is linked with each, and belongs to none of theirs.
CREATE TABLE story_parts (
    article_id INTEGER NOT NULL REFERENCES articles(id),   -- the round-up
    other_id INTEGER NOT NULL REFERENCES articles(id),     -- an article that stands in it
    share REAL NOT NULL,                       -- of the round-up's text that stands in the other's, 0 to 1
    other_share REAL NOT NULL,
    linked_at TEXT NOT NULL,
    PRIMARY KEY (article_id, other_id)
) WITHOUT ROWID;
CREATE INDEX story_parts_other ON story_parts(other_id);
-- Links of stories that held until then. What an archive knew before needs them.
CREATE TABLE unlinked (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    linked_at TEXT NOT NULL,
    unlinked_at TEXT NOT NULL
);
CREATE INDEX unlinked_article ON unlinked(article_id);
CREATE INDEX unlinked_other ON unlinked(other_id);
ALTER TABLE articles ADD COLUMN story_id INTEGER;  -- the first article of its story; NULL: it stands alone
CREATE INDEX articles_story ON articles(story_id) WHERE story_id IS NOT NULL;
ALTER TABLE articles ADD COLUMN related INTEGER NOT NULL DEFAULT 0;  -- 1: its story is told from what it says now
CREATE INDEX articles_unrelated ON articles(id) WHERE related = 0 AND version_id IS NOT NULL;
CREATE TRIGGER articles_relate_again AFTER UPDATE OF version_id, first_seen ON articles
WHEN new.version_id IS NOT old.version_id OR new.first_seen IS NOT old.first_seen BEGIN
    UPDATE articles SET related = new.first_seen IS old.first_seen AND EXISTS (
        SELECT 1 FROM sketches JOIN versions ON versions.id = new.version_id
        WHERE sketches.article_id = new.id AND sketches.text_sha256 = versions.text_sha256
    ) WHERE id = new.id;
END;
CREATE INDEX articles_site ON articles(site, id);
CREATE TABLE tombstones (
    key TEXT PRIMARY KEY,                      -- of the address: what tells two addresses of one page are one
    url TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    why TEXT NOT NULL DEFAULT '',
    bodies TEXT NOT NULL DEFAULT '[]',         -- JSON list: SHA-256 of the bodies that were removed with it
    done_at TEXT                               -- when the last of it was removed; NULL: to be gone on with
) WITHOUT ROWID;
-- How many articles of each state and versions of each reason there are: to count them takes longer the more there are.
CREATE TABLE totals (
    what TEXT NOT NULL,                        -- articles, versions
    kind TEXT NOT NULL,                        -- articles.state, versions.reason
    n INTEGER NOT NULL,
    PRIMARY KEY (what, kind)
) WITHOUT ROWID;
INSERT INTO totals (what, kind, n) SELECT 'articles', state, count(*) FROM articles GROUP BY state
    UNION ALL SELECT 'versions', reason, count(*) FROM versions GROUP BY reason;
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

DROP VIEW edits;
CREATE INDEX versions_edits ON versions(created_at) WHERE number > 1;  -- the view's last rows without the others
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
"""
