"""Every page of ours: its address, its function."""

from storage.datasette.article import article
from storage.datasette.attention import attention_page
from storage.datasette.capture import capture, capture_warc
from storage.datasette.capture_page import capture_page, capture_view
from storage.datasette.capture_source import capture_body, capture_source
from storage.datasette.changes import changes
from storage.datasette.compare import compare
from storage.datasette.coverage import site_coverage, source_coverage
from storage.datasette.door import Route
from storage.datasette.downloads import download
from storage.datasette.front import front
from storage.datasette.functions_page import functions
from storage.datasette.search import search
from storage.datasette.search_forms import search_form
from storage.datasette.site import site
from storage.datasette.source import source
from storage.datasette.sources import sources

ROUTES = (
    Route(r"/$", front),
    Route(r"/-/article/(?P<id>\d{1,18})$", article),
    Route(r"/-/article/(?P<id>\d{1,18})\.(?P<form>txt|json|warc)$", download),
    Route(r"/-/article/(?P<id>\d{1,18})/compare$", compare),
    Route(r"/-/changes$", changes),
    Route(r"/-/functions$", functions),
    Route(r"/-/attention$", attention_page, "alarms"),
    Route(r"/-/search$", search),
    Route(r"/-/search\.(?P<form>json|csv|atom)$", search_form),
    Route(r"/-/sources$", sources, "sources"),
    Route(r"/-/source/(?P<id>\d{1,18})$", source, "sources"),
    Route(r"/-/source/(?P<id>\d{1,18})/coverage$", source_coverage, "sources"),
    Route(r"/-/site/(?P<host>[^/]{1,300})$", site),
    Route(r"/-/site/(?P<host>[^/]{1,300})/coverage$", site_coverage),
    Route(r"/-/capture/(?P<id>\d{1,18})$", capture, "captures"),
    Route(r"/-/capture/(?P<id>\d{1,18})\.warc$", capture_warc, "captures"),
    Route(r"/-/capture/(?P<id>\d{1,18})/source$", capture_source, "captures"),
    Route(r"/-/capture/(?P<id>\d{1,18})/body$", capture_body, "captures"),
    Route(r"/-/capture/(?P<id>\d{1,18})/view$", capture_view, "captures"),
    Route(r"/-/capture/(?P<id>\d{1,18})/page$", capture_page, "captures"),
)
