"""
Kept captures -> new readings -> a report -> new versions, or back. Offline; nothing here asks the network.

read:    archive.current_of a site | archive.recipes | reread in workers | is it another? -> staging
report:  staging of a site | what moved in many articles -> furniture | verdicts
apply:   staging | those of the verdicts that are wanted -> archive.apply_site     (a transaction a site)
undo:    archive.undo_site                                                         (a transaction a site)
"""

from collector.reextract.apply import apply, undo
from collector.reextract.read import Rules, key, read
from collector.reextract.report import SiteReport, report

__all__ = ["Rules", "SiteReport", "apply", "key", "read", "report", "undo"]
