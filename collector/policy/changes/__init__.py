"""
Two texts of one article -> what changed, what kind of change it is and whose. By values alone.

tokens | align | words: two texts -> word differences
steps: versions -> what a reader sees of each step, and who took it
said | difference | edits: two readings -> what a reader sees, and the kinds of a publisher's edits
standing | attribution: readings of two captures under two readers, and what stands on both pages -> who changed it
"""

from collector.policy.changes.words import Piece, summary, worddiff

__all__ = ["Piece", "summary", "worddiff"]
