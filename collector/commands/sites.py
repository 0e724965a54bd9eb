"""`newskeep sites`: the rules of single sites: make a case for one, run the cases, list what there is."""

import click

from collector.commands.sites_list import list_
from collector.commands.sites_new import new
from collector.commands.sites_test import test


@click.group()
def sites() -> None:
    """The rules of single sites, and the pages that show what they read."""


for each in (new, test, list_):
    sites.add_command(each)
