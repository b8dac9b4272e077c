"""The currencies that amounts are written with: ¥, 元, US$, EUR, kr; which of them may be the same."""

import re
from functools import lru_cache

_WORDS = {
    "CNY": "元 圆 圓 块 元人民币 人民币元 人民币 rmb cny cny¥ cn¥ rmb¥ yuan",
    "USD": "美元 美金 usd us$ usd$",
    "TWD": "新台币 新臺幣 新台幣 台币 臺幣 台幣 twd nt$ ntd",
    "HKD": "港币 港幣 港元 hkd hk$",
    "EUR": "欧元 eur euro euros €",
    "GBP": "英镑 gbp pounds",
    "JPY": "日元 日圆 円 jpy jp¥ yen",
    "KRW": "韩元 韩币 원 krw ₩",
    "AUD": "澳元 澳币 aud a$ au$",
    "CAD": "加元 加币 cad c$ ca$",
    "NZD": "纽元 新西兰元 nzd nz$",
    "SGD": "新元 新币 新加坡元 sgd s$",
    "MXN": "mxn mx$",
    "BRL": "brl r$ reais",
    "MOP": "澳门元 澳门币 葡币 mop$",
    "INR": "印度卢比 inr ₹",
    "CHF": "瑞士法郎 瑞郎 chf",
    "SEK": "sek",
    "NOK": "nok",
    "DKK": "dkk",
    "PLN": "pln zł",
    "CZK": "czk kč",
    "TRY": "里拉 tl ₺",
    "RUB": "卢布 rub ₽ руб руб. р.",
    "UAH": "uah ₴",
    "VND": "越南盾 vnd ₫ đồng",
    "THB": "泰铢 thb ฿ baht บาท",
    "IDR": "印尼盾 idr rp rp.",
    "MYR": "林吉特 马币 令吉 myr rm",
    "PHP": "php ₱",
    "ILS": "ils ₪",
}
_SHARED = {
    "$": "USD AUD CAD NZD SGD MXN ARS CLP COP",
    "dollars": "USD AUD CAD NZD SGD HKD TWD",
    "dollar": "USD AUD CAD NZD SGD HKD TWD",
    "¥": "CNY JPY",
    "£": "GBP EGP",
    "kr": "SEK NOK DKK ISK",
    "kr.": "SEK NOK DKK ISK",
    "克朗": "SEK NOK DKK ISK CZK",
    "pesos": "MXN PHP ARS CLP COP",
    "比索": "MXN PHP ARS CLP COP",
    "rs": "INR PKR LKR NPR MUR",
    "rs.": "INR PKR LKR NPR MUR",
    "rupees": "INR PKR LKR NPR MUR",
    "卢比": "INR PKR LKR NPR MUR",
}
"""Signs that several currencies have. ``$`` beside HK$ or NT$ is taken for another one."""

_ALSO = {
    "元": "TWD HKD MOP SGD",
    "圆": "TWD HKD MOP SGD",
    "$": "HKD TWD MOP BND BBD JMD TTD FJD UYU",
    "dollars": "MOP BND BBD JMD TTD FJD",
    "dollar": "MOP BND BBD JMD TTD FJD",
}
"""What else a sign is used for in an office where no other one is beside it."""

_CODES = {word: frozenset([code]) for code, words in _WORDS.items() for word in words.split()} | {
    word: frozenset(codes.split()) for word, codes in _SHARED.items()
}
MONEY = "|".join(re.escape(word) for word in sorted(_CODES, key=len, reverse=True))
"""A pattern of what a currency may be called, in small letters and of half width."""

_SHORT = {word for word in _CODES if re.fullmatch(r"[a-z]{2}\.?", word)}
_DOLLARS = r"(?:(?:current|constant|chained|australian|canadian|us|u\.s\.)\s+)+dollars?"
LONG_MONEY = "|".join(re.escape(word) for word in sorted(_CODES.keys() - _SHORT, key=len, reverse=True))
SHORT_MONEY = "|".join(map(re.escape, sorted(_SHORT, reverse=True)))
HAN_MONEY = "|".join(re.escape(word) for word in _CODES if re.fullmatch(r"[\u4e00-\u9fff]+", word))
"""The currencies with Chinese names."""
MONEY_IN_WORDS = rf"{_DOLLARS}|{LONG_MONEY}"
"""The same with the dollars of statistics; without those of two letters, which beside a letter may be
another word: ``MRP`` is no million rupiah."""


@lru_cache(maxsize=256)
def currencies_of(word: str) -> frozenset[str]:
    """The ISO codes of the currencies that `word` may mean, in small letters; none where it is no name of
    any."""
    return _CODES.get(word, frozenset())


@lru_cache(maxsize=256)
def may_mean(word: str) -> frozenset[str]:
    """The same with all that `word` is used for by those who have no other currency beside it: ``$`` is
    also that of Hong Kong."""
    return currencies_of(word) | frozenset(_ALSO.get(word, "").split())
