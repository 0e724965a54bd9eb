"""Every page of ours: its address, its function."""

from storage.datasette.attention import attention_page
from storage.datasette.door import Route
from storage.datasette.front import front

ROUTES = (
    Route(r"/$", front),
    Route(r"/-/attention$", attention_page, "alarms"),
)
