"""The names of sitemaps -> the days and the kinds of pages that they tell."""

import pytest

from collector.ways import sitemap_names

YEAR = [f"2024_{n}" for n in range(1, 13)]


def told(names: list[str]) -> dict[str, str]:
    """The days of each, as `2025-03-01..2025-03-31`; of what has none, nothing."""
    found = sitemap_names.days(f"https://harbour.test/{name}" for name in names)
    return {url.removeprefix("https://harbour.test/"): f"{first}..{last}" for url, (first, last) in found.items()}


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("sitemap_2025_03.xml", "2025-03-01..2025-03-31"),
        ("sitemap-2025-03-14.xml", "2025-03-14..2025-03-14"),
        ("2025/03/sitemap.xml", "2025-03-01..2025-03-31"),
        ("2025/sitemap-02.xml.gz", "2025-02-01..2025-02-28"),
        ("sitemap_2025.xml", "2025-01-01..2025-12-31"),
        ("map-2025-Q1.xml", "2025-01-01..2025-03-31"),
        ("map-2025-W01.xml", "2024-12-30..2025-01-05"),
        ("posts-202503.xml.gz", "2025-03-01..2025-03-31"),
        ("20250314.xml", "2025-03-14..2025-03-14"),
        ("sitemap.xml?yyyy=2025&mm=03&dd=14", "2025-03-14..2025-03-14"),
        ("sitemap-2025-March.xml", "2025-03-01..2025-03-31"),
        ("sitemap-pt-post-p2-2025-03.xml", "2025-03-01..2025-03-31"),
        ("map.xml?from=2025-03-01&to=2025-03-07", "2025-03-01..2025-03-07"),
        ("sitemap_2025_1.xml", "2025-01-01..2025-12-31"),  # of January, or the first of the year
        ("sitemap-17.xml", None),
        ("sitemap-20251399.xml", None),
        ("2025-13.xml", "2025-01-01..2025-12-31"),
        ("sitemap.xml", None),
    ],
)
def test_one_name(name: str, days: str | None) -> None:
    """The days that a name tells by itself."""
    assert told([name]).get(name) == days


@pytest.mark.parametrize(
    ("names", "one", "days"),
    [
        (["2023_11", "2023_12", *YEAR, "2025_1"], "2025_1", "2025-01-01..2025-01-31"),
        (["2023_1", "2023_2", *YEAR, "2024_13", "2025_1"], "2025_1", "2025-01-01..2025-12-31"),
        (["2023_1", "2023_2", "2024_1", "2024_2", "2025_1"], "2025_1", "2025-01-01..2025-12-31"),
        (["2023-01", "2023-02", "2024-01", "2025-01"], "2024-01", "2024-01-01..2024-12-31"),
        (["2023-11", "2023-12", "2024-01", "2024-02"], "2024-01", "2024-01-01..2024-01-31"),
        (["2025-03-1", "2025-03-2", "2025-04-1"], "2025-03-2", "2025-03-01..2025-03-31"),
        ([f"2025-3-{n}" for n in range(1, 31)], "2025-3-7", "2025-01-01..2025-12-31"),
        ([f"map-{n}" for n in range(1, 3000)], "map-2025", None),
    ],
)
def test_names_together(names: list[str], one: str, days: str | None) -> None:
    """What a number means shows beside the other names; in doubt it is the longer time."""
    assert told([f"{name}.xml" for name in names]).get(f"{one}.xml") == days


@pytest.mark.parametrize(
    ("name", "others", "news"),
    [
        ("post-sitemap3.xml", False, False),
        ("page-sitemap.xml", True, False),
        ("sitemap-pages.xml", True, False),
        ("sitemap-page-3.xml", False, False),
        ("sitemap.xml?page=3", False, False),
        ("wp-sitemap-posts-post-1.xml", False, False),
        ("wp-sitemap-posts-page-1.xml", True, False),
        ("wp-sitemap-taxonomies-category-1.xml", True, False),
        ("wp-sitemap-users-1.xml", True, False),
        ("author-sitemap.xml", True, False),
        ("post_tag-sitemap2.xml", True, False),
        ("sitemaps/video/2025-03.xml", True, False),
        ("image_sitemap.xml.gz", True, False),
        ("sitemapimages.xml", True, False),
        ("newssitemap.xml", False, True),
        ("sitemap_news.xml", False, True),
        ("google-news.xml", False, True),
        ("newsletter-sitemap.xml", False, False),
    ],
)
def test_kinds(name: str, others: bool, news: bool) -> None:
    """Which sitemaps list no articles, and which the news of two days."""
    url = f"https://news.test/{name}"
    assert (sitemap_names.of_others(url), sitemap_names.of_news(url)) == (others, news)
