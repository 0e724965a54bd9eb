"""Statements of `pages_beside`, by the numbers of rows alone: the same rows each time."""

SOURCES = """
UPDATE sources SET kind = 'feed', site = substr(url, 9, 12), title = 'Paper ' || id, interval = 600 + id * 10,
    rate = 0.3 + id % 7 / 10.0, window = 40, last_poll = :now, last_ok = :now, last_read = :now, last_new = :now,
    next_poll = :soon, etag = '"' || id || '"';
INSERT INTO sources (url, kind, site, title, interval, rate, window, last_poll, last_ok, last_read, last_new, next_poll,
    added_at) SELECT 'https://' || site || '/sitemap.xml', 'sitemap', site, site || ': all pages', 3600, 0.2, 500,
    :now, :now, :now, :now, :soon, added_at FROM sources ORDER BY id;
UPDATE sources SET failures = 12, failing_since = :week, last_ok = :week, last_error = 'answered 503' WHERE id % 19 = 3;
UPDATE sources SET last_new = :month, last_read = :month WHERE id % 23 = 5;
INSERT INTO entry_sources (entry_id, source_id, found_at, seen_at)
    SELECT entry_id, source_id + (SELECT count(*) / 2 FROM sources), found_at, found_at FROM entry_sources
    WHERE entry_id % 3 > 0;
INSERT INTO hosts (origin, robots_status, robots_fetched_at, closed_until, closed_reason)
    SELECT 'https://' || site, 200, :now, CASE WHEN id < 3 THEN :soon END, CASE WHEN id < 3 THEN 'answered 429' END
    FROM sources WHERE kind = 'feed';
INSERT INTO pulse (id, pid, version, started_at, beat_at, state) VALUES (1, 4711, '0.1.0', :week, :now, 'working');
INSERT INTO alarms (key, text, since, told_at) SELECT 'webhook failing ' || url, url || ' fails', :week, :week
    FROM sources WHERE failures > 0;
"""
PAGES = """
UPDATE entries SET published = (SELECT published FROM articles WHERE entry_id = entries.id),
    published_precision = 'minute' WHERE id % 4 > 0 AND {part};
UPDATE captures SET elapsed = 0.05 + id % 900 / 1000.0, charset = 'utf-8', charset_by = 'header',
    replaced = CASE WHEN id % 400 = 0 THEN 25 ELSE 0 END WHERE {part};
UPDATE articles SET state = 'gone', gone_at = last_seen WHERE id % 211 = 7 AND {part};
UPDATE versions SET changed_by = CASE WHEN id % 10 < 7 THEN 'publisher' WHEN id % 10 < 9 THEN 'template'
    ELSE 'capture' END WHERE number > 1 AND {part};
UPDATE versions SET edits = CASE id % 4 WHEN 0 THEN '["headline","wording","silent"]' WHEN 1 THEN '["figure"]'
    WHEN 2 THEN '["paragraph-added","correction"]' ELSE '["wording","silent"]' END
    WHERE changed_by = 'publisher' AND {part};
UPDATE versions SET title = 'Before: ' || title WHERE number = 1 AND {part} AND EXISTS (
    SELECT 1 FROM versions later WHERE later.article_id = versions.article_id AND later.edits GLOB '*headline*');
"""
TROUBLES = """
INSERT INTO entries (url, key, host, title, found_at, state, attempts, last_error)
    SELECT url || '/more', key || '/more', host, title, found_at,
        CASE id % 4 WHEN 0 THEN 'gone' WHEN 1 THEN 'failed' ELSE 'empty' END, 5,
        CASE id % 4 WHEN 0 THEN 'answered 404' WHEN 1 THEN 'timed out after 30 s' END
    FROM entries WHERE id % 25 = 0;
INSERT INTO entry_sources (entry_id, source_id, found_at, seen_at)
    SELECT entries.id, entry_sources.source_id, entries.found_at, entries.found_at FROM entries
    JOIN entries first ON first.url || '/more' = entries.url JOIN entry_sources ON entry_id = first.id
    WHERE entries.attempts = 5;
INSERT INTO captures (entry_id, url, final_url, fetched_at, status, headers, content_type, sha256, size, kind, via,
    elapsed, host, reason, body_gone) SELECT id, url, url, found_at, CASE state WHEN 'gone' THEN 404 ELSE 200 END,
    '[["content-type","text/html"]]', 'text/html', printf('%064x', id), 2000 + id % 999,
    CASE state WHEN 'gone' THEN 'gone' WHEN 'failed' THEN 'error' ELSE 'wall' END, 'visit', 0.2, host,
    CASE state WHEN 'empty' THEN CASE id % 3 WHEN 0 THEN 'consent' WHEN 1 THEN 'captcha' ELSE 'paywall' END END,
    'pruned'
    FROM entries WHERE attempts = 5;
UPDATE entries SET capture_id = (SELECT id FROM captures WHERE entry_id = entries.id) WHERE attempts = 5;
INSERT INTO walls (host, text_sha256, reason, title, addresses, found_at)
    SELECT site, printf('%064x', id), 'consent', 'Before you continue', 9 + id, :month FROM sources WHERE id % 4 = 1;
INSERT INTO gaps (source_id, after, before, found_at) SELECT source_id, day || 'T03:00:00+00:00',
    day || 'T15:00:00+00:00', day || 'T15:00:00+00:00' FROM source_days WHERE (source_id * 31 + polls) % 97 = 0;
"""
STORIES = """
INSERT INTO story_links (article_id, other_id, share, other_share, linked_at)
    SELECT id, :story, 0.9 - id % 40 / 100.0, 0.8, first_seen FROM articles
    WHERE id > :story AND id % 37 = 0 AND story_id IS NULL LIMIT :copies;
UPDATE articles SET story_id = :story WHERE id = :story OR id IN (
    SELECT article_id FROM story_links WHERE other_id = :story);
INSERT INTO story_parts (article_id, other_id, share, other_share, linked_at)
    SELECT articles.id, other.value, 0.3, 0.9, articles.first_seen FROM articles,
        json_each(json_array(articles.id - 1, articles.id - 3)) other
    WHERE articles.id % 301 = 9 AND articles.story_id IS NULL;
INSERT INTO unlinked (article_id, other_id, linked_at, unlinked_at)
    SELECT id, id - 1, first_seen, last_seen FROM articles WHERE id % 997 = 5;
INSERT INTO rules (revision, name, text, kept_at) VALUES
    ('0123456789ab', 'paper03.test', 'hosts: [paper03.test]', :week);
INSERT INTO runs (id, scope, program, counts, applied_at)
    VALUES (1, '{"site":"paper03.test"}', '0.1.0', '{"paper03.test":{"better":2500}}', :week);
INSERT INTO imports (path, kind, size, mark, started_at, ended_at)
    VALUES ('/old/pages.warc.gz', 'warc', 12345678, 'abcd', :week, :week);
INSERT INTO tombstones (key, url, taken_at, why, done_at)
    SELECT 'paper01.test/down/' || id, 'https://paper01.test/down/' || id, :week, 'asked for', :week FROM sources;
"""
