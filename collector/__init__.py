"""Newskeep's thinking half: finds, fetches and reads articles. What it learns is kept by `storage`."""


def __getattr__(name: str) -> str:
    """`__version__`, when somebody asks: workers, which start by the dozen, do not."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version  # noqa: PLC0415 - half of what a start of Python costs

    return version("newskeep")
