-- An archive as commit 5f1f9d8 made it: m001 to m004.
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
CREATE TABLE entry_sources (
    entry_id INTEGER NOT NULL REFERENCES entries(id),
    source_id INTEGER NOT NULL REFERENCES sources(id),
    found_at TEXT NOT NULL,
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
, host TEXT);
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
    created_at TEXT NOT NULL, memory_revision TEXT NOT NULL DEFAULT '', image TEXT, paywalled INTEGER, places TEXT,
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
INSERT INTO _sqlite_migrations VALUES (1, 'newskeep', 'm001_first', '2026-11-22 10:46:23.190229+00:00');
INSERT INTO _sqlite_migrations VALUES (2, 'newskeep', 'm002_memories', '2026-11-22 10:46:23.210356+00:00');
INSERT INTO _sqlite_migrations VALUES (3, 'newskeep', 'm003_image_and_paywall', '2026-11-22 10:46:23.220397+00:00');
INSERT INTO _sqlite_migrations VALUES (4, 'newskeep', 'm004_places', '2026-11-22 10:46:23.221554+00:00');
INSERT INTO sources VALUES (1, 'http://e.org/feed', 'feed', 'e.org', 'Town', NULL, 1, NULL, '"900"', NULL, '6c41486b00bcd47f6dbdc2ed90beae712aea3cbaaeef481e83d085d4082d5432', '2026-11-22T14:30:00+00:00', '2026-11-22T14:00:00+00:00', '2026-11-22T14:00:00+00:00', 0, NULL, '2026-11-22T10:46:23.402905+00:00');
INSERT INTO entries VALUES (1, 'http://e.org/boats', 'e.org/boats', 'e.org', 'http://e.org/boats', 'Boats dredge the harbour', NULL, NULL, NULL, NULL, '[]', '[]', NULL, NULL, 1, '2026-11-22T12:00:00+00:00', 'done', 0, NULL, NULL, 6, '"693"', NULL);
INSERT INTO entries VALUES (2, 'http://e.org/herons', 'e.org/herons', 'e.org', NULL, 'Herons at the marsh', '2026-11-21T10:00:00+00:00', 'Sat, 21 Nov 2026 10:00:00 GMT', 'minute', NULL, '[]', '[]', NULL, NULL, 1, '2026-11-22T12:00:00+00:00', 'done', 0, NULL, NULL, 7, '"492"', NULL);
INSERT INTO entries VALUES (3, 'http://e.org/bakery', 'e.org/bakery', 'e.org', NULL, 'Bakery opens earlier', NULL, NULL, NULL, NULL, '[]', '[]', NULL, '<p>The bakery on the square opens an hour earlier from next week, its owner said on Friday.</p><p>She has hired two apprentices, and the ovens that stood idle since the summer are to be lit again.</p><p>The early train brings more people to the town than it used to, and most of them are hungry.</p>', 1, '2026-11-22T12:00:00+00:00', 'new', 2, '2026-11-22T14:15:00+00:00', 'http://e.org/bakery: answered 503', NULL, NULL, NULL);
INSERT INTO entries VALUES (4, 'http://e.org/gone', 'e.org/gone', 'e.org', NULL, 'Gone', NULL, NULL, NULL, NULL, '[]', '[]', NULL, NULL, 1, '2026-11-22T12:00:00+00:00', 'gone', 1, NULL, 'http://e.org/gone: answered 410', NULL, NULL, NULL);
INSERT INTO entries VALUES (5, 'http://e.org/empty', 'e.org/empty', 'e.org', NULL, 'Empty', NULL, NULL, NULL, NULL, '[]', '[]', NULL, NULL, 1, '2026-11-22T12:00:00+00:00', 'empty', 1, '2026-11-22T18:00:00+00:00', 'no text that could be an article''s', 5, '"71"', NULL);
INSERT INTO entry_sources VALUES (1, 1, '2026-11-22T12:00:00+00:00');
INSERT INTO entry_sources VALUES (2, 1, '2026-11-22T12:00:00+00:00');
INSERT INTO entry_sources VALUES (3, 1, '2026-11-22T12:00:00+00:00');
INSERT INTO entry_sources VALUES (4, 1, '2026-11-22T12:00:00+00:00');
INSERT INTO entry_sources VALUES (5, 1, '2026-11-22T12:00:00+00:00');
INSERT INTO captures VALUES (1, NULL, 1, NULL, 'http://e.org/feed', 'http://e.org/feed', '2026-11-22T12:00:00+00:00', 200, '[["content-type","text/html; charset=utf-8"],["etag","\"900\""]]', 'text/html; charset=utf-8', '6c41486b00bcd47f6dbdc2ed90beae712aea3cbaaeef481e83d085d4082d5432', 900, 'source', 'poll', 0.0, 'e.org');
INSERT INTO captures VALUES (2, 1, NULL, NULL, 'http://e.org/boats', 'http://e.org/boats', '2026-11-22T12:00:00+00:00', 200, '[["content-type","text/html; charset=utf-8"],["etag","\"679\""]]', 'text/html; charset=utf-8', 'f210dd97d38d2f8a9c78802c327d75029f08e7f066a7696011f2956841ea6ac4', 679, 'article', 'visit', 0.0, 'e.org');
INSERT INTO captures VALUES (3, 2, NULL, NULL, 'http://e.org/herons', 'http://e.org/herons', '2026-11-22T12:00:00+00:00', 200, '[["content-type","text/html; charset=utf-8"],["etag","\"492\""]]', 'text/html; charset=utf-8', '9abf68b5fc7605c5639d34d9b481ea6df94dd01c23410f91aa0f13b26b1207a6', 492, 'article', 'visit', 0.0, 'e.org');
INSERT INTO captures VALUES (4, 4, NULL, NULL, 'http://e.org/gone', 'http://e.org/gone', '2026-11-22T12:00:00+00:00', 410, '[["content-type","text/html; charset=utf-8"],["etag","\"0\""]]', 'text/html; charset=utf-8', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0, 'gone', 'visit', 0.0, 'e.org');
INSERT INTO captures VALUES (5, 5, NULL, NULL, 'http://e.org/empty', 'http://e.org/empty', '2026-11-22T12:00:00+00:00', 200, '[["content-type","text/html; charset=utf-8"],["etag","\"71\""]]', 'text/html; charset=utf-8', '1c5f8b29dfa4a0332c35ce97cf9e2a5e995a77729f1c26ef896ae0b37712a48b', 71, 'empty', 'visit', 0.0, 'e.org');
INSERT INTO captures VALUES (6, 1, NULL, NULL, 'http://e.org/boats', 'http://e.org/boats', '2026-11-22T14:00:00+00:00', 200, '[["content-type","text/html; charset=utf-8"],["etag","\"693\""]]', 'text/html; charset=utf-8', 'c6a37ca260e29c1ef126365ede8ba4e9c6c56f8c3d107c4ff78a5a6b41958a81', 693, 'article', 'look', 0.0, 'e.org');
INSERT INTO captures VALUES (7, 2, NULL, NULL, 'http://e.org/herons', 'http://e.org/herons', '2026-11-22T14:00:00+00:00', 200, '[["content-type","text/html; charset=utf-8"],["etag","\"492\""]]', 'text/html; charset=utf-8', '9abf68b5fc7605c5639d34d9b481ea6df94dd01c23410f91aa0f13b26b1207a6', 492, 'article', 'look', 0.0, 'e.org');
INSERT INTO articles VALUES (1, 'http://e.org/boats', 'e.org/boats', 'e.org', 'Three boats dredge the harbour', '2026-11-21T08:30:00+01:00', '2026-11-22T12:00:00+00:00', '2026-11-22T14:00:00+00:00', '2026-11-22T15:00:00+00:00', 1, 3, 1, NULL, 'current');
INSERT INTO articles VALUES (2, 'http://e.org/herons', 'e.org/herons', 'e.org', 'Herons at the marsh', '2026-11-21T10:00:00+00:00', '2026-11-22T12:00:00+00:00', '2026-11-22T14:00:00+00:00', '2026-11-22T15:00:00+00:00', 1, 2, 2, NULL, 'current');
INSERT INTO versions VALUES (1, 1, 2, 1, 'Boats dredge the harbour', 'Two boats began to dredge the harbour on Monday, and the council said that the work would last until spring.

The harbour has silted up since the river was straightened, and ferries have had to wait for the tide.

Fishermen welcomed the work, though some of them doubted that it would be finished before the ice came.', '["p","p","p"]', '["Ada Reed"]', '2026-11-21T08:30:00+01:00', '2026-11-21T08:30:00+01:00', 'minute', NULL, NULL, NULL, '[]', '[]', 'en', NULL, 'bc3c6523a83cc6827beee07d0f19c1fa8f2a42681b138ff1e97d7c628939a9d6', 'generic', '0.1.0', 'published', '2026-11-22T12:00:00+00:00', '', 'http://e.org/boats.jpg', NULL, '["body>article:nth-child(2)>p:nth-child(2)","body>article:nth-child(2)>p:nth-child(3)","body>article:nth-child(2)>p:nth-child(4)"]');
INSERT INTO versions VALUES (2, 2, 3, 1, 'Herons at the marsh', 'Nine herons were counted at the marsh on Sunday morning by volunteers who had walked there before dawn.

The count has been held each winter since the railway closed, and this one was the best in twenty years.

A warden said that the new reed beds had made the difference, and that otters had been seen there, too.', '["p","p","p"]', '[]', '2026-11-21T10:00:00+00:00', 'Sat, 21 Nov 2026 10:00:00 GMT', 'minute', NULL, NULL, NULL, '[]', '[]', 'en', NULL, '58ccc7c413d9910f60e487be6297b4958eff942ff60c00637d94f470ab64f139', 'generic', '0.1.0', 'published', '2026-11-22T12:00:00+00:00', '', NULL, NULL, '["body>article:nth-child(2)>p:nth-child(2)","body>article:nth-child(2)>p:nth-child(3)","body>article:nth-child(2)>p:nth-child(4)"]');
INSERT INTO versions VALUES (3, 1, 6, 2, 'Three boats dredge the harbour', 'Three boats began to dredge the harbour on Monday, and the council said that the work would last until spring.

The harbour has silted up since the river was straightened, and ferries have had to wait for the tide.

Fishermen welcomed the work, though some of them doubted that it would be finished before the ice came.', '["p","p","p"]', '["Ada Reed"]', '2026-11-21T08:30:00+01:00', '2026-11-21T08:30:00+01:00', 'minute', NULL, NULL, NULL, '[]', '[]', 'en', NULL, '0b5407e31df75da7c63bb6d16040301dfd60b991e1fbf928c4af0d57304ed5bb', 'generic', '0.1.0', 'edited', '2026-11-22T14:00:00+00:00', '', 'http://e.org/boats.jpg', NULL, '["body>article:nth-child(2)>p:nth-child(2)","body>article:nth-child(2)>p:nth-child(3)","body>article:nth-child(2)>p:nth-child(4)"]');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX entries_todo ON entries(state, next_visit) WHERE state IN ('new', 'fetched', 'refused', 'empty');
CREATE INDEX entry_sources_source ON entry_sources(source_id);
CREATE INDEX captures_entry ON captures(entry_id);
CREATE INDEX captures_source ON captures(source_id);
CREATE INDEX captures_sha256 ON captures(sha256);
CREATE INDEX articles_next_look ON articles(next_look) WHERE next_look IS NOT NULL;
CREATE INDEX articles_entry ON articles(entry_id);
CREATE INDEX articles_published ON articles(published);
CREATE INDEX versions_capture ON versions(capture_id);
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
CREATE INDEX captures_host ON captures(host, id) WHERE kind = 'article';
CREATE INDEX memories_revision ON memories(revision);
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
-- file: raw/2026-11.db
CREATE TABLE bodies (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,        -- before compression
    data BLOB NOT NULL            -- one zstd frame
);
INSERT INTO bodies VALUES ('6c41486b00bcd47f6dbdc2ed90beae712aea3cbaaeef481e83d085d4082d5432', 900, X'28b52ffd6084022d0e00661b4f22208fda062336d95e8b8c4fcb7c8b0d98b16963b05f409948601e8ea8a5044800d40546004a0043007d5c16ee3ab7d20287ddd04149d14842a65ba3c460a662139416e73032cd52771c8d80c3bc67596d30dbbc7320af9b2d063ab15327104ec6557ce1683c1603a98d1729cebc2807060f00282d5c3a4984606356e139f1e92b8b12aae0a00883c21d1047c0051e8ec729b4e1018f335a39246c7520691e63bccab53aa72e2e1c94566b16749004934436661b95ac624716cd6fc59a4257aa331827ad13f73d75a5f4176e636787f4507a07352a6ab54d584df11793a2e76e67482052de159877ba11df46d953e1aa6682537f6491f4d0034184208979cfc14a3f87b060aac2410902a2b24b36cc45e89bd52937eff654146de629bee3aa3b2fd956f26c6afb956c6a51efc61c25d7fea2730d4fb2f19159ed4b3536201012629c661e2c1732f4c0385c61a841526c6e40a8eb764848ad4d00d3a9cda4deefa6596b64ae26c1d9c53c06a8ff66a3664b36604b7593b0553b0c16989be748eebad1caf6b75dbaf28d18c58cb922dbe014521738c61d02a855f84b5a4efe2022dc51d025c2a13910d9e0ef86f22c5ca37db19c103c5903b90c76e4f50f2cb02c4401');
INSERT INTO bodies VALUES ('f210dd97d38d2f8a9c78802c327d75029f08e7f066a7696011f2956841ea6ac4', 679, X'28b52ffd60a7016d0c00169a4b20504bdca0f839f2b9dc682e75f8f4746c7ac01e135a8c19ec0fe2358ccccc0c274000490041008a63f1713f3693c742fe06b6eee1b7408eb28fe1773d168df775da9dd45fa89272a8175797eb3eb7b17596cf6b1fac7dcfaf16d3756a21e222162deacb07dfa96a69520b3b61211262d1acbb54b5181ad56ab05e925a07db5d486506deee213d160b3536c721b1a4e69dd89414e7df3585acb43e104449100004519001a50061481402492240a04002e9cb6067223fe940c9f61f3ff9a84b27a9448becce4728ffd197ec411de58377f4cafae4632642cdb0a819d050165b2163677f466dbb6476c4b01cb5129738b552ebc1772925a84c2ec3decd2ec92237b9cbf302354bd8742eec275d83da7d06b085cdbc8d322e748465fcde4d3e6bc418eaf25976df866ddc778dd53f0a2420108618d31eab0ce16bb9b16c5419f30c056aa2550749b7f8d7b242ff7996c150463cbe612c5b3b03cf0c871d762320596bb7cfa315f2a411314b75d51b534abcbac240cec2006dbcef46c299e427e263a00270b63c9ce60656f6');
INSERT INTO bodies VALUES ('9abf68b5fc7605c5639d34d9b481ea6df94dd01c23410f91aa0f13b26b1207a6', 492, X'28b52ffd60ec004d09006654381d8029cd01600cb98788f49f95c826d9c86b8b8b00af120c220b8206edd0310031002e00e78a39a210a728c521f1953e73124ecd495019c514936c1de2e77acf4cd53ae23c2d5a73f09ee614fae250a0979c904d13fec21ba46bc64bab6c66eb492538315ca04897429c1c2ac2805519bf8aa00e7fbda5af48e01c986348439af374a05dc504cb6eb06bbe2a33a4e7029ea97438b996d02dff50c4bcbe8a9af3b81bd3d3fa1b66974e82836200b41dfa4b256e0427219bc59c0495518a52eb02db55defba15f4f2410e2210c6f18ffe57645c7acc775cd016cdd1327ab6f6b450e1a00745b441ca367bbd8999dcd74305d80b655e478c80e1c76d61e6b79f0ba12393c8654502f22c08840c8c8260eb37ac66c4e2d4c30870e1de8155447cff1981a587c9850');
INSERT INTO bodies VALUES ('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0, X'28b52ffd2000010000');
INSERT INTO bodies VALUES ('1c5f8b29dfa4a0332c35ce97cf9e2a5e995a77729f1c26ef896ae0b37712a48b', 71, X'28b52ffd2047fd010054033c68746d6c3e3c686561643e3c7469746c653e456d7074793c2f3c2f626f64793e3c703e536f6f6e2e3c2f703e3c2f2f68746d6c3e031404032d7813f0');
INSERT INTO bodies VALUES ('c6a37ca260e29c1ef126365ede8ba4e9c6c56f8c3d107c4ff78a5a6b41958a81', 693, X'28b52ffd60b501650c00065a4b20504bdca0f839f2b9dc682e75f8f4746c7ab0424acf3183fd41bc86919999e1043f0048004100b1993416f233b0750fbf0572927d0cbfaba13cbcafd3eea4fe42959443bdb8ba5cf7b98dadb37c5e7bc95d770b6bdff3abc5749d5a88b808a5457df9e03b158db01009a134eb2e55ad8546b51e582f492d83ed2aa432036ff7901aca428dcd6948a4e69dd89412e7df35859cb4368e23410e80e3488e81a4e058401402082240a0381486f2713fbb6067223fe940c9f61f3ff9a84b27a9448becce4728ffd197ec411da58377f4cafae4632642cdb0a819f0a02c7642c6cefe8cda7671d4421ce2d44a6a69520b03ebc1772925a84c2ec3decd2ec92237b9cbf302354bd8742eec275d83da7d06b085cdbc8d322ef48365fcde4d3e6bc416eaf25976df866ddc778dd53f4a0f242010869cc307b30c2154b9b16c541df308055aa2550789b7f8d7b28afe7596c1504638bed918c3ce806686c28eab1198148b3fe7e108896ba4cd5a6beb4f494c381ec4914ec7016dbc7246c299e411f1f9f503395b9ea7e984f13d');
