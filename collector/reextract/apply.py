"""New readings -> new versions, and back: a transaction a site, and killed anywhere it goes on with the next one."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime

from collector.extract.revision import revision
from collector.policy.verdicts import Kind
from collector.reextract.read import Rules
from collector.reextract.report import judged
from storage.archive import Archive
from storage.archive.reextraction import New, Scope
from storage.care.staging import Staging
from storage.recipes import bare_revision


def apply(
    archive: Archive,
    staging: Staging,
    scope: Scope,
    used: Rules,
    kinds: Collection[Kind],
    now: Callable[[], datetime],
    progress: Callable[[int], None],
) -> tuple[int, int]:
    """Make versions of what was read, where the verdict is one of `kinds`. The run's id, and how many were made.

    Where nothing was read the article stays as it is; so does one that has changed since.
    """
    run_id = _run(archive, staging) or archive.begin_run(scope, revision(), now())
    staging.run_id = run_id
    for site in archive.sites_in(scope):
        progress(archive.apply_site(run_id, site, _news(archive, staging, site, used, kinds, now), now()))
    return run_id, archive.versions_of_run(run_id)


def _run(archive: Archive, staging: Staging) -> int | None:
    """The run that was begun with these readings and stopped."""
    begun = archive.run(staging.run_id) if staging.run_id is not None else None
    return int(begun["id"]) if begun and begun["undone_at"] is None else None


def _news(
    archive: Archive,
    staging: Staging,
    site: str | None,
    used: Rules,
    kinds: Collection[Kind],
    now: Callable[[], datetime],
) -> Iterator[New]:
    """In the transaction that files them; each rule that read is kept with them."""
    for staged, _, verdict in judged(archive, staging, site):
        if staged.state != "changed" or verdict.kind not in kinds:
            continue
        revision, name = bare_revision(staged.rule_revision), staged.extractor.removeprefix("site:")
        if name != staged.extractor and archive.rule_text(revision) is None:
            text = used.text(name, revision)
            if text is not None:
                archive.keep_rule(revision, name, text, now())
        yield New(
            article_id=staged.article_id,
            version_id=staged.version_id,
            values=staged.values,
            extractor=staged.extractor,
            rule_revision=staged.rule_revision,
            memory_revision=staged.memory_revision,
        )


def undo(archive: Archive, run_id: int, now: Callable[[], datetime], progress: Callable[[int], None]) -> int:
    """Every version of a run is withdrawn, the ones before are current again. How many articles had changed since.

    Those keep what came after. Raises LookupError when there is no such run.
    """
    if archive.run(run_id) is None:
        raise LookupError(f"there is no run {run_id}")
    later = 0
    for _, articles in list(archive.undo_sites(run_id)):
        later += archive.undo_site(run_id, articles, now())
        progress(len(articles))
    archive.end_undo(run_id, now())
    return later
