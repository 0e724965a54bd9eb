"""The whole of archive.db behind one name."""

from storage.archive.articles import Articles
from storage.archive.captures import Captures
from storage.archive.entries import Entries
from storage.archive.hosts import Hosts
from storage.archive.memories import Memories
from storage.archive.questions import Questions
from storage.archive.sources import Sources


class Archive(Sources, Entries, Captures, Articles, Hosts, Memories, Questions):
    """archive.db: `Archive(path)` opens it, makes it when missing and brings it up to date."""
