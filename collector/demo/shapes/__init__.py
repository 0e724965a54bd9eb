"""A module a kind of site: `pages(site, now)` gives path -> page in the shape of a real one. Knows no network."""
