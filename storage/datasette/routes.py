"""Every page of ours: its address, its function."""

from storage.datasette.attention import attention_page
from storage.datasette.capture import capture, capture_warc
from storage.datasette.capture_page import capture_page, capture_view
from storage.datasette.capture_source import capture_body, capture_source
from storage.datasette.door import Route
from storage.datasette.front import front

ROUTES = (
    Route(r"/$", front),
    Route(r"/-/attention$", attention_page, "alarms"),
    Route(r"/-/capture/(?P<id>\d{1,18})$", capture, "captures"),
    Route(r"/-/capture/(?P<id>\d{1,18})\.warc$", capture_warc, "captures"),
    Route(r"/-/capture/(?P<id>\d{1,18})/source$", capture_source, "captures"),
    Route(r"/-/capture/(?P<id>\d{1,18})/body$", capture_body, "captures"),
    Route(r"/-/capture/(?P<id>\d{1,18})/view$", capture_view, "captures"),
    Route(r"/-/capture/(?P<id>\d{1,18})/page$", capture_page, "captures"),
)
