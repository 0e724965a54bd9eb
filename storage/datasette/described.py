"""metadata.yaml -> what Datasette says of tables and columns, under the name that the archive has there."""

from typing import Any


def metadata(datasette: Any) -> dict[str, Any]:
    """As in `metadata.yaml`."""
    return {}
