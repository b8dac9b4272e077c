"""The currencies that amounts are written with: ¥, 元, US$, EUR, kr; which of them may be the same."""

import re
from functools import lru_cache

_WORDS = {
    "CNY": "元 圆 圓 块 元人民币 人民币元 人民币 rmb cny cny¥ cn¥ rmb¥ yuan",
    "USD": "美元 美金 usd us$ usd$",
    "TWD": "新台币 新臺幣 台币 twd nt$ ntd",
    "HKD": "港币 港元 hkd hk$",
    "EUR": "欧元 eur euro euros €",
    "GBP": "英镑 gbp £ pounds",
    "JPY": "日元 日圆 円 jpy jp¥ yen",
    "KRW": "韩元 韩币 원 krw ₩",
    "AUD": "aud a$ au$",
    "CAD": "cad c$ ca$",
    "NZD": "nzd nz$",
    "SGD": "sgd s$",
    "MXN": "mxn mx$",
    "BRL": "brl r$ reais",
    "INR": "inr ₹ rs rs. rupees",
    "CHF": "chf",
    "SEK": "sek",
    "NOK": "nok",
    "DKK": "dkk",
    "PLN": "pln zł",
    "CZK": "czk kč",
    "TRY": "tl ₺",
    "RUB": "rub ₽ руб руб. р.",
    "UAH": "uah ₴",
    "VND": "vnd ₫ đồng",
    "THB": "thb ฿ baht บาท",
    "IDR": "idr rp rp.",
    "MYR": "myr rm",
    "PHP": "php ₱",
    "ILS": "ils ₪",
}
_SHARED = {
    "$": "USD AUD CAD NZD SGD MXN",
    "dollars": "USD AUD CAD NZD SGD HKD TWD",
    "¥": "CNY JPY",
    "kr": "SEK NOK DKK",
    "kr.": "SEK NOK DKK",
    "pesos": "MXN PHP",
}
"""Signs that several currencies have. ``$`` beside HK$ or NT$ is taken for another one."""

_CODES = {word: frozenset([code]) for code, words in _WORDS.items() for word in words.split()} | {
    word: frozenset(codes.split()) for word, codes in _SHARED.items()
}
MONEY = "|".join(re.escape(word) for word in sorted(_CODES, key=len, reverse=True))
"""A pattern of what a currency may be called, in small letters and of half width."""

_SHORT = {word for word in _CODES if re.fullmatch(r"[a-z]{2}\.?", word)}
_DOLLARS = r"(?:(?:current|constant|chained|australian|canadian|us|u\.s\.)\s+)+dollars?"
_LONG = "|".join(re.escape(word) for word in sorted(_CODES.keys() - _SHORT, key=len, reverse=True))
SHORT_MONEY = "|".join(map(re.escape, sorted(_SHORT, reverse=True)))
MONEY_IN_WORDS = rf"{_DOLLARS}|{_LONG}|dollar"
"""The same with the dollars of statistics; without those of two letters, which beside a letter may be
another word: ``MRP`` is no million rupiah."""


@lru_cache(maxsize=256)
def currencies_of(word: str) -> frozenset[str]:
    """The ISO codes of the currencies that `word` may mean, in small letters; none where it is no name of
    any."""
    return _CODES.get(word, frozenset())
