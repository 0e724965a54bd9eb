"""APIs as a way into the past: those that the site's rule describes, else WordPress' own. Knows no network."""

from collector import urls
from collector.ways import api_posts, api_rule, api_walk
from collector.ways.api_rule import Sites
from collector.ways.nouns import Leaf, Moves, Notes, Span, Step, Target


def begin(target: Target, span: Span, sites: Sites | None = None) -> Moves:
    """The first requests. `sites`: site rules by host, all installed ones by default."""
    host = target.rule or urls.host_of(target.base)
    rule = api_rule.rule_of(host, sites)
    if rule is not None and rule.api:
        return api_walk.begin(rule, host, target, span)
    return api_posts.begin(target, span)


def follow(step: Step, leaf: Leaf, notes: Notes, target: Target, span: Span, sites: Sites | None = None) -> Moves:
    """What comes after a document of either. A leaf that says why ends it, unless smaller pages may help."""
    if step.reads == "posts":
        return api_posts.follow(step, leaf, notes, target, span)
    return api_walk.follow(step, leaf, notes, target, span, sites)
