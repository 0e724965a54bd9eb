"""Trees that nobody would write, too deep, too wide, never closed: by name, makers of a page whose size is told."""

from collections.abc import Callable, Mapping

Maker = Callable[[int], str]

TEXT = "<p>Some sentence that is long enough to be text, with a comma, and it ends here. "


def many(piece: str, close: str = "") -> Maker:
    return lambda n: piece * n + close * n


def counted(piece: str, between: str = "") -> Maker:
    """Pieces that differ by a number."""
    return lambda n: between.join(piece.format(number) for number in range(n))


def around(before: str, piece: str, after: str) -> Maker:
    return lambda n: before + piece * n + after


NESTED: Mapping[str, Maker] = {
    **{
        f"{tag} in {tag}": many(f"<{tag}>x")
        for tag in (
            *("div", "article", "main", "section", "aside", "nav", "header", "footer", "p", "span", "b", "a", "font"),
            *("ul", "li", "ol", "dl", "blockquote", "pre", "h1", "h2", "figure", "figcaption", "form", "button"),
            *("select", "template", "svg", "math", "noscript", "details", "time", "x-el", "ruby", "object", "iframe"),
        )
    },
    "closed": many("<div>", "</div>"),
    "with text": many(f"<article>{TEXT}"),
    "closed with text": many("<div>x", "</div>"),
    "tables": many("<table><tr><td>x"),
    "tables that join": many("<table><tr><td>x<td>y<table>"),
    "lists": many("<ul><li>x"),
    "formatting": many("<a><b><i><p>x"),
    "formatting in blocks": many("<b><div>x"),
    "fonts": many("<font><p>x</p>"),
    "links": many("<a href=#><div>x"),
    "crossed": many("<b><i><u></b></i></u>x"),
    "captions": many("<figure><img><figcaption>x"),
    "quotes": many("<blockquote><p>x"),
    "closed by others": many("<div>x</span>"),
    "closed in comments": many("<div><!-- </div> -->"),
    "closed in attributes": many("<div a='</div>'>"),
    "closed in scripts": many("<div><script></div></script>"),
    "never closed formatting": counted("<p><font color={}>x</p>"),
    "formatting, then text": lambda n: counted("<font color={}>")(n) + "<p>x</p>" * n,
    "drawings": many("<svg><g>"),
    "blocks in items": many("<li><section>"),
    "closing only": many("</div></p></a>"),
    "short tags": lambda n: TEXT + "<i>" * n,
    "odd tags": counted("<t{}>x"),
}

WIDE: Mapping[str, Maker] = {
    "paragraphs": many(TEXT),
    "paragraphs of a word": many("<p>word</p>"),
    "different paragraphs": counted("<p>Sentence number {0}, as long as a sentence is, ends in {0}.</p>"),
    "texts of a word": many("<div>word<br></div>"),
    "links": counted('<p><a href="/story/{}">A headline that links somewhere</a>'),
    "list of links": many("<li><a href=#>A headline that links somewhere</a>"),
    "links in one paragraph": lambda n: "<p>" + many("<a href=#>word</a> ")(n),
    "breaks": many("x<br>"),
    "double breaks": many(f"{TEXT[3:]}<br><br>"),
    "headings": many("<h2>A heading of some words</h2>"),
    "headings and text": counted(f"<h2>Heading {{}}</h2>{TEXT}"),
    "titles": many("<h1>The title of this page</h1>"),
    "credits": many("<p>© Ann Bee</p>"),
    "captions": many("<figure><img><figcaption>© x</figcaption></figure>"),
    "pictures": many("<img>"),
    "captions without pictures": many("<div class=caption>A harbour. Photo: Ann Bee</div>"),
    "cells": lambda n: "<table><tr>" + "<td>x" * n,
    "rows": lambda n: "<table>" + "<tr><td>x<td>y" * n,
    "items": lambda n: "<ul>" + f"<li>{TEXT[3:]}" * n,
    "items of a word": lambda n: "<ul>" + "<li>x" * n,
    "times": many("<time datetime=2026-03-14T10:00:00Z>14 March</time>"),
    "bylines": counted("<div class=byline>By Ann Bee{}</div>"),
    "authors": counted('<a rel=author itemprop="author name">Ann Bee{}</a>'),
    "tags": counted("<a rel=tag>tag{}</a>"),
    "classes": counted("<div class='name{0} of-{0}-box'><p>x</p></div>"),
    "classes of text": counted(f"<div class='name{{0}} of-{{0}}-box' id=id{{0}}>{TEXT}</div>"),
    "articles": counted(f"<article><h2><a href=/s/{{0}}>Story {{0}}</a></h2>{TEXT}</article>"),
    "custom elements": counted("<x-{}>word</x-y>"),
    "hidden": many("<div hidden>word</div>"),
    "hidden by style": many("<div style='display:none'>word</div>"),
    "options": lambda n: "<select>" + "<option>x</option>" * n,
    "html elements": counted("<html a{}=x>"),
    "menus": many("<nav><a href=#>word</a></nav>"),
    "live posts": counted(f"<article class=live-post><time datetime=2026-03-14T10:00Z></time>{TEXT}</article>"),
    "dates in text": counted("<p>On 14 March 2026 at 10:{} it was so.</p>"),
    "metas": many("<meta name=author content='Ann Bee'>"),
    "different metas": counted("<meta name=author content='Ann Bee{0}'><meta name=n{0} content=x>"),
    "descriptions": counted("<meta property=og:description content='A lead, number {}.'>"),
    "canonicals": many("<link rel=canonical href=/x>"),
    "bases": many("<base href=/x>"),
    "title elements": many("<title>A title - Site</title>"),
    "scripts": many("<script>var a = 1;</script>"),
    "comments": many("<!-- x -->"),
    "open comments": many("<!-- "),
    "doctypes": many("<!doctype html>"),
    "entities": many("&amp;&nbsp;&#8212;&bogus;"),
    "open tags": many("<"),
    "half tags": many("<p <p"),
    "quotes": many('<p class="'),
    "NULs": many("a\0b <p\0>"),
    "lone surrogates": many("<p>a\ud800b\udfff"),
    "processing": many("<?php x ?>"),
    "CDATA": many("<![CDATA[x]]>"),
}

ATTRIBUTES: Mapping[str, Maker] = {
    **{
        f"long {name}": around(f'<div {name}="', "x", f'">{TEXT * 20}</div>')
        for name in ("class", "id", "style", "role", "itemprop", "data-x", "hidden", "aria-hidden")
    },
    "one class again and again": lambda n: f'<div class="{"share " * n}">{TEXT * 20}',
    "different classes": lambda n: f'<div class="{counted("name{} ")(n)}">{TEXT * 20}',
    "dashes": lambda n: f'<div class="{"a-" * n}">{TEXT * 20}',
    "capitals": lambda n: f'<div class="{"aB" * n}">{TEXT * 20}',
    "attributes": lambda n: f"<div {counted('a{}=x ')(n)}>{TEXT * 20}",
    "attributes without value": lambda n: f"<div {counted('a{} ')(n)}>{TEXT * 20}",
    "attributes in quotes": lambda n: "<div " + counted('a{}=">" ')(n) + ">" + TEXT * 20,
    "one attribute": lambda n: f"<div {'a=x ' * n}>{TEXT * 20}",
    "addresses": lambda n: f'<a href="{"x/../" * n}">x</a><link rel=canonical href="{"/%20" * n}">{TEXT * 20}',
    "authors": lambda n: f"<meta name=author content='{counted('Ann Bee{}, ')(n)}'>{TEXT * 20}",
    "keywords": lambda n: f"<meta name=keywords content='{counted('word{}, ')(n)}'>{TEXT * 20}",
    "names": lambda n: f"<meta name='{'a:' * n}' content=x>{TEXT * 20}",
    "rel": lambda n: f"<link rel='{'canonical ' * n}' href=/x>{TEXT * 20}",
    "itemprop": lambda n: f"<span itemprop='{counted('p{} ')(n)}'>x</span>{TEXT * 20}",
}
