"""What can be wrong with a body, or with the place where all of them are."""

from storage.trouble import Gone


class MissingBody(LookupError):
    """No body with this digest in the file of this month."""


class DamagedBody(MissingBody):
    """There is one, but its bytes cannot be read back, or those of the body it leans on."""


class RawFolderGone(Gone):
    """The folder of the bodies was deleted, moved, or is the empty place where its disk was mounted."""
