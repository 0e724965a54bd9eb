"""What was read again -> a report: site by site what is unchanged, better, worse, by how much, with samples."""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from collector.policy import verdicts
from collector.policy.changes import summary
from collector.policy.verdicts import Moved, Verdict
from storage.archive import Archive
from storage.archive.base import Row
from storage.care.staging import Staged, Staging

COUNTED = ("words_lost", "words_gained", "furniture_lost", "furniture_gained")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One article that reads otherwise. `difference`: of its words, on one line, with marks: `[-went-]{+came+}`."""

    article_id: int
    url: str
    title: str
    verdict: Verdict
    difference: str

    def as_json(self) -> dict[str, Any]:
        found = {name: getattr(self.verdict, name) for name in self.verdict.__slots__}
        return (
            {"article_id": self.article_id, "url": self.url, "title": self.title}
            | found
            | {"difference": self.difference}
        )


@dataclass(slots=True, kw_only=True)
class SiteReport:
    """One site. kinds: unchanged, better, worse, different, missing (no body to read); counted in articles.

    fields_lost, fields_gained, fields_changed: articles by name of the field. sums: words, of `COUNTED`. samples: the
    gravest first.
    """

    site: str | None
    articles: int
    kinds: Counter[str] = field(default_factory=Counter)
    fields_lost: Counter[str] = field(default_factory=Counter)
    fields_gained: Counter[str] = field(default_factory=Counter)
    fields_changed: Counter[str] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)
    samples: list[Sample] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "site": self.site,
            "articles": self.articles,
            **{kind: self.kinds[kind] for kind in ("unchanged", "better", "worse", "different", "missing")},
            "fields_lost": dict(self.fields_lost),
            "fields_gained": dict(self.fields_gained),
            "fields_changed": dict(self.fields_changed),
            **{name: self.sums[name] for name in COUNTED},
            "samples": [sample.as_json() for sample in self.samples],
        }


def report(archive: Archive, staging: Staging, sites: dict[str | None, int], samples: int) -> Iterator[SiteReport]:
    """Of each site, one after the other. `samples`: most of each kind."""
    for site, articles in sites.items():
        yield _of_site(archive, staging, site, articles, samples)


def judged(archive: Archive, staging: Staging, site: str | None) -> Iterator[tuple[Staged, Row, Verdict]]:
    """What reads otherwise at a site, with the version that is current and the verdict.

    Every article is met twice: first to learn which paragraphs went from, or came to, many of them.
    """
    furniture = verdicts.shared(
        digest
        for staged, old in _pairs(archive, staging, site)
        if staged.state == "changed"
        for digest in _moved(old["text"], staged.values["text"])
    )
    for staged, old in _pairs(archive, staging, site):
        new = staged.values | {"rule_revision": staged.rule_revision, "memory_revision": staged.memory_revision}
        yield staged, old, verdicts.verdict(old, new if staged.values else None, furniture, staged.reason)


def _of_site(archive: Archive, staging: Staging, site: str | None, articles: int, samples: int) -> SiteReport:
    found = SiteReport(site=site, articles=articles)
    gravest: dict[str, list[tuple[int, int, Staged, Row, Verdict]]] = {}
    for number, (staged, old, verdict) in enumerate(judged(archive, staging, site)):
        if staged.state == "missing":
            found.kinds["missing"] += 1
            continue
        found.kinds[verdict.kind] += 1
        found.fields_lost.update(verdict.fields_lost)
        found.fields_gained.update(verdict.fields_gained)
        found.fields_changed.update(verdict.fields_changed)
        found.sums.update({name: getattr(verdict, name) for name in COUNTED})
        kept = gravest.setdefault(verdict.kind, [])
        heapq.heappush(kept, (_gravity(verdict), -number, staged, old, verdict))
        if len(kept) > samples:
            heapq.heappop(kept)
    found.kinds["unchanged"] = articles - found.kinds.total()
    for kind in ("worse", "different", "better"):
        found.samples += [
            _sample(*each[2:]) for each in sorted(gravest.get(kind, ()), reverse=True, key=lambda one: one[:2])
        ]
    return found


def _gravity(verdict: Verdict) -> int:
    fields = len(verdict.fields_lost) + len(verdict.fields_gained)
    words = sum(int(getattr(verdict, name)) for name in COUNTED)
    return words + 10 * fields + (1000 if verdict.why else 0)


def _sample(staged: Staged, old: Row, verdict: Verdict) -> Sample:
    new = staged.values
    texts = [f"{each['title']}\n\n{each['text']}" for each in (old, new)] if new else [old["text"], ""]
    return Sample(
        article_id=staged.article_id,
        url=old["url"],
        title=old["title"],
        verdict=verdict,
        difference=summary(*texts) if new else "",
    )


def _pairs(archive: Archive, staging: Staging, site: str | None) -> Iterator[tuple[Staged, Row]]:
    """With the version that was read again, if it is current yet."""
    for staged in staging.changed(site):
        old = archive.current_version(staged.article_id)
        if old is not None and old["id"] == staged.version_id:
            yield staged, old


def _moved(old: str, new: str) -> Iterable[bytes]:
    moved = Moved.between(old, new)
    return {verdicts.digest(each) for each in (*moved.went, *moved.came)}
