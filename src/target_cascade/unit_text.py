"""The units that amounts are in: 销售额（万元）, Sales ($000), in thousands of USD, 单位：千元."""

import re
from collections.abc import Iterator
from fractions import Fraction

from target_cascade.amount import fold_width
from target_cascade.currency import HAN_MONEY, LONG_MONEY, MONEY_IN_WORDS, SHORT_MONEY, currencies_of
from target_cascade.errors import AmountError
from target_cascade.pattern import Pattern
from target_cascade.unit_words import (
    ENDS,
    FOREIGN_SCALES,
    HAN_SCALE,
    PLURAL,
    SALES_WORDS,
    SINGULAR,
    is_harmless,
    unknown_in_title,
    unknown_scale,
    without_harmless,
)

_SCALES = {
    Fraction(1, 100): "分|cents?",
    Fraction(1, 10): "角",
    Fraction(
        10**3
    ): "千|仟|천|k|thousands?|'?000'?s?|tsd\\.?|thsd\\.?|ths\\.?|thd\\.?|thou\\.?|milliers|тыс\\.?",
    Fraction(10**4): "万|萬|만|w|wan|(?:10|ten) thousands?",
    Fraction(10**5): "十万|(?:100|hundred) thousands?|lakhs?|lacs?",
    Fraction(10**6): "百万|百萬|백만|m|mm|mn|mln\\.?|mio\\.?|mill?\\.|millions?|millionen|млн\\.?",
    Fraction(10**7): "千万|千萬|천만|kw|(?:10|ten) millions?|crores?",
    Fraction(10**8): "亿|億|억|(?:100|hundred) millions?",
    Fraction(10**9): "十亿|十億|십억|bn|billions?|mrd\\.?|mia\\.?|млрд\\.?",
    Fraction(10**12): "万亿|조|trillions?",
}
_YUAN = "元人民币|元|圆|块|人民币元|美元|欧元|英镑|港元|日元|韩元|円|원"
"""A currency that is the name of a unit as well: in ``（元）`` it says that amounts are in units."""
_MONEY = MONEY_IN_WORDS
_COUNTED = "件|台|个|只|吨|人次|人|单|笔|套|箱|瓶|支|units?|pcs|pieces"

_SCALE = "|".join(f"(?P<s{at}>{words})" for at, words in reversed(list(enumerate(_SCALES.values()))))
_BEFORE = rf"(?:(?:(?:{_MONEY})\s*|(?:{SHORT_MONEY})\s+)(?:in\s+)?)?"
_AFTER = rf"(?:\s*(?:of\s+)?(?:{_MONEY}|{_COUNTED})|\s+(?:{SHORT_MONEY}))?"
_UNIT = Pattern(
    rf"{_BEFORE}(?:{_SCALE}){_AFTER}|(?P<one>{_YUAN})|(?P<t>t)\s?(?:€|eur)|(?P<w>万)\s*(?:rmb)"
    rf"|(?P<number>10{{0,2}}(?:[ ,.]?000)+)\s*(?:{_MONEY})"
    rf"|x\s*(?P<times>10{{0,2}}(?:[ ,.]?000)+)(?:\s*(?:{_MONEY}))?"
)
"""A whole text that is a unit; ``T€`` is thousands of euro, while a ``t`` alone is none."""

_BRACKETS = Pattern(r"[(\[【〔<]([^()\[\]【】〔〕<>]*)[)\]】〕>]")
_PHRASE = Pattern(
    r"(?:单位|單位|単位|단위)\s*[:为是=]?\s*(?P<a>[^\s,;()\[\]【】〔〕、。:]+)|\bunits?\s*[:=]\s*(?P<b>[^,;()\[\]]+)"
)
_IN = Pattern(r"\bin\s+(?P<unit>[^,;:()\[\]]+)")
_IN_WORDS = Pattern(
    rf"\bin\s+(?P<unit>(?:(?:10|100)\s+)?(?:{PLURAL}|{SINGULAR})\s+(?:of\s+)?(?:{_MONEY})"
    rf"|(?:(?:{_MONEY})\s+)?(?:{PLURAL})(?!\s+of\b))(?![\w'])"
)
"""``in millions``, and ``in million dollars``, wherever in a sentence they stand."""
_NUMBERED = Pattern(
    rf"(?:\bin|\bunits?\s*[:=]|单位\s*[:为是]?)\s*(?P<unit>10{{0,2}}(?:[ ,.]?000)+\s*(?:{_MONEY}))(?!\w)"
)
_APART = Pattern(rf"(?:^|[,:;|–-])\s*(?P<unit>(?:{PLURAL})\s+of\s+(?:{_MONEY}))\s*(?=$|[,;|–-])")
"""``Retail Sales, Millions of Dollars, Not Seasonally Adjusted``."""
_MIXED = Pattern(r"(?<![^\W_])Mm(?![^\W_])")
_SINGLE_LETTER = Pattern(r"[a-z]{1,2}")
_CODED = (
    rf"(?:k|m|mn|mm|mio\.?|bn|mrd\.?|tsd\.?|w)(?:{_MONEY})|(?:mn|mio\.?|mln\.?|bn|mrd\.?|tsd\.?)\s(?:{_MONEY})"
    rf"|(?:{_MONEY})\s?(?:k|m|mn|mm|mio\.?|mln\.?|bn|mrd\.?|tsd\.?)|t(?:eur|€)"
)
"""``kUSD``, ``Mio. €``, ``EUR m``, with the currency beside the scale."""
_SPACED = rf"[km]\s(?:{_MONEY})|(?:(?:{_MONEY})\s?)?[十百千万萬亿億]+\s?(?:{_MONEY})?"
"""What may be another word, of a shop K, and is a unit behind a word for sales."""
_FIRST = Pattern(
    rf"^(?P<unit>{_CODED})(?:[\s_]+(?:(?:net|gross|total|monthly)[\s_]+)?|(?=[\u4e00-\u9fff]))(?:{SALES_WORDS})"
)
_AS = Pattern(
    rf"[以按用]['\"“]?(?P<unit>(?:人民币)?[十百千万萬亿億]*(?:{_YUAN}|人民币)?)['\"”]?"
    r"(?:[为為作]+(?:计量|金额)?(?:单位|單位)|计|計|列示|列报|表示|填列|填报)"
)
"""``以万元为单位``, ``以下金额均以万元计``."""
_LAST = Pattern(
    rf"(?<![\d.])(?P<yuan>(?:[十百千万십백천])?[千百万亿萬億천백만억](?:{_YUAN}|{HAN_MONEY}))$"
    rf"|(?:^|[\s_/|]|(?<=[\u4e00-\u9fff]))(?P<coded>{_CODED})$|(?:{SALES_WORDS})[\s_/]+(?P<spaced>{_SPACED})$"
    rf"|[/_|]\s*(?P<slash>[^/_|\s]+)$|[,:;|–-]\s*(?P<part>[^,:;|–\s\d][^,:;|–]*)$"
    rf"|(?:^|\s)(?P<word>(?:{_MONEY})\s?'?000'?s?|'000'?s?|000s|(?:us|hk|nt|a|c|s)?[$€£¥](?:k|mm|mn?|bn)"
    r"|(?:k|mn?|mio\.?\s?|bn|t)[$€£¥]|[kt]eur)$"
)
_HINT = Pattern(
    r"(?<![\w\u4e00-\u9fff])单位\s*[:=]\s*(?:[\d.,]*[十百千万亿]+[元圆]|\d)[^\s,;()]*"
    r"|[以按][十百千万萬亿億]+[^,;。]{0,6}(?:[为為]单位|计(?!划))"
    rf"|\bunits?\s*[:=][^;()\[\]]*?\b(?:{PLURAL}|{SINGULAR}|hundreds?|\d)[^;()\[\]]*"
    rf"|\bin\s+(?:\S+\s+)?(?:hundreds|{PLURAL})\b"
    rf"|(?<!\d)(?<!\d\s)\b(?:hundreds|{PLURAL})\s+of\s+(?:{_MONEY})"
    rf"|(?<!\d)(?<!\d\s)(?:{FOREIGN_SCALES})"
)
"""What can hardly be anything but a unit, whether or not it is understood."""
_MONEY_IN_NAME = Pattern(
    rf"(?<![a-z])(?:[kmwt]|mn|mm|mio|bn)?(?P<long>(?![元圆圓块])(?:{LONG_MONEY})){ENDS}"
    rf"|(?:(?<=[额入收款水绩售十百千万亿仟佰])|(?<![\u4e00-\u9fff]))(?P<han>[元圆圓块]){ENDS}"
)
"""A currency in a name or a unit; 元 of 单元 and 欧元 of 欧元区 are none."""
_SCALE_WORD = Pattern(rf"{HAN_SCALE}|单位|(?<![a-z])(?:[kmw]|mn|bn|millions?|thousands?|'?000'?s?)(?![a-z])")
_LONGEST = 1_000


def unit_of(text: str) -> tuple[Fraction, str] | None:
    """The unit that a header or a title names, in units of currency, and as it is written.

    ``销售额（万元）`` has (10000, ``万元``), ``Sales ($000)`` (1000, ``$000``), ``(分)`` (1/100, ``分``);
    None where none is named. A letter in a word, or a shop called 万达, is none. Raises `AmountError`
    where two different units are named.
    """
    if len(text) > _LONGEST:
        return None
    found = list(_named(text))
    if len({scale for scale, _ in found}) > 1:
        names = " and ".join(f"`{name}`" for name in dict.fromkeys(name for _, name in found))
        shown = text if len(text) <= 80 else f"{text[:80]}…"
        raise AmountError(f"`{shown}` names two units, {names}; keep one")
    return found[0] if found else None


def parse_unit(text: str) -> Fraction:
    """What a unit that stands alone is worth: ``万`` or ``万元`` is 10,000, ``元`` is 1, ``分`` a hundredth;
    the same that it is worth in the brackets of a header.

    Raises `AmountError`.
    """
    worth = _scale(_folded(text).strip()) if len(text) <= _LONGEST else None
    if worth is None:
        shown = text if len(text) <= 40 else f"{text[:40]}…"
        quoted = f"`{shown}`" if text.strip() else "an empty text"
        raise AmountError(f"{quoted} is no unit of amounts; write one of 元 千 万 百万 亿 角 分, k M bn")
    return worth


def unclear_unit(text: str) -> str:
    """What in a title plainly says a unit that `unit_of` does not understand; empty where nothing does."""
    if len(text) > _LONGEST or unit_of(text) is not None:
        return ""
    folded = _folded(text)
    match = _HINT.search(folded)
    span = match.span() if match else unknown_in_title(folded)
    return text[slice(*span)].strip(" ([【") if span else ""


def unclear_in_name(name: str) -> str:
    """What in the name of a column may be a unit that `unit_of` does not understand; empty where nothing is.

    In brackets that is all but what is known to be none: ``Sales (net)`` says no unit, ``Sales (x)`` may.
    """
    folded = _folded(name[:_LONGEST])
    for match in _BRACKETS.finditer(folded):
        if unit_of(name[match.start() : match.end()]) is None and not is_harmless(match[1]):
            return name[match.start(1) : match.end(1)].strip()
    outside = _BRACKETS.sub(lambda match: " " * len(match[0]), folded).rstrip()
    span = unknown_scale(outside) if unit_of(name) is None else None
    return name[slice(*span)].strip() if span else ""


def is_unit_or_harmless(text: str) -> bool:
    """Whether the cell of a unit says one that is known, or surely none: ``万元``, ``CNY``; not ``箱``."""
    folded = _folded(text[:_LONGEST]).strip("() ")
    return _scale(folded) is not None or (is_harmless(folded) and not re.fullmatch(_COUNTED, folded))


def money_in(text: str) -> str:
    """The currency that a text in small letters names, empty where it names none; one of two letters only
    where it stands alone."""
    if currencies_of(text.strip()):
        return text.strip()
    match = _MONEY_IN_NAME.search(text)
    return (match["long"] or match["han"]) if match else ""


def is_money_alone(text: str) -> bool:
    """Whether a text in small letters says nothing but a unit and a currency: no ``1 usd = 6.8 cny``."""
    return is_harmless(_SCALE_WORD.sub(" ", text))


def _named(text: str) -> Iterator[tuple[Fraction, str]]:
    folded = _folded(text)
    for begins, ends in _parts(folded):
        part = folded[begins:ends]
        stripped = part.strip().rstrip("。")
        bare = without_harmless(stripped) if begins else stripped
        for written in (stripped, bare if not _SINGLE_LETTER.fullmatch(bare) else ""):
            if (scale := _scale(written)) is not None:
                at = part.find(written)
                yield scale, text[begins + at :][: len(written)] if at >= 0 else text[begins:ends]
                break


def _folded(text: str) -> str:
    """Of the same length, so that what is found in it stands at the same place in `text`. ``Mm``, which may
    be millions or thousands of thousands, is left as it is, and so is no unit."""
    folded = "".join(
        "'" if char in "’‘`´" else small if len(small := fold_width(char).lower()) == 1 else char
        for char in text
    ).replace("\xa0", " ")
    for match in _MIXED.finditer(text) if "Mm" in text else ():
        folded = f"{folded[: match.start()]}Mm{folded[match.end() :]}"
    return folded


def _parts(folded: str) -> Iterator[tuple[int, int]]:
    """Where a unit may stand: the whole text, what is in brackets, what follows 单位 or ``in``, and the
    last word where it can be nothing else."""
    yield 0, len(folded) if not _SINGLE_LETTER.fullmatch(folded.strip()) else 0
    for match in _BRACKETS.finditer(folded):
        yield match.span(1)
    for match in _PHRASE.finditer(folded):
        yield match.span(match.lastgroup or 0)
    for pattern in (_IN, _IN_WORDS, _NUMBERED, _APART, _AS, _FIRST):
        for match in pattern.finditer(folded):
            yield match.span("unit")
    outside = _BRACKETS.sub(lambda match: " " * len(match[0]), folded).rstrip()
    last = _LAST.search(outside)
    if last and not _SINGLE_LETTER.fullmatch(last[0].strip(" ,:;|–/_-")):
        yield last.span(last.lastgroup or 0)


def _scale(text: str) -> Fraction | None:
    match = _UNIT.fullmatch(text.strip())
    if match is None:
        return None
    if number := match["number"] or match["times"]:
        return Fraction(re.sub(r"\D", "", number))
    if match["t"]:
        return Fraction(1000)
    if match["w"]:
        return Fraction(10_000)
    if match["one"]:
        return Fraction(1)
    return next(scale for at, scale in enumerate(_SCALES) if match[f"s{at}"])
