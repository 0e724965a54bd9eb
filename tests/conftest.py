"""What tests of several modules share because it takes long to make."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.image import Builder, why_not
from tests.town import Answer, Town


@pytest.fixture(scope="session")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    """Of the images of our Dockerfile; each is made once, when it is first asked for."""
    if reason := why_not():
        pytest.skip(f"images cannot be made here: {reason}")
    return Builder(Path(__file__).parent.parent, tmp_path_factory.mktemp("images"))


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Callable[..., Town]]:
    """Towns with an archive in `tmp_path`, closed at the end."""
    made: list[Town] = []

    def make(web: dict[str, Answer], **options: Any) -> Town:
        made.append(Town(tmp_path, web, **options))
        return made[-1]

    yield make
    for each in made:
        each.archive.close()
        each.raw.close()
