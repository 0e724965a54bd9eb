"""The pictures of docs/: all there, small enough to be in a README, of the sizes that they say."""

import struct
from pathlib import Path

import pytest

from tests.pages import newsroom, pictures
from tests.pages.conftest import serving
from tests.pages.pictures import PICTURES, Picture


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_kept(picture: Picture) -> None:
    """Each is what `make pictures` makes of it."""
    kept = (pictures.DOCS / f"{picture.name}.png").read_bytes()
    assert kept.startswith(b"\x89PNG")
    assert struct.unpack(">II", kept[16:24]) == (picture.width, picture.height)
    assert len(kept) <= pictures.MOST


def test_no_other() -> None:
    """A picture that nothing takes anew grows old."""
    assert {path.stem for path in pictures.DOCS.iterdir()} == {picture.name for picture in PICTURES}


@pytest.mark.slow
async def test_what_they_show(tmp_path: Path) -> None:
    """Every address answers, and the archive of the pictures is the same each time."""
    newsroom.fill(tmp_path)
    ids = newsroom.ids(tmp_path)
    metadata = {"plugins": {"newskeep": {"now": newsroom.NOW.isoformat()}}}
    async with serving(tmp_path / "archive.db", metadata=metadata) as datasette:
        for picture in PICTURES:
            response = await datasette.client.get(picture.address.format_map(ids))
            assert response.status_code == 200, picture
