"""The first shape of archive.db, as it was released: never edited."""

# All times are ISO 8601 in UTC with a `+00:00`, so that text order is time order;
# `published` alone keeps the zone and the precision the site gave.
FIRST = """
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
);
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
CREATE INDEX entries_todo ON entries(state, next_visit) WHERE state IN ('new', 'fetched', 'refused', 'empty');
CREATE TABLE entry_sources (
    entry_id INTEGER NOT NULL REFERENCES entries(id),
    source_id INTEGER NOT NULL REFERENCES sources(id),
    found_at TEXT NOT NULL,
    PRIMARY KEY (entry_id, source_id)
) WITHOUT ROWID;
CREATE INDEX entry_sources_source ON entry_sources(source_id);
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
);
CREATE INDEX captures_entry ON captures(entry_id);
CREATE INDEX captures_source ON captures(source_id);
CREATE INDEX captures_sha256 ON captures(sha256);
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
);
CREATE INDEX articles_next_look ON articles(next_look) WHERE next_look IS NOT NULL;
CREATE INDEX articles_entry ON articles(entry_id);
CREATE INDEX articles_published ON articles(published);
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
    created_at TEXT NOT NULL,
    UNIQUE (article_id, number)
);
CREATE INDEX versions_capture ON versions(capture_id);
CREATE TABLE hosts (
    origin TEXT PRIMARY KEY,
    robots_status INTEGER,
    robots_body BLOB,
    robots_fetched_at TEXT,
    closed_until TEXT,
    closed_reason TEXT
);

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
CREATE VIEW edits AS
    SELECT new.created_at AS seen_at, articles.id AS article_id, new.number, articles.site, articles.url,
        old.title AS title_before, new.title AS title_after,
        length(new.text) - length(old.text) AS characters_gained, new.reason
    FROM versions new
    JOIN versions old ON old.article_id = new.article_id AND old.number = new.number - 1
    JOIN articles ON articles.id = new.article_id
    ORDER BY new.created_at DESC;
CREATE VIEW troubles AS
    SELECT 'source' AS what, url, failures AS tries, last_error, last_poll AS since FROM sources
    WHERE last_error IS NOT NULL AND active
    UNION ALL
    SELECT 'entry ' || state, url, attempts, last_error, found_at FROM entries
    WHERE last_error IS NOT NULL AND state NOT IN ('done', 'fetched');
"""
