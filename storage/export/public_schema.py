"""The shape of the copy for the public. Its comments are read by people: Datasette shows them below each table."""

APPLICATION = 0x4E4B5043  # "NKPC": https://sqlite.org/pragma.html#pragma_application_id
SHAPE_NUMBER = 1  # of this shape, as user_version

TABLES = """
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,            -- of the feed, sitemap or listing page; a key or password in it is ***
    kind TEXT,                    -- feed, sitemap, listing
    site TEXT,
    title TEXT
);
CREATE TABLE articles (           -- each as it reads in its current version
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    url TEXT NOT NULL,            -- the canonical address
    site TEXT,
    published TEXT,               -- ISO 8601, as exactly as it is known, in the zone of the site
    published_precision TEXT,     -- second, minute, day, month, year
    published_raw TEXT,           -- as the page has it
    modified TEXT,                -- as the page says
    authors TEXT NOT NULL,        -- JSON list
    source TEXT,                  -- the publication that the page names
    section TEXT,
    tags TEXT NOT NULL,           -- JSON list
    language TEXT,
    lead TEXT,
    text TEXT NOT NULL,           -- paragraphs, a blank line between two
    captions TEXT NOT NULL,       -- JSON list of {text, credit}
    image TEXT,                   -- address of the picture that stands for it
    paywalled INTEGER,            -- 1: readers pay for the text; NULL: the page does not say
    first_seen TEXT,              -- when its page was first fetched, UTC
    last_seen TEXT,               -- when its page was last found as it is here, UTC
    state TEXT NOT NULL,          -- current; gone: the site took the page away
    gone_at TEXT,                 -- when that was noticed, UTC
    story_id INTEGER,             -- articles with the same one are copies of each other, or of parts of each other
    versions INTEGER NOT NULL,    -- how many of it are known
    version_id INTEGER NOT NULL REFERENCES versions(id)
);
CREATE TABLE versions (           -- every reading of every article, with where it is from
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id),
    number INTEGER NOT NULL,      -- within the article
    reason TEXT NOT NULL,         -- published, edited, re-extracted
    changed_by TEXT,              -- what changed it: publisher, rule, template, capture; NULL: not told
    edits TEXT,                   -- JSON list of what a publisher changed: headline, figure, quote ...
    read_at TEXT NOT NULL,        -- UTC
    captured_at TEXT NOT NULL,    -- when its page was fetched, UTC
    captured_from TEXT NOT NULL,  -- the address that answered
    memento TEXT,                 -- the web archive's copy that was read in the page's place
    capture_sha256 TEXT NOT NULL, -- of the bytes of the page
    status INTEGER NOT NULL,      -- of HTTP
    extractor TEXT NOT NULL,      -- site:<rule>, or generic
    rule_revision TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    title TEXT NOT NULL,
    lead TEXT,
    text TEXT NOT NULL,
    authors TEXT NOT NULL,        -- JSON list
    published TEXT,
    published_precision TEXT,
    published_raw TEXT,
    modified TEXT,
    source TEXT,
    section TEXT,
    tags TEXT NOT NULL,           -- JSON list
    captions TEXT NOT NULL,       -- JSON list of {text, credit}
    language TEXT,
    image TEXT,
    paywalled INTEGER,
    UNIQUE (article_id, number)
);
CREATE TABLE announcements (      -- which source named an article, and when first
    article_id INTEGER NOT NULL REFERENCES articles(id),
    source_id INTEGER NOT NULL REFERENCES sources(id),
    announced_at TEXT NOT NULL,   -- UTC
    PRIMARY KEY (article_id, source_id)
) WITHOUT ROWID;
CREATE TABLE story_links (        -- two articles that share their text
    article_id INTEGER NOT NULL REFERENCES articles(id),  -- the one that had it later
    other_id INTEGER NOT NULL REFERENCES articles(id),    -- the one that had it first
    share REAL,                   -- how much of the article stands in the other, 0 to 1
    other_share REAL,             -- how much of the other stands in the article
    PRIMARY KEY (article_id, other_id)
) WITHOUT ROWID
"""
# Made when the tables are full. Datasette knows the index of the search by `content="articles"`.
REST = """
CREATE INDEX articles_site ON articles(site, first_seen);
CREATE INDEX articles_published ON articles(published);
CREATE INDEX articles_first_seen ON articles(first_seen);
CREATE INDEX articles_story ON articles(story_id);
CREATE INDEX versions_read_at ON versions(read_at);
CREATE INDEX announcements_source ON announcements(source_id);
CREATE INDEX story_links_other ON story_links(other_id);
CREATE VIRTUAL TABLE articles_fts USING fts5(
    title, text, content="articles", content_rowid="id", tokenize="unicode61 remove_diacritics 2"
);
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
INSERT INTO articles_fts (articles_fts) VALUES ('optimize');
CREATE VIEW latest_articles AS
    SELECT id, published, title, source, site, url, section, authors, language, versions,
        length(text) AS characters, first_seen, story_id
    FROM articles ORDER BY first_seen DESC, id DESC;
CREATE VIEW edits AS
    SELECT new.read_at AS seen_at, new.article_id, new.number, articles.site, articles.url,
        old.title AS title_before, new.title AS title_after,
        length(new.text) - length(old.text) AS characters_gained, new.reason, new.changed_by, new.edits
    FROM versions new
    JOIN versions old ON old.article_id = new.article_id AND old.number = (
        SELECT max(number) FROM versions WHERE article_id = new.article_id AND number < new.number
    )
    JOIN articles ON articles.id = new.article_id
    ORDER BY new.read_at DESC;
CREATE VIEW stories AS
    SELECT told.story_id, first.title, first.site AS first_site, first.url AS first_url,
        told.first_seen, told.articles, told.sites, told.last_seen
    FROM (
        SELECT story_id, min(first_seen) AS first_seen, max(first_seen) AS last_seen,
            count(*) AS articles, count(DISTINCT site) AS sites
        FROM articles WHERE story_id IS NOT NULL GROUP BY story_id
    ) told JOIN articles first ON first.id = (
        SELECT id FROM articles WHERE story_id = told.story_id ORDER BY id <> story_id, first_seen, id LIMIT 1
    )
    ORDER BY told.last_seen DESC
"""
