"""JSON that nobody would write, in the scripts of a page: makers as in `hostile_tree`."""

import json
from collections.abc import Mapping

from tests.extract.hostile_tree import TEXT, Maker, many

_LD = '<script type="application/ld+json">{}</script>' + TEXT * 20


def _ld(inner: Maker) -> Maker:
    return lambda n: _LD.replace("{}", inner(n))


JSON: Mapping[str, Maker] = {
    "lists": _ld(many("[")),
    "closed lists": _ld(many("[", "]")),
    "objects": _ld(many('{"a":')),
    "graphs": _ld(many('{"@graph":[', "]}")),
    "authors in authors": _ld(lambda n: '{"@type":"NewsArticle","author":' + '{"name":' * n + '"x"' + "}" * (n + 1)),
    "articles": _ld(lambda n: json.dumps([{"@type": "NewsArticle", "headline": f"Story {i}"} for i in range(n)])),
    "a graph": _ld(lambda n: json.dumps({"@graph": [{"@type": "Person", "@id": f"#{i}"} for i in range(n)]})),
    "a chain": _ld(
        lambda n: json.dumps(
            [{"@type": "NewsArticle", "author": {"@id": "#0"}}]
            + [{"@id": f"#{i}", "author": {"@id": f"#{i + 1}"}, "name": {"@id": f"#{i + 1}"}} for i in range(n)]
        )
    ),
    "a ring": _ld(
        lambda n: json.dumps(
            [{"@type": "NewsArticle", "@id": "#0", "author": {"@id": "#0"}, "name": {"@id": "#0"}}] * n
        )
    ),
    "authors": _ld(
        lambda n: json.dumps(
            {"@type": "NewsArticle", "author": [{"@type": "Person", "name": f"A B{i}"} for i in range(n)]}
        )
    ),
    "crumbs": _ld(
        lambda n: json.dumps({"@type": "BreadcrumbList", "itemListElement": [{"name": f"c{i}"} for i in range(n)]})
    ),
    "keywords": _ld(lambda n: json.dumps({"@type": "NewsArticle", "keywords": "word, " * n})),
    "a body": _ld(lambda n: json.dumps({"@type": "NewsArticle", "articleBody": "A sentence that is one. " * n})),
    "a body of lines": _ld(lambda n: json.dumps({"@type": "NewsArticle", "articleBody": "A sentence.\n" * n})),
    "a body of markup": _ld(lambda n: json.dumps({"@type": "NewsArticle", "articleBody": "<p>A sentence." * n})),
    "scripts": many('<script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script>'),
    "broken scripts": many('<script type="application/ld+json">{"a":"b</script>'),
    "an open string": _ld(lambda n: '{"@type":"NewsArticle","headline":"' + "x" * n),
    "quotes": _ld(lambda n: '{"@type":"NewsArticle","headline":"' + '"a" ' * n + '"}'),
    "single quotes": _ld(lambda n: "{'@type':'NewsArticle'," + "'a':'b'," * n + "}"),
    "backslashes": _ld(lambda n: '{"@type":"NewsArticle","headline":"' + "\\" * n + '"}'),
    "commas": _ld(lambda n: '{"@type":"NewsArticle",' + "," * n + "}"),
    "line breaks": _ld(lambda n: '{"@type":"NewsArticle","headline":"' + "a\n" * n + '"}'),
    "comments": _ld(lambda n: "<!--" * n + "{}" + "-->" * n),
    "braces": _ld(many("{}")),
    "braces with blanks": _ld(many("{ } ")),
    "semicolons": _ld(lambda n: "{}" + ";" * n),
    "digits": _ld(lambda n: '{"@type":"NewsArticle","a":' + "1" * n + "}"),
    "state": lambda n: f'<script id=__NEXT_DATA__ type="application/json">{"[" * n}{"]" * n}</script>',
    "wide state": lambda n: '<script type="application/json">' + json.dumps([TEXT * 5] * n) + "</script>",
    "assigned state": lambda n: "<script>window.__STATE__ = " + '{"a":' * n + "1" + "}" * n + "</script>",
    "assignments": many("<script>window.a = {</script>"),
    "a stream": many('<script>self.__next_f.push([1,"1:[\\"a\\"]\\n"])</script>'),
    "a stream without rows": lambda n: f'<script>self.__next_f.push([1,"{":" * n}"])</script>',
}
