"""What `press` has to show: the addresses that tests of every page go through."""

# Pages of ours.
OURS = (
    "/",
    "/?days=365",
    "/-/attention",
    "/-/changes",
    "/-/changes?by=all",
    "/-/search",
    "/-/search?q=harbour",
    "/-/search?q=nowhere+to+be+found",
    "/-/article/1",
    "/-/article/1?version=1",
    "/-/article/2",
    "/-/article/4",
    "/-/article/5",
    "/-/article/1/compare",
    "/-/article/1/compare?old=1&new=3",
    "/-/capture/1",
    "/-/capture/1/source",
    "/-/capture/1/view",
    "/-/capture/3",
    "/-/capture/3/source",
    "/-/capture/3/view",
    "/-/sources",
    "/-/source/1",
    "/-/source/1/coverage",
    "/-/source/2",
    "/-/site/one.test",
    "/-/site/one.test/coverage",
    "/-/functions",
)
# Datasette's own, in our frame.
DATASETTES = (
    "/archive",
    "/archive/articles",
    "/archive/articles/1",
    "/archive/articles?_facet=site&_search=harbour",
    "/archive/captures",
    "/archive/edits",
    "/archive/sources/1",
    "/archive/versions/1",
    "/archive?sql=select+id,+title+from+articles",
)
MISSING = "/-/article/99"
# Answers that are no page of ours: files, and what a site once sent.
FILES = (
    "/-/article/1.txt",
    "/-/article/1.json",
    "/-/article/1.warc",
    "/-/search.json?q=harbour",
    "/-/search.csv?q=harbour",
    "/-/search.atom?q=harbour",
    "/-/capture/1.warc",
    "/-/capture/1/body",
    "/-/capture/1/page",
)
