"""
Two texts of one article -> what changed, what kind of change it is and whose. By values alone.

tokens: text -> words | words: two texts -> word differences
"""

from collector.policy.changes.words import Piece, summary, worddiff

__all__ = ["Piece", "summary", "worddiff"]
