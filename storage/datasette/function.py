"""What is said of one SQL function of ours, to those who write SQL."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """signature: `raw_html(capture_id)`. says: a sentence or two. example: a query that runs on any archive."""

    name: str
    signature: str
    says: str
    example: str
