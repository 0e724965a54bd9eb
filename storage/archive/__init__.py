"""Every read and write of archive.db, one module a table. What is left to do is a query; a write may be repeated."""

from storage.archive.base import RowError
from storage.archive.main import Archive
from storage.trouble import ArchiveError

__all__ = ["Archive", "ArchiveError", "RowError"]
