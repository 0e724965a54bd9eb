"""The bounds of raw/ on real pages, where these are at hand."""

from pathlib import Path

import pytest

from bench import raw

PAGES = Path(__file__).parents[3] / "shared" / "pages"


@pytest.mark.slow
@pytest.mark.skipif(not PAGES.exists(), reason="no page collections at ../shared/pages")
def test_bounds() -> None:
    """A page with another one of its site to lean on takes less than a quarter of gzip; from nine on, all of them do.

    Times are held against gzip's, in the same run: it packs a page in 5 to 8 ms and reads one in 0.7 to 1.2 ms.
    """
    (gzip, _, _, ours) = raw.compare(raw.groups([PAGES])["publishers of one month"])
    assert ours["pages"] >= 30
    assert ours["later"] <= 0.25
    assert ours["quarter at"] <= 12
    assert ours["pack ms"] < gzip["pack ms"] * 3 / 4
    assert ours["read ms"] < gzip["read ms"]


def test_what_quarter_at_means() -> None:
    """From how many pages on a first one of 0.75 and later ones of 0.125 are a quarter of gzip, taken together."""

    def pages(*sizes: int) -> list[raw.Page]:
        return [raw.Page(first=not number, size=size, pack=0.0, read=0.0) for number, size in enumerate(sizes)]

    figures = raw._figures(pages(750, *[125] * 4), pages(*[1000] * 5))
    assert (figures["quarter at"], figures["all"]) == (5, 0.25)
    assert raw._figures(pages(750, 500), pages(1000, 1000))["quarter at"] is None
