"""What was added for pages: indexes, so that they answer at once on a large archive, and what polls brought."""

PAGES = """
CREATE INDEX articles_arrived ON articles(first_seen, site, entry_id);
CREATE INDEX articles_site_arrived ON articles(site, first_seen);
CREATE INDEX articles_dated ON articles(coalesce(published, first_seen), id, site, story_id, version_id);  -- by date
CREATE INDEX versions_spoken ON versions(language);  -- which there are, and whose
CREATE INDEX captures_walls ON captures(kind, fetched_at, host) WHERE kind = 'wall';
CREATE INDEX captures_kinds ON captures(kind, status, via);     -- how many of each, without their headers
CREATE INDEX versions_languages ON versions(id, language);  -- a version's language without its text
CREATE INDEX versions_kinds ON versions(reason, changed_by, extractor);  -- how many of each, without their texts
-- Always so, and said in each query that wants it: the daemon's list of what nobody has explained has its own index.
CREATE INDEX versions_changed ON versions(changed_by, created_at, edits, article_id, number)
    WHERE number > 1 AND created_at > '';
CREATE INDEX entries_unhad ON entries(host, state, found_at) WHERE state IN ('gone', 'failed', 'refused', 'empty');
CREATE VIEW polls AS
    SELECT captures.id AS capture_id, captures.fetched_at, captures.source_id, sources.site, captures.status,
        captures.size, captures.elapsed, captures.kind, captures.reason, captures.url
    FROM captures JOIN sources ON sources.id = captures.source_id
    ORDER BY captures.id DESC;
"""
