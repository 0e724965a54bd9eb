"""
The past of a site, brought in behind all that is new. Every list of things to do is a query, as for news.

walk:  the next way of a back-fill | what it asks for first
step:  get a document | keep it | read in a worker | what it announced, and the next steps, in one transaction
visit: the pages it announced, by the ordinary path, behind the news in the lane of their host
end:   nothing is open any more | what was tried in vain has its next try as news
"""

from collector.pipeline.past.main import Past

__all__ = ["Past"]
