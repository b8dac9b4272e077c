"""Words beside a unit: those that say nothing about it, and those that are likely one not known here."""

from target_cascade.currency import MONEY_IN_WORDS, SHORT_MONEY
from target_cascade.pattern import Pattern

PLURAL = r"thousands|millions|billions|trillions|lakhs|crores|'?000'?s?"
SINGULAR = r"thousand|million|billion|trillion"

SALES_WORDS = (
    r"sales|revenues?|turnover|gmv|amounts?|values?|receipts|takings|proceeds|income|umsatz|ventes|ventas"
    r"|销售|[金营总净销成交易业售]额|金额|收入|营收|[货实付]款|实收|流水|业绩"
)
"""What amounts are called, in small letters."""

_TAX_CN = "不?含税|含增值税|[税][前后]|[未无去价][税]"
_TIME_CN = "[每/]?月(?:度)?|[每/]年(?:度)?"
_TAX = (
    r"net|gross|incl?\.?|including|excl?\.?|excluding|ex|with|without|before|after|plus|of|vat|tax(?:es)?|gst|hst|pst"
    r"|mwst\.?|ust\.?|ttc|ht|iva|btw|moms|brutto|netto|inkl\.?|exkl\.?"
)
_TIME = r"(?:per|a|/)\s*(?:month|mo|mth|year|yr|annum)|monthly|yearly|annual(?:ly)?|p\.?\s?[ma]\.?"
_KINDS = (
    r"in|the|and|or|for|by|to|from|as|total|all|sum|overall|actuals?|act|real|final|revised|prelim(?:inary)?|provisional"
    r"|n?sa|not|adj(?:usted)?|unadjusted|seasonally|current|constant|nominal|prices?|online|offline|stores?|shops?|web"
    r"|retail|wholesale|domestic|exports?|b2b|b2c|pos|refunds?|returns?|discounts?|shipping|freight|sales|revenue|amounts?"
    r"|values?|turnover|gmv|company|group|region|channel|product|category|paid|received|invoiced|booked|completed|orders"
    r"|currency|local|utc|north|south|east|west|all-?in|(?:19|20)\d\d|fy|cy|q[1-4]|h[12]|jan|feb|mar|apr|may|june?|july?"
    r"|aug|sep|oct|nov|dec|january|february|march|april|august|september|october|november|december|new|old|own|main"
    r"|ist|gesamt|summe|ohne|mit|cash|cards?|channels|(?:un)?audited|gaap|ifrs|see|notes?|[acdr]"
)
_TAX_OR_TIME = Pattern(rf"{_TAX_CN}|{_TIME_CN}|(?<![^\W_])(?:{_TAX}|{_TIME})(?![^\W_])")
_KIND = Pattern(
    rf"(?<![^\W_])(?:{_KINDS})(?![^\W_])|\d{{1,2}}(?=[月日号季期周~至-])|(?:19|20)\d\d(?=年)|^\s*\d\s*$"
)
_MONEY = Pattern(rf"(?<![a-z])(?:{MONEY_IN_WORDS}|{SHORT_MONEY})(?![a-z])")
_SIGNS = " ,;:/|、·+&*-–—_.~'%()[]"
_SCALES_CN = frozenset("十百千万萬亿億兆仟佰拾分角厘毛個")
_HAN = Pattern(r"[\u4e00-\u9fff]+")

FOREIGN_SCALES = (
    r"[十百千万萬亿億兆]+\s*[円圓]|[십백천만억조]+\s*원|(?:тыс|млн|млрд)\b\.?|тысяч\w*|миллион\w*"
    r"|\b(?:milliers|milliards|millones|miles de|milh[õo]es|milioni|migliaia|millionen|tausend|tys\.?"
    r"|mln|mld|mlrd|tusen|tusind|miljoner|miljoen|duizend|milyon|milyar|ribu|juta|nghìn|ngàn|triệu"
    r"|r\$ mil)(?!\w)"
    r"|พัน|หมื่น|แสน|ล้าน"
)
"""Scales of other languages that are hardly another word of English, in small letters."""

HAN_SCALE = "[十百千万萬亿億仟佰]+"
_CODE = (
    r"k|mm?|Mm|mn|mill?\.?|mio\.?|mln\.?|w|kw|wan|bn|mrd\.?|tsd\.?|thd\.?|thsd\.?|ths\.?|thous\.?|thou\.?|th\.?"
    r"|tn|t|cr\.?|lacs?|lakhs?|crores?"
)
_TENS = r"(?:x\s?)?10{0,3}\s?[kmw]"
ENDS = rf"(?![a-z\d-])(?:(?![\u4e00-\u9fff])|(?={SALES_WORDS}))"
"""The end of a unit: neither a word of Latin nor one of Chinese goes on, but one for sales may follow."""
_BESIDE_MONEY = (
    rf"(?<![a-z\d.,])(?<!\d\s)(?:{_TENS}|{_CODE}|{HAN_SCALE})[\s_/-]?(?:{MONEY_IN_WORDS}){ENDS}"
    rf"|(?<![a-z])(?:{MONEY_IN_WORDS})[\s_/-]?(?:in\s)?(?:{_TENS}|{_CODE}|{HAN_SCALE}){ENDS}"
    r"|(?<![a-z])rs\.?\s?(?:in\s)?(?:crs?|lacs?|lakhs?)(?![a-z])"
    rf"|(?<![\u4e00-\u9fff])(?:金额|计量|货币|数据)?(?:单位|單位)\s*[:=]?\s*{HAN_SCALE}[\u4e00-\u9fff]{{0,3}}[币幣盾铢镑布比索朗郎特拉](?![\u4e00-\u9fff])"
)
"""A scale beside a currency, which is a unit whatever else stands in the text: ``10K RMB``, ``HKD mil``."""
_BEHIND_SALES = rf"(?<=[额入收款水绩售])[\s_/-]*(?:[分角厘毫]|{_TENS}|(?:k|m|mn|w|bn))$"
_BEFORE_SALES = (
    rf"^(?:k|mm?|mn|mio\.?|mln\.?|bn|w|kw|t|th\.?)"
    rf"(?:[\s_]+(?:(?:net|gross|total|monthly)[\s_]+)?|(?=[\u4e00-\u9fff]))(?:{SALES_WORDS})"
    rf"|(?<![\u4e00-\u9fff]){HAN_SCALE}(?=[\s_]*(?:{SALES_WORDS}))"
)
_POWERS = r"10{0,2}(?:[ ,.]?000)+"

_IN_NAME = Pattern(
    rf"{FOREIGN_SCALES}|{HAN_SCALE}[元圆圓](?![\u4e00-\u9fff])|[\u4e00-\u9fffa-z]\s?[十百千万萬亿億]+$"
    rf"|(?<![a-z\d])(?:{PLURAL}|{SINGULAR}|hundreds?|lakh|lacs?|crore|mil|mill|miles|mila|mille|bin|thd|thou|tsd|tkr|mkr"
    r"|thous|thsd|mio|mln|mrd|cents?|pence|micros?|(?<=amount[\s_])minor)(?![a-z])"
    rf"|(?<![^\W_])(?<![.,])(?:x\s*)?{_POWERS}(?![\d.,])|(?<![a-z\d])[x×*]\s?{_POWERS}(?![\d.,])"
    r"|(?<=[\s_])\d+\s*[kmw](?!\w)|(?<![a-z\d.,])10{0,3}\s?[kmw](?![a-z\d])"
    r"|(?<![a-z\d.])(?:10\s?(?:\^|\*\*)\s?\d|1e\d)(?![a-z\d])"
    r"|(?:(?<=[\s_/|,:-])|(?<=[\u4e00-\u9fff]))(?:k|m|mm|Mm|mn|mio|w|kw|wan|bn|cr)\.?$|(?<=[\s_/|,:-])(?:t|th|tn|p)\.?$"
    r"|(?<=gmv)(?:k|mn?|w|bn)$"
    rf"|(?:{SALES_WORDS})[\s_]+(?:k|mn|bn|mio|w)(?=[\s_,;:])|{_BEHIND_SALES}|{_BEFORE_SALES}"
    rf"|^(?:{MONEY_IN_WORDS})\s?(?:k|mm?|mn|mio\.?|bn)(?=[\s_]+[a-z])|{_BESIDE_MONEY}"
)
_IN_TITLE = Pattern(
    rf"{_BESIDE_MONEY}|{_BEHIND_SALES}|{_BEFORE_SALES}|\bin\s(?:t|th|cr|w|{_TENS})\.?$"
    rf"|(?:^|[(\[【])\s*(?:(?:{MONEY_IN_WORDS})\s?'?(?:0{{3,4}}|{_POWERS})'?s?|'?0{{3,4}}'?s?|{_TENS}|[x×*]\s?{_POWERS}"
    rf"|k|m|w|mn|bn)(?:\s?(?:omitted|{MONEY_IN_WORDS}))?\s*(?:$|[)\]】])"
)
"""The last of it are whole texts and brackets: ``RMB 10,000``, ``(000 omitted)``, ``K``."""
_MAY_BE_SCALE = Pattern(rf"[a-z分角厘毫×]|{HAN_SCALE}|000")


def without_harmless(text: str) -> str:
    """A folded text without the words about taxes and time that may stand beside a unit."""
    return _TAX_OR_TIME.sub(" ", text).strip(_SIGNS.replace("'", ""))


def is_harmless(text: str) -> bool:
    """Whether a folded text, of a bracket or a column of units, surely says nothing about a scale.

    The scales of Chinese are few and known, so that other words of it are harmless; of other languages
    only known words are.
    """
    left = text
    for words in (_KIND, _MONEY, _TAX_OR_TIME):
        left = words.sub(" ", left)
    left = "".join(char for char in left if char not in _SIGNS)
    return not left or (_HAN.fullmatch(left) is not None and not _SCALES_CN & set(left))


def unknown_scale(text: str) -> tuple[int, int] | None:
    """Where in a folded name, outside of brackets, something stands that is likely a scale."""
    match = _IN_NAME.search(text)
    return match.span() if match else None


def unknown_in_title(text: str) -> tuple[int, int] | None:
    """Where in a folded title or note something stands that is likely a scale; ``50万元`` is an amount."""
    # Most titles have nothing that could be one, and are told from others without the long pattern.
    match = _IN_TITLE.search(text) if _MAY_BE_SCALE.search(text) else None
    return match.span() if match else None
