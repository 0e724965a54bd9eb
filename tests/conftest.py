"""What tests of several modules share because it takes long to make."""

from pathlib import Path

import pytest

from tests.image import Builder, why_not


@pytest.fixture(scope="session")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    """Of the images of our Dockerfile; each is made once, when it is first asked for."""
    if reason := why_not():
        pytest.skip(f"images cannot be made here: {reason}")
    return Builder(Path(__file__).parent.parent, tmp_path_factory.mktemp("images"))
