"""The names under which pages declare a field in meta elements, most trusted first. The lists only grow."""


def _names(line: str) -> tuple[str, ...]:
    return tuple(line.split())


TITLE = _names("og:title twitter:title parsely-title sailthru.title dc.title citation_title")
PUBLISHED = _names(
    "article:published_time og:article:published_time og:published_time published_time parsely-pub-date sailthru.date "
    "cxenseparse:recs:publishtime cxenseparse:publishtime article.published date.published datepublished "
    "dc.date.issued dcterms.created dc.date dcterms.date citation_publication_date publish-date publication_date "
    "publishdate pubdate article_date_original published_date originalpublicationdate ptime last_publish date"
)
MODIFIED = _names(
    "article:modified_time og:article:modified_time og:updated_time article:updated_time article.updated lastmod "
    "dc.date.modified dcterms.modified last-modified date_modified datemodified revision_date"
)
AUTHOR = _names(
    "author article:author article.author dc.creator dcterms.creator sailthru.author parsely-author byl "
    "citation_author cxenseparse:author article:author_name og:article:author twitter:data1 authors dc.contributor"
)
SITE = _names("og:site_name application-name apple-mobile-web-app-title dc.publisher cre al:android:app_name")
SECTION = _names("article:section og:article:section section parsely-section sailthru.section cxenseparse:section")
TAGS = _names("article:tag news_keywords parsely-tags sailthru.tags keywords")
LEAD = _names("og:description description twitter:description dc.description sailthru.description")
LANGUAGE = _names("og:locale content-language language")
