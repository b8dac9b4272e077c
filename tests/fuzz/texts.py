"""Slips and attacks on texts and bytes: what people mistype, what programs cut off, what nobody means."""

import random
import re
from collections.abc import Callable, Sequence

PIECES: tuple[str, ...] = (
    *"：，、\t{}[]()\"'“”#|>&*!%@`~?,-.=<\n\r\x00\x07\x85\u2028\ufeff\ud7ff²٣万旗",
    *(
        "- ",
        ": ",
        "? ",
        "..",
        "---\n",
        "...\n",
        "&a ",
        "*a",
        "!!int ",
        "<<: ",
        "[]",
        "{}",
        "''",
        "null",
        "yes",
    ),
    *(
        "-1",
        "0",
        "13",
        "1e9",
        "9" * 30,
        "9" * 60,
        f"0.{'0' * 30}1",
        "5%",
        "1,5",
        "1..",
        "-400..400",
        "2027-02-30",
    ),
    *("[" * 30, "x" * 300, "\x1b[31m", "\\x", "\U0001f600", "P03", "Q9"),
)
TABLE_PIECES: tuple[str, ...] = (
    *PIECES,
    *"；￥€$\u3000\xa0\x0b\x0c\x1c\u202e\U0010ffff",
    *"合计 总计 小计 total 单位：万元 （万元） 2010年 一月 元 千 亿 12月 累计 同比 sep=; 销售额 目标".split(),
    *"#REF! #DIV/0! #N/A TRUE 1e999999 1E+05 -0 NaN inf 40544 99999999 2958466 0x10 1.234,56".split(),
    *"(5) 5- -￥3 01/02/2011 2011-13 2011-02-30 P12 W53 Q1 H2 1/1/0000 2011-01..2011-03 ='x' =1+1".split(),
    *('"', '""', '"' * 9, ",,,,", ";;;;", ", ", '=" "', "\r\n\r\n", "9" * 5000, ",1" * 400, "\n" * 300),
)
_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "latin-1", "utf-32", "big5")

Mutate = Callable[[random.Random, str], str]


def inserted(rng: random.Random, text: str) -> str:
    return _with_a_piece(rng, text, PIECES)


def inserted_in_table(rng: random.Random, text: str) -> str:
    return _with_a_piece(rng, text, TABLE_PIECES)


def deleted(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + rng.choice((1, 1, 2, 5, 20)) :]


def cut_off(rng: random.Random, text: str) -> str:
    return text[: rng.randrange(len(text) + 1)]


def repeated(rng: random.Random, text: str) -> str:
    start, end = sorted(rng.randrange(len(text) + 1) for _ in range(2))
    return text[:end] + text[start : start + 200] + text[end:]


def repeated_often(rng: random.Random, text: str) -> str:
    start = rng.randrange(len(text) + 1)
    piece = text[start : start + rng.choice((1, 3, 20, 200))]
    return text[:start] + piece * rng.choice((10, 100, 1000)) + text[start:]


def without_a_line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    lines.pop(rng.randrange(len(lines)))
    return "\n".join(lines)


def with_a_line_twice(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    lines.insert(rng.randrange(len(lines) + 1), rng.choice(lines))
    return "\n".join(lines)


def with_two_lines_swapped(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def with_another_number(rng: random.Random, text: str) -> str:
    numbers = ("0", "1", "13", "99", "2028", "1901", "2099", "0.5", "3.14159265358979323846")
    return replaced(rng, text, r"\d+", (*numbers, str(rng.randrange(10**12))))


def with_another_cell(rng: random.Random, text: str) -> str:
    return replaced(rng, text, r"[^,;\t\n]+", TABLE_PIECES)


def with_another_separator(rng: random.Random, text: str) -> str:
    old, new = rng.sample(",;\t，|", 2)
    return text.replace(old, new) if rng.random() < 0.5 else text.replace(old, new, rng.randrange(1, 9))


def replaced(rng: random.Random, text: str, pattern: str, choices: tuple[str, ...]) -> str:
    """`text` with one match of `pattern` replaced by one of `choices`."""
    matches = list(re.finditer(pattern, text))
    if not matches:
        return text
    match = rng.choice(matches)
    return text[: match.start()] + rng.choice(choices) + text[match.end() :]


MUTATIONS_OF_TABLES: tuple[Mutate, ...] = (
    inserted_in_table,
    inserted_in_table,
    deleted,
    cut_off,
    repeated,
    repeated_often,
    without_a_line,
    with_a_line_twice,
    with_two_lines_swapped,
    with_another_number,
    with_another_cell,
    with_another_cell,
    with_another_separator,
)


def mutated_text(rng: random.Random, text: str, mutations: Sequence[Mutate]) -> str:
    """`text` after one slip or a few."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        text = rng.choice(mutations)(rng, text)
    return text


def mutated_table(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """The bytes of a table after slips of its text, its encoding or its bytes."""
    if rng.random() < 0.15:
        return mutated_bytes(rng, content, others)
    text, encoding = _decoded(content)
    text = mutated_text(rng, text, MUTATIONS_OF_TABLES)
    if rng.random() < 0.1:
        encoding = rng.choice(_ENCODINGS)
    return text.encode(encoding, "replace")


def mutated_bytes(rng: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """`content` with bytes flipped, cut off, repeated, or joined to a part of another file."""
    raw = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 8, 40))):
        at = rng.randrange(len(raw) + 1)
        match rng.randrange(6):
            case 0 | 1 if raw:
                raw[at - 1] ^= 1 << rng.randrange(8)
            case 2:
                raw[at:at] = rng.randbytes(rng.choice((1, 2, 4, 64)))
            case 3:
                del raw[at : at + rng.choice((1, 2, 16, len(raw)))]
            case 4:
                raw[at:at] = raw[at : at + 64] * rng.choice((1, 2, 50))
            case 5 if others:
                other = rng.choice(others)
                raw[at:] = other[rng.randrange(len(other) + 1) :]
    return bytes(raw)


def _with_a_piece(rng: random.Random, text: str, pieces: tuple[str, ...]) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(pieces) + text[at:]


def _decoded(content: bytes) -> tuple[str, str]:
    """The text of `content` and the encoding that gives it back."""
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        has_mark = content.startswith(b"\xef\xbb\xbf")
        return text, "utf-8" if encoding == "utf-8-sig" and not has_mark else encoding
    return content.decode("latin-1"), "latin-1"
