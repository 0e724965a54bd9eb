"""
The names under which pages declare a field in meta elements, most trusted first. The lists only grow.

How a name is spelled does not matter (`Page.meta`): "article:published_time" stands for `article:published-time` and
`articlePublishedTime` too. "*author" stands for `author` and for any vendor's `x:author`.
"""

from collector.extract.page import spellings


def _names(line: str) -> tuple[str, ...]:
    """As the keys of `Page.meta`."""
    return tuple(name if name.startswith("*") else spellings(name)[0] for name in line.split())


TITLE = _names("og:title twitter:title parsely-title sailthru.title dc.title citation_title")
PUBLISHED = _names(
    "article:published_time og:article:published_time og:published_time published_time article:published "
    "parsely-pub-date sailthru.date cxenseparse:recs:publishtime date.published datepublished published_at pub_date "
    "dc.date.issued dcterms.issued dcterms.created dc.date.created dc.date dcterms.date citation_publication_date "
    "publish-date publication_date prism.publicationdate article_date_original published_date date.available "
    "originalpublicationdate first_published release_date ptime last_publish date pdate "
    "*published_time *publication_date *publish_time *publish_date *pubdate *published_date *published"
)
PUBLISHED_IN_SCRIPTS = _names(
    "first_publication_date content_publishing_date deploy_dt publishing_date date_publication"
)
MODIFIED = _names(
    "article:modified_time og:article:modified_time og:updated_time article:updated_time article:updated "
    "article:modified article:update_time lastmod date.modified date.updated datemodified dc.date.modified "
    "dcterms.modified last-modified date_modified revision_date last_updated_date lastupdate *modified_time "
    "*modification_date"
)
AUTHOR = _names(
    "author article:author dc.creator dcterms.creator sailthru.author parsely-author byl citation_author "
    "article:author_name article:byline og:article:author twitter:misc:written_by twitter:data1 authors dc.author "
    "dc.contributor og:author og:article:author_name cxenseparse:article-author vr:author analytics:author "
    "analyticsattributes.author cse_author dable:author *authors *byline"
)
SITE = _names("og:site_name application-name apple-mobile-web-app-title dc.publisher cre al:android:app_name publisher")
SECTION = _names(
    "article:section og:article:section section parsely-section sailthru.section cxenseparse:section *section"
)
TAGS = _names("article:tag news_keywords parsely-tags sailthru.tags keywords")
LEAD = _names("og:description description twitter:description dc.description sailthru.description")
LANGUAGE = _names("og:locale content-language language dc.language")
IMAGE = _names("og:image og:image:url og:image:secure_url twitter:image twitter:image:src parsely-image-url")
TIER = _names(
    "article:content_tier og:article:content_tier content_tier isaccessibleforfree article:access content-access "
    "*content_tier *premium *paywall *ispaidcontent *requiressubscription"
)
