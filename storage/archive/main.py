"""The whole of archive.db behind one name."""

from storage.archive.alarms import Alarms
from storage.archive.announcing import Announcing
from storage.archive.arrivals import Arrivals
from storage.archive.articles import Articles
from storage.archive.backfills import Backfills
from storage.archive.bodies import Bodies
from storage.archive.changes import Changes
from storage.archive.corpus import Corpus
from storage.archive.disk import Disk
from storage.archive.due import Due
from storage.archive.entries import Entries
from storage.archive.erasing import Erasing
from storage.archive.finds import Finds
from storage.archive.gap_backfills import GapBackfills
from storage.archive.health import Health
from storage.archive.hosts import Hosts
from storage.archive.ledger import Ledger
from storage.archive.memories import Memories
from storage.archive.naming import Naming
from storage.archive.proving import Proving
from storage.archive.questions import Questions
from storage.archive.queues import Waiting
from storage.archive.recent import Recent
from storage.archive.reextraction import Reextraction
from storage.archive.searching import Searching
from storage.archive.sharing import Sharing
from storage.archive.showing import Showing
from storage.archive.sites import Sites
from storage.archive.sources import Sources
from storage.archive.telling import Telling
from storage.archive.times import Times
from storage.archive.walks import Walks
from storage.archive.walls import Walls


class Archive(
    Sources,
    Finds,
    Entries,
    Due,
    Walls,
    Articles,
    Hosts,
    Memories,
    Health,
    Alarms,
    Times,
    Waiting,
    Questions,
    Searching,
    Corpus,
    Telling,
    Showing,
    Recent,
    Sharing,
    Changes,
    Reextraction,
    Naming,
    Erasing,
    Bodies,
    Disk,
    Proving,
    GapBackfills,
    Backfills,
    Walks,
    Ledger,
    Sites,
    Announcing,
    Arrivals,
):
    """archive.db: `Archive(path)` opens it, makes it when missing and brings it up to date."""
