"""The names that most columns have. What they mean is known without the patterns for all other names."""

_KINDS = {
    "period": "date dates months 日期 年月 时间 month 月份 day",
    "month": "month 月份",
    "day": "day",
    "sales": "amount amounts sales revenue turnover gmv"
    " 金额 销售额 销售金额 成交额 成交金额 营业额 营业收入 交易额",
}
_OF_NAME = {
    name: frozenset(kind for kind, names in _KINDS.items() if name in names.split())
    for name in " ".join(_KINDS.values()).split()
}


def kinds_of(name: str) -> frozenset[str]:
    """What a folded name says that is one of these: ``period``, ``month``, ``day``, ``sales``, and surely
    nothing else, of units least of all. Empty of any other name."""
    return _OF_NAME.get(name, frozenset())
