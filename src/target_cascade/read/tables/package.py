"""The zip that a workbook is → the parts of it that are read, within bounds.

A file of some kilobytes can unpack to gigabytes, and one cell in the last column of the last row can ask
for seventeen thousand million others: both are refused before anything is built of them.
"""

import io
import re
import zipfile
import zlib
from lzma import LZMAError
from typing import NamedTuple
from xml.etree import ElementTree

from target_cascade.errors import InputError, Located
from target_cascade.read.tables.first_bytes import ZIP, is_biff


class Bounds(NamedTuple):
    """The most of a workbook that is read, and what a message says of one that has more.

    Of the sheets that are meant `cells` have anything, and a sheet reaches over `rows` and `places`; of
    the zip, `sheet_bytes` and `string_bytes` are what parts unpack to, `strings` the texts. `section` is
    the key of the plan that names the file.
    """

    cells: int = 40_000
    rows: int = 20_000
    places: int = 300_000
    sheet_bytes: int = 16_000_000
    string_bytes: int = 12_000_000
    strings: int = 100_000
    advice: str = "sum it by day or by month"
    section: str = "base"
    as_seen: bool = False
    """Whether numbers keep the zeros in front, and dates the precision, that their formats show."""

    @property
    def bytes(self) -> dict[str, int]:
        """The most bytes by kind of part."""
        return {"sheets": self.sheet_bytes, "strings": self.string_bytes, "rest": 3_000_000}


OF_SALES = Bounds()
"""Which take a second: a year of days by 100 columns."""

_SAVE = "open it and save it as .xlsx, or as CSV in UTF-8"

_STRICT = b"http://purl.oclc.org/ooxml/"
_COMPUTES = re.compile(rb"""fullCalcOnLoad\s*=\s*["'](?:1|true)["']""")
_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
_ENCODED = re.compile(rb"""[^<]{0,9}<\?xml[^>]*encoding\s*=\s*["'](?!utf-8|us-ascii)""", re.IGNORECASE)
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STRINGS, _STYLES = "xl/sharedstrings.xml", "xl/styles.xml"

DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    LZMAError,
    ElementTree.ParseError,
    NotImplementedError,  # a way to pack that is not known here
    RuntimeError,  # a member with a password
    EOFError,
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
)
"""What the reading of a zip or of its XML raises where these are damaged: the readers check little."""


class SheetPart(NamedTuple):
    """A sheet by its name, and the part of the zip that it is in."""

    name: str
    is_hidden: bool
    part: str


def damaged(name: str, reason: str = "") -> InputError:
    """The error of a workbook that cannot be taken apart."""
    shown = f" ({reason})" if reason else ""
    return refused(name, f"this workbook is damaged{shown}; {_SAVE}")


def refused(name: str, message: str) -> InputError:
    """`message` about a whole file."""
    return InputError(Located(name, 1, 1, message))


def too_large(name: str, bounds: Bounds) -> InputError:
    """The error of a workbook that has more than can be read in time."""
    message = f"this workbook has more than is read, {bounds.cells:,} cells in the sheets that are meant"
    return refused(name, f"{message}; name one sheet, or {bounds.advice}")


class Package:
    """An .xlsx or .xlsm. Raises `InputError` where the bytes are of another kind, or damaged."""

    def __init__(self, raw: bytes, name: str, bounds: Bounds) -> None:
        if not raw.startswith(ZIP):
            raise refused(name, _old(raw))
        self.name, self.bounds = name, bounds
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except DAMAGED:
            raise damaged(name, "it is cut off, or no zip") from None
        self._members = {info.filename.replace("\\", "/").lower(): info for info in self._zip.infolist()}
        if _WORKBOOK not in self._members:
            raise refused(name, _other(set(self._members)))
        if _STRICT in self._part(_WORKBOOK):
            raise refused(name, f"this is a workbook in Strict Open XML; {_SAVE}")

    def sheets(self) -> list[SheetPart]:
        """The sheets with cells, in their order. Raises `InputError` where the zip is damaged."""
        try:
            targets = self._targets()
            book = self._tree(_WORKBOOK)
            found = [node for node in book.iter() if _local(node.tag) == "sheet"]
            sheets = [
                SheetPart(node.attrib["name"], node.get("state", "visible") != "visible", part)
                for node in found
                if (part := targets.get(_attribute(node, "id"), ""))
            ]
        except DAMAGED:
            raise damaged(self.name) from None
        if not sheets:
            raise damaged(self.name, "it has no sheets")
        return sheets

    def sheet(self, sheet: SheetPart) -> bytes:
        """The XML of a sheet. Raises `InputError` where it is too large, or not there."""
        if sheet.part not in self._members:
            raise damaged(self.name, f"the sheet `{sheet.name}` is missing")
        if self._members[sheet.part].file_size > self.bounds.sheet_bytes:
            raise too_large(self.name, self.bounds)
        return self._part(sheet.part)

    @property
    def computes_when_opened(self) -> bool:
        """Whether a program wrote it that could not compute: what formulas come to is not known."""
        return _COMPUTES.search(self._part(_WORKBOOK)) is not None

    def only(self, sheets: list[SheetPart]) -> io.BytesIO:
        """A workbook of no more than these sheets: what charts, pictures and other sheets are made of
        does not matter. Raises `InputError` where it is damaged, or too large to be read in time."""
        wanted = {sheet.part for sheet in sheets}
        small = io.BytesIO()
        most = self.bounds.bytes
        sizes = dict.fromkeys(most, 0)
        with zipfile.ZipFile(small, "w") as copy:
            for name, info in self._members.items():
                kind = _kind(name, wanted)
                if not kind:
                    continue
                sizes[kind] += info.file_size
                if sizes[kind] > most[kind]:
                    raise too_large(self.name, self.bounds)
                part = self._part(name)
                if kind == "strings" and sum(1 for _ in _STRING.finditer(part)) > self.bounds.strings:
                    raise too_large(self.name, self.bounds)
                copy.writestr(info.filename.replace("\\", "/"), part)
        small.seek(0)
        return small

    def _targets(self) -> dict[str, str]:
        """The parts of sheets with cells by the ids that the workbook gives them."""
        found = {}
        for node in self._tree(_RELATIONS):
            target = node.get("Target", "").replace("\\", "/")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            if node.get("Type", "").endswith("/worksheet"):
                found[node.attrib["Id"]] = part.lower()
        return found

    def _tree(self, name: str) -> ElementTree.Element:
        if self._members[name].file_size > self.bounds.bytes["rest"]:
            raise too_large(self.name, self.bounds)
        return ElementTree.fromstring(self._part(name))  # noqa: S314 - `_part` lets no entities through

    def _part(self, name: str) -> bytes:
        """What a part holds: never more than it says that it does, for then its checksum is wrong."""
        info = self._members[name]
        if info.file_size > max(self.bounds.bytes.values()):
            raise too_large(self.name, self.bounds)
        try:
            with self._zip.open(info) as packed:  # To ask for all at once would unpack all at once.
                content = packed.read(info.file_size)
        except DAMAGED as error:
            if "password" in str(error):
                raise refused(self.name, f"this workbook has a password; {_SAVE} without one") from None
            raise damaged(self.name) from None
        # What a document type defines can grow without end; and no program writes one, nor UTF-16.
        if b"<!DOCTYPE" in content or b"\x00" in content or _ENCODED.match(content):
            raise damaged(self.name, f"`{name}` is not written as workbooks are")
        return content


def _kind(name: str, wanted: set[str]) -> str:
    """Which bound a part counts for; empty of one that is not read."""
    if name in wanted:
        return "sheets"
    if name.rpartition("/")[2] == "sharedstrings.xml":
        return "strings"
    return "rest" if name in (_WORKBOOK, _RELATIONS, _STYLES, "[content_types].xml", "_rels/.rels") else ""


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _attribute(node: ElementTree.Element, name: str) -> str:
    return next((value for key, value in node.attrib.items() if key.endswith(f"}}{name}")), "")


def _old(raw: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return f"this workbook has a password; {_SAVE} without one"
    if is_biff(raw) or any(word.encode("utf-16-le") in raw for word in ("Workbook", "Book")):
        return f"this is a workbook in the old form of Excel (.xls), which is not read; {_SAVE}"
    return f"this is a document of an old office program, and no workbook that is read; {_SAVE}"


def _other(members: set[str]) -> str:
    """What a zip is that is no workbook of this kind."""
    kinds = (
        ("xl/workbook.bin", "a binary workbook (.xlsb), which is not read"),
        ("index/document.iwa", "a document of Apple's Numbers, Pages or Keynote, which is not read"),
        ("index.zip", "a document of Apple's Numbers, Pages or Keynote, which is not read"),
        ("content.xml", "a document of LibreOffice or OpenOffice (.ods or the like), which is not read"),
        ("word/document.xml", "a text document (.docx), and no workbook"),
        ("ppt/presentation.xml", "a presentation (.pptx), and no workbook"),
    )
    for member, kind in kinds:
        if member in members:
            return f"this is {kind}; {_SAVE}"
    return "this is an archive (zip), and no workbook; take the table out of it"
