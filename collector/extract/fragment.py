"""The whole text of a piece as a feed carries it -> Result. Knows no page around it: there is no furniture to find."""

from datetime import datetime

from collector.extract import dates, generic, text
from collector.extract.page import Page
from storage.records import Article, Result


def extract(
    html: str, url: str, *, title: str | None, published: str | None, base: str | None = None, now: datetime
) -> Result:
    """The article in `html`, with the title and the time (ISO 8601) that its source gave."""
    page = Page.parse(html, base or url)
    body = text.read([page.root])
    words = tidy_title(title) or tidy_title(body.paragraphs[0].text if body.paragraphs else None)
    paragraphs = tuple(each for each in body.paragraphs if each.text != words or each.kind not in ("h", "p"))
    if not words or not (paragraphs or body.paragraphs):
        return Result(extractor="source", reason="the source carried no text")
    moment = dates.parse(published, now=now) if published else None
    article = Article(
        title=words,
        paragraphs=paragraphs or body.paragraphs,
        url=url,
        published=moment.value if moment else None,
        published_raw=moment.raw if moment else None,
        published_precision=moment.precision if moment else None,
        captions=body.captions,
        found=True,
    )
    return Result(articles=(article,), extractor="source", rule_revision=generic.REVISION)


def tidy_title(text: str | None, longest: int = 120) -> str | None:
    """One line, cut at a word where a whole paragraph has to serve as title; None when nothing is left."""
    line = " ".join((text or "").split())
    return (line if len(line) <= longest else line[:longest].rpartition(" ")[0] + "…") or None
