"""What was added so that pages answer at once on a large archive: indexes."""

PAGES = """
CREATE INDEX articles_arrived ON articles(first_seen, site);
CREATE INDEX captures_walls ON captures(fetched_at, host) WHERE kind = 'wall';
CREATE INDEX versions_languages ON versions(id, language);  -- a version's language without its text
"""
