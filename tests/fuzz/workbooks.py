"""Workbooks that are broken from inside: their XML, their parts, and what the archive says of itself."""

import random
import re
import struct
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from fuzz.texts import mutated_bytes, mutated_text, replaced, with_another_number

_STORED, _DEFLATED = 0, 8
_ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
VALUES = (
    *"XFD1048576 A0 A1048577 AAAA1 A99999999999 1e308 1e999999 -1 NaN 2958465 2958466 -693594 0.5".split(),
    *"60 61 1 0 4294967296 #REF! s str inlineStr b e d n rId9 &i; &#0; &#xD800; <![CDATA[x]]> <v/>".split(),
    *("9" * 400, "合计", "1" + "0" * 30 + ".5", "<c>" * 5000, "<r><t>x</t></r>" * 200, "_x000D_", ""),
    '<c r="A1" t="inlineStr"><is><t>2011-01</t></is></c>',
    '<c r="XFD1048576"><v>1</v></c>',
    '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
    "<f>SUM(A1:A2)</f>",
    '<mergeCell ref="A1:XFD1048576"/>',
    '<dimension ref="A1:XFD1048576"/>',
)


class Part(NamedTuple):
    """A file of an archive: what is stored, and what the archive says about it."""

    name: str
    stored: bytes
    method: int
    crc: int
    size: int


def part(name: str, content: bytes) -> Part:
    """A part as it should be."""
    deflate = zlib.compressobj(1, wbits=-15)
    return Part(
        name, deflate.compress(content) + deflate.flush(), _DEFLATED, zlib.crc32(content), len(content)
    )


def archive(parts: Sequence[Part]) -> bytes:
    """The archive of the parts. The standard library writes none that lies."""
    out, directory = bytearray(), bytearray()
    for name, stored, method, crc, size in parts:
        raw = name.encode("utf-8", "replace")[:60_000]
        sizes = struct.pack("<HHHIIIHH", method, 0, 0x21, crc, len(stored), size & 0xFFFFFFFF, len(raw), 0)
        directory += b"PK\x01\x02" + struct.pack("<HHH", 20, 20, 0x800) + sizes
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + raw
        out += b"PK\x03\x04" + struct.pack("<HH", 20, 0x800) + sizes + raw + stored
    end = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(directory), len(out), 0)
    return bytes(out + directory + b"PK\x05\x06" + end)


def mutated_workbook(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """`content` with something wrong in its parts, or in its bytes where it is no archive any more."""
    try:
        with ZipFile(BytesIO(content)) as opened:
            files = [(info.filename, _start(opened, info)) for info in opened.infolist()]
    except (BadZipFile, NotImplementedError, EOFError, zlib.error, RuntimeError, OSError, ValueError):
        return mutated_bytes(rng, content, others)
    if rng.random() < 0.08 or not files:
        return mutated_bytes(rng, content, others)
    parts = [part(name, file) for name, file in files]
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        at = _likely(rng, [name for name, _ in files])
        if rng.random() < 0.85:
            file = rng.choice(_CHANGES)(rng, files[at][1])
            parts[at] = part(files[at][0], file)
        else:
            rng.choice(_LIES)(rng, parts, at)
        if len(parts) != len(files):
            break
    return archive(parts)


def _start(opened: ZipFile, info: ZipInfo) -> bytes:
    """A part, or the start of one that may be a bomb by now."""
    with opened.open(info) as packed:
        return packed.read(4_000_000)


def _likely(rng: random.Random, names: list[str]) -> int:
    """A part to change: the sheets, texts, styles and relations before all others."""
    likely = [i for i, name in enumerate(names) if re.search("sheet|sharedStrings|styles|workbook", name)]
    return rng.choice(likely or range(len(names)))


def _text_changed(rng: random.Random, content: bytes) -> bytes:
    return mutated_text(rng, content.decode("utf-8", "replace"), _TEXT).encode("utf-8", "replace")


def _bytes_changed(rng: random.Random, content: bytes) -> bytes:
    return mutated_bytes(rng, content, [content])


def _emptied(rng: random.Random, content: bytes) -> bytes:
    return rng.choice(
        (b"", b"\x00", content[: len(content) // 2], b"<a/>", content.decode().encode("utf-16"))
    )


def _with_entities(rng: random.Random, content: bytes) -> bytes:
    text = content.decode("utf-8", "replace")
    head, mark, rest = text.partition("?>")
    changed = replaced(rng, rest, r"(?<=<[tv]>)[^<]*", ("&i;&i;", "&a;", "&undefined;"))
    return f"{head}{mark}{_ENTITIES}{changed}".encode("utf-8", "replace")


def _with_many_rows(rng: random.Random, content: bytes) -> bytes:
    cells = rng.choice(("<c><v>1</v></c>", '<c t="inlineStr"><is><t>x</t></is></c>', "<c/>"))
    row = f"<row>{cells * rng.choice((1, 50))}</row>".encode()
    return content.replace(b"</sheetData>", row * rng.choice((100, 3000)) + b"</sheetData>")


def _with_a_long_text(rng: random.Random, content: bytes) -> bytes:
    return content.replace(b"</t>", b"x" * rng.choice((40_000, 3_000_000)) + b"</t>", 1)


_CHANGES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    *[_text_changed] * 12,
    _bytes_changed,
    _emptied,
    _with_entities,
    _with_many_rows,
    _with_a_long_text,
)


def _value_changed(rng: random.Random, text: str) -> str:
    return replaced(rng, text, r"(?<=<[tvf]>)[^<]*", VALUES)


def _attribute_changed(rng: random.Random, text: str) -> str:
    return replaced(rng, text, r'(?<=")[^"<>]*(?=")', VALUES)


def _element_moved(rng: random.Random, text: str) -> str:
    elements = list(re.finditer(r"<[^>]*>[^<]*", text))
    if len(elements) < 2:
        return text
    one, other = rng.choice(elements), rng.choice(elements)
    return text[: one.start()] + rng.choice(("", other[0])) + text[one.end() :]


def _inserted(rng: random.Random, text: str) -> str:
    at = rng.choice([found.end() for found in re.finditer(">", text)] or [0])
    return text[:at] + rng.choice(VALUES) + text[at:]


def _tag_changed(rng: random.Random, text: str) -> str:
    return replaced(
        rng, text, r"(?<=<)/?\w+", ("c", "v", "row", "sheetData", "/c", "is", "t", "x:c", "xf", "/row")
    )


_TEXT = (
    _value_changed,
    _value_changed,
    _attribute_changed,
    _attribute_changed,
    _element_moved,
    _inserted,
    _tag_changed,
    with_another_number,
)


def _dropped(rng: random.Random, parts: list[Part], at: int) -> None:  # noqa: ARG001
    del parts[at]


def _twice(rng: random.Random, parts: list[Part], at: int) -> None:
    parts.insert(rng.randrange(len(parts)), parts[at]._replace(stored=rng.choice(parts).stored))


def _renamed(rng: random.Random, parts: list[Part], at: int) -> None:
    names = (
        "",
        "../../x",
        "/etc/x",
        "x" * 60_000,
        "\x00",
        "xl/workbook.xml",
        "XL/WORKBOOK.XML",
        "xl\\workbook.xml",
    )
    parts[at] = parts[at]._replace(name=rng.choice(names))


def _lying(rng: random.Random, parts: list[Part], at: int) -> None:
    one = parts[at]
    parts[at] = rng.choice(
        (
            one._replace(size=rng.choice((0, 1, one.size + 1, 0xFFFFFFFF, 0x7FFFFFFF))),
            one._replace(crc=0),
            one._replace(method=rng.choice((_STORED, 1, 12, 14, 99))),
            one._replace(stored=one.stored[: len(one.stored) // 2]),
        )
    )


def _bombed(rng: random.Random, parts: list[Part], at: int) -> None:
    size = rng.choice((BOMB, parts[at].size))
    parts[at] = parts[at]._replace(stored=bomb(), size=size, crc=0)


_LIES: tuple[Callable[[random.Random, list[Part], int], None], ...] = (
    _dropped,
    _twice,
    _renamed,
    _lying,
    _lying,
    _bombed,
)
BOMB = 250_000_000


@cache
def bomb() -> bytes:
    """A sheet whose one text has 250 MB, in some 250 KB: more than may be held at once."""
    deflate = zlib.compressobj(9, wbits=-15)
    start = b'<?xml version="1.0"?><worksheet><sheetData><row><c t="inlineStr"><is><t>'
    chunks = [deflate.compress(start)]
    chunks += [deflate.compress(b"x" * 1_000_000) for _ in range(BOMB // 1_000_000)]
    return b"".join([*chunks, deflate.flush()])
