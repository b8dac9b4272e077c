"""How workbooks begin, which tells them from text."""

import re

ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_package(raw: bytes) -> bool:
    """Whether the bytes are a zip, or in another form that workbooks have."""
    return raw.startswith((ZIP, _OLE)) or is_biff(raw)


def is_biff(raw: bytes) -> bool:
    """Whether they are of Excel 2 to 4, which wrote no container."""
    return raw.startswith(b"\x09") and re.match(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00", raw) is not None
