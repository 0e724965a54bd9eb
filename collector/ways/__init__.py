"""
The ways into the past of a site, pure: what to ask for, and what to make of the answers. Knows no network, no archive.

Each way is a module with `begin` and `follow` (`nouns.Way`): steps -> documents, read in a worker -> leaves -> moves.
    sitemap   indexes and their parts
    feed      RFC 5005, and what WordPress, Blogger and Drupal do
    api       WordPress' own, and those that site rules describe
    listing   pages with a next link, numbered pages
    wayback   the captures of a web archive (CDX)
"""
