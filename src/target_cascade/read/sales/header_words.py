"""What the names of columns say: which are periods, which are sales, which only look like them."""

import re
from functools import lru_cache
from typing import Literal

from target_cascade.amount import fold_width
from target_cascade.calendar import FIRST_YEAR, LAST_YEAR
from target_cascade.pattern import Pattern
from target_cascade.read.sales.name_words import is_harmless, is_of_no_sales
from target_cascade.read.sales.plain_names import kinds_of

Meaning = Literal["sales", "perhaps", "other", "unknown"]
"""What a column may have: ``perhaps`` sales, where a word for them stands beside one that is not known."""

_PERIOD = Pattern(
    r"月份?|年月|月度|日期|时间|期间|统计(?:日期|时间|月份|期|周期)?|(?:会计|财务)?(?:期间|周期|月份)|账期|周|期"
    r"|.*(?:日期|时间|月份|年月)"
    r"|months?|dates?|days?|periods?|time|time[ _]period|ref[ _]date|observation[ _]date|(?:year[ -_/]?)month"
    r"|.*[ _-](?:date|month|period|day)|(?:date|month|week)[ _-].*|weeks?"
    r"|monat|datum|mois|fecha|mes|yyyymm|ym"
)
_YEAR = Pattern(
    r"年份?|年度|统计年份?|财年|(?:财务|会计|财政)年度|year|yr|(?:fiscal|financial)[ _]year|fy|jahr"
)
_FISCAL = Pattern(r"财年|(?:财务|会计|财政)年度|(?:fiscal|financial)[ _]year|fy")
_HOUR = Pattern(r"小时|时段|时点|时|hours?|hr")
_WEEK = Pattern(
    r"周|周次|周数|第?几?周|星期数|weeks?|(?:week|wk|kw)[ _.]?(?:no|num|number)?\.?|kalenderwoche"
)
_DAY = Pattern(r"日|号|天|day|dom|day of month|tag")
_MONTH = Pattern(r"月份?|month|mon|mth|monat|month[ _](?:no|num|number)\.?")

# What is no amount of sales, whatever else stands in the name: 目标销售额, 销售额占比.
_OTHER = Pattern(
    r"数量|件数|单数|人数|次数|笔数|户数|天数|[^总]数$|^数$|数\b|销量|(?:销售|成交|订单|出货)量|客单|件单|单价|均价|价格|访客|浏览|流量|点击|曝光|收藏|加购"
    r"|率|退款|退货|退单|成本|费用|运费|佣金|手续费|花费|利润|毛利|净利|目标|预算|计划|预计|预测|指标|任务|考核"
    r"|同比|环比|占比|比重|比例|增长|增幅|增速|增减|差异|差额|排名|序号|编号|编码|累计|累积"
    r"|提成|销售退回|营业税|成交订单$|未成交|询盘|坪效|打款"
    r"|去年|上年|往年|前年|同期|上期|上月|平均|均值|日均|月均|人均|税额|税金|折扣|优惠|返利|库存|缺口|权重|系数|指数"
    r"|^年份?$|^年度$|^季度?$|^周$|^周次$|^星期$|^第?几周$|电话(?:号码?)?$|手机(?:号码?)?$|邮编"
    r"|\b(?:uv|pv|qty|quantity|units?|orders|order (?:count|qty|number|no"
    r"|id)|count|number of|no|nr|visitors?|visits?"
    r"|sessions?|views?|clicks?|impressions?|customers?|buyers?|traffic"
    r"|conversion|cvr|ctr|rate|price|costs?|cogs|expenses?|fees?|commission"
    r"|freight|shipping|profit|margin|earnings|ebit"
    r"|refunds?|returns?|target|goal|quota|budget|plan|planned|forecast"
    r"|projected|expected|growth|change|variance|diff"
    r"|share|yoy|mom|cumulative|cum|ytd|mtd|qtd|running|prior|previous"
    r"|last year|ly|avg|average|mean|median|aov|asp"
    r"|rank|index|id|code|tax|vat|discounts?|inventory|stock|weights?|year"
    r"|quarter|qtr|week|weekday|percent|pct|ratio"
    r"|cnt|sales (?:people|persons|bonus(?:es)?|rebates?|opportunit(?:y|ies))|(?:pre|after)[ -]?sales"
    r"|menge|kosten|gewinn|ziel|anzahl|vorjahr)\b|%"
    r"|(?<!\d)(?:19|20)\d\d ?[efbp](?![\w&-])"
)
_OTHER_IN_BRACKETS = Pattern(
    r"目标|预算|计划|预计|预测|累计|去年|上年|同期|同比|环比|占比|平均|数量|^件$|^单$|^笔$|^人$|^次$"
    r"|budget|plan|forecast|target|\bunits?\b|\bqty\b|\bpcs\b|ytd|cumul"
    r"|growth|yoy|average|prior|last year|orders"
    r"|^[efbp]$|(?<!\d)(?:19|20)\d\d ?[efbp]$"
)
# These words are about tax in an amount of sales, not about an amount of tax.
_WITH_TAX = Pattern(
    r"\(?(?:不?含税|税前|税后|未税|无税)\)?|\(?\b(?:incl?\.?|excl?\.?|including|excluding"
    r"|with|without|before|after|net of)"
    r" (?:tax|vat|discounts?|shipping|returns)\b\)?"
)
_LESS_REFUNDS = Pattern(
    r"\(?(?:不含|不包括|不计|已扣除?|扣除|剔除|减去)(?:退款|退货)(?![金额款率数量件单])后?\)?"
    r"|\(?\b(?:excl?\.?|excluding|without|after|net of|less) (?:returns and )?refunds?(?! \w)\)?"
)
"""So much is taken off: what is left is sales, where a word for sales stands beside it."""
_WHOLE_PRICE = Pattern(r"(?:order |line )?total price")
"""Sales where nothing else is; a price alone is that of one piece."""
_SALES = Pattern(
    r"销售(?:总|净)?额|销售金额|销售收入|^销售$|成交(?:总|净)?额|成交金额|(?:支付|付款|实付|实收|到账|订单|交易|下单|收款)(?:总|净)?(?:金?额|款)"
    r"|价税合计|营业(?:总|净)?额|营业(?:总)?收入|营收|收入|金额|实收|流水|业绩|交易额|零售额|"
    r"\bgmv\b|\bamounts?\b|\bsales\b|\brevenues?\b|\bturnover\b|\btakings\b|\breceipts\b|\bproceeds\b"
    r"|\bvalues?\b|\bobs_value\b|umsatz|erl[öo]se?|chiffre d.affaires"
    r"|\bventes\b|\bventas\b|\bfatturato\b|売上高?"
)
# Columns of statistics that say of what size the values are.
_MULTIPLIER = Pattern(
    r"unit_mult(?:iplier)?|unit_measure|multiplier|scale|倍数|scalar_factor|(?:计量|金额|货币|币种)?单位"
    r"|units? of measure|unit|uom"
)
_SHARE = Pattern(
    r"占比|比重|比例|份额|权重|系数|指数|季节|\b(?:share|weights?|index|season\w*|shape|percent|pct)\b|%"
)
_NO_SHAPE = Pattern(
    r"同比|环比|增长|增幅|累计|\b(?:yoy|mom|growth|cumulative|cum|ytd|change|rank|id|no)\b|序号|排名"
)

_YEAR_IN_TEXT = Pattern(r"(?<![a-z\d.,])([a-z]*)(\d{4})(?![\d,]|\.\d)", re.ASCII)
_TWO_YEARS = Pattern(r"(?<!\d)(\d{4}) ?[/–-] ?(\d{2})(?![\d/.年-])", re.ASCII)
_BEFORE_YEAR = Pattern(r"|[fc]?y|[a-z]{3,}")
"""Letters that a year may stand behind: ``FY2011``, ``sales2011``; ``c2011`` is the name of something."""
_DATE_IN_TEXT = Pattern(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?", re.ASCII)
_MADE_ON = Pattern(
    r"导出|制表|打印|生成|下载|更新|填报|填表|报送|编制|截至|截止|版权"
    r"|export|print|creat|generat|updat|download|as of"
    r"|prepared|published|released|copyright|©|run date"
)
_THIS_YEAR = Pattern(r"今年|本年|当年|本期|this year|current year|\bcy\b|\bty\b")


_DIGITS = frozenset("0123456789")
_LONGEST = 200
"""Characters of a name that are looked at; with more, it is a note."""


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name as names are compared: width and case folded, spaces and ``_`` alike."""
    text = " ".join(fold_width(name[:_LONGEST]).lower().replace("_", " ").split())
    return text.replace(" ", "") if not text.isascii() and re.search(r"[一-鿿] [一-鿿]", text) else text


def without_unit(name: str) -> str:
    """A folded name without what stands in brackets: ``销售额(万元)`` is ``销售额``."""
    if kinds_of(folded(name)):
        return folded(name)
    bare = re.sub(r"[(\[【《].*?[)\]】》]", "", folded(name)).strip()
    return bare or folded(name)


@lru_cache(maxsize=4096)
def meaning_of(name: str) -> Meaning:
    """Whether a column of this name may have sales. What is none of them wins: 目标销售额."""
    if (known := kinds_of(folded(name))) or not folded(name).strip("0123456789-./: "):
        return "sales" if "sales" in known else "unknown"
    text = _LESS_REFUNDS.sub("", folded(name)).strip() or folded(name)
    text = _WITH_TAX.sub("", text)
    bare = re.sub(r"[(\[【].*?[)\]】]", "", text).strip() or text
    of_other = _OTHER.search(text.replace("%)", "%") if "%" in text else bare) or _OTHER.search(bare)
    if of_other and not _WHOLE_PRICE.fullmatch(bare):
        return "other"
    if any(_OTHER_IN_BRACKETS.search(inner) for inner in re.findall(r"[(\[【](.*?)[)\]】]", text)):
        return "other"
    if not _SALES.search(bare):
        return "unknown"
    if is_of_no_sales(bare, re.findall(r"[(\[【](.*?)[)\]】]", text)):
        return "other"
    return "sales" if is_harmless(_SALES.sub(" ", bare)) else "perhaps"


def _names(kind: str, pattern: Pattern, name: str) -> bool:
    known = kinds_of(name)
    return kind in known if known else pattern.fullmatch(name) is not None


def names_period(name: str) -> bool:
    """Whether a column of this name has months or days."""
    return _names("period", _PERIOD, without_unit(name))


def names_year(name: str) -> bool:
    """Whether a column of this name has years."""
    return _names("year", _YEAR, without_unit(name))


def names_fiscal(name: str) -> bool:
    """Whether a column of this name has years that need not begin in January."""
    return _names("fiscal", _FISCAL, without_unit(name))


def names_hour(name: str) -> bool:
    """Whether a column of this name has the hours of a day."""
    return _names("hour", _HOUR, without_unit(name))


def names_month(name: str) -> bool:
    """Whether a column of this name has months, beside one of years."""
    return _names("month", _MONTH, without_unit(name))


def names_day(name: str) -> bool:
    """Whether a column of this name has days of a month, beside one of months."""
    return _names("day", _DAY, without_unit(name))


def names_week(name: str) -> bool:
    """Whether a column of this name has the numbers of weeks."""
    return _names("week", _WEEK, without_unit(name))


def names_multiplier(name: str) -> bool:
    """Whether a column of this name says what the values of its row are in."""
    return _names("multiplier", _MULTIPLIER, fold_width(name).strip().lower())


def names_share(name: str) -> bool:
    """Whether a column of this name has the shape of a year."""
    return _SHARE.search(folded(name)) is not None and not names_no_shape(name)


def names_no_shape(name: str) -> bool:
    """Whether a column of this name can be no shape of a year."""
    return _NO_SHAPE.search(folded(name)) is not None


def names_this_year(name: str) -> bool:
    """Whether a name means the year that the file was made in, whichever that is."""
    return _THIS_YEAR.search(folded(name)) is not None


def made_on(text: str) -> tuple[int, int] | None:
    """The year and the month in which a title says that the file was made: the last that it names."""
    plain = fold_width(text).lower()
    if _DIGITS.isdisjoint(plain):
        return None
    dates = _DATE_IN_TEXT.findall(plain) if _MADE_ON.search(plain) else []
    numbers = [re.findall(r"\d+", found, re.ASCII) for found in dates]
    return max(((int(year), int(month)) for year, month, _ in numbers), default=None)


def years_of(name: str) -> set[int]:
    """The years that the name of a column of amounts is about; of ``2010/11``, which lies in two, both."""
    if _DIGITS.isdisjoint(fold_width(name)):
        return set()
    found = _TWO_YEARS.search(fold_width(name))
    is_split = found is not None and (int(found[1]) + 1) % 100 == int(found[2])
    return {int(found[1]), int(found[1]) + 1} if found is not None and is_split else years_in(name)


def years_in(text: str) -> set[int]:
    """The years that a title or a name is about; not the day on which the file was made."""
    plain = fold_width(text).lower()
    if _DIGITS.isdisjoint(plain) or _MADE_ON.search(plain):
        return set()
    found = _YEAR_IN_TEXT.findall(plain)
    numbers = {int(number) for before, number in found if _BEFORE_YEAR.fullmatch(before)}
    numbers |= {int(day[:4]) for day in _DATE_IN_TEXT.findall(plain)}
    return {number for number in numbers if FIRST_YEAR - 1 <= number <= LAST_YEAR + 1}
