"""What a file says of its amounts beside their names: that they are a budget, a forecast, refunds."""

from collections.abc import Sequence

from target_cascade.errors import ChoiceError, InputError
from target_cascade.pattern import Pattern
from target_cascade.read.sales.choices import Choices
from target_cascade.read.sales.columns import Column
from target_cascade.read.sales.header_words import folded, meaning_of
from target_cascade.read.sales.layout import Frame
from target_cascade.read.sales.timeline import Timeline
from target_cascade.read.sales.totals import AmountRow
from target_cascade.read.tables.figure_text import is_figure
from target_cascade.read.tables.grid import Cell, Grid

_NOT_YET = Pattern(
    r"(?:预算|预测|预计|计划|目标|累计数?|滚动)(?!部|科|室|处|员|组|中心|编号|单号|店|客户|市场"
    r"|用户|人群|完成|达成|单列)"
    r"|任务(?!完成|达成|部|书|编号)|指标(?=分解|下达|任务)|竞品|竞争对手|竞店"
    r"|(?:(?<=\d)|(?<=\d年)|(?<=\d年度))(?:去年|上年)(?:同期)?"
    r"|(?<![a-z])kpis?(?=$|考核|目标|指标|分解|下达)|\bestimated (?:sales|revenues?|turnover|figures)\b"
    r"|\b(?:budget(?:ed)?|forecasts?|fcst|projections?|projected|plan|planned|targets?|quota|cumulative|ytd"
    r"|year[ -]to[ -]date|month[ -]to[ -]date|rolling 12|trailing)\b(?! ?:| (?:no|id|name|owner))"
)
_NOT_SOLD = Pattern(
    r"(?:采购|进货|退款|退货|支出|费用|成本|工资|库存|订货|应收|应付)(?!部|科|室|处|员|组|中心|编号|单号)"
    r"|\b(?:expenses|expenditures?|refunds?|returns|purchases|purchasing|costs|payroll|inventory)\b"
)
_BUT_SOLD = Pattern(
    r"实际|完成|达成|销售(?!预测|预算|计划|目标)|营业|收入|\b(?:actuals?|sales|revenue|turnover|vs)\b"
)
_REAL = Pattern(r"实际|完成|达成|对比|\b(?:actuals?|vs|versus|compared|and)\b")
_NEGATED = Pattern(
    r"[不无未没非除扣减含]|\b(?:excl\w*|incl\w*|net of|less|without|with|before|after|not|no|non"
    r"|minus|deduct\w*)\b"
)
_LONGEST = 80
"""Characters of a title; with more, it is a note in whole sentences."""

_KIND = Pattern(
    r".*(?:状态|类型|类别|性质|口径|版本|收支|方向|数据来源|备注|说明|摘要|注释)|标识|属性"
    r"|(?:.* )?(?:status|state|type|kind|scenario|version|basis|notes?|remarks?|comments?|flag|a/f)"
)
_ROW_SAYS = Pattern(
    r"(?:(?:为|系|是|销售|业绩|本月|当月|数据)*(?:预测|预计|计划|预算|目标|估算|估计|预估|暂估|支出"
    r"|(?:已|全额|已全额)?退[款货]|采购|费用|已?取消|已?作废|交易关闭|已?关闭)"
    r"(?:数据|数字|数|值|额|成功|完成|单|中)*)"
    r"|(?:去年|上年|往年)(?:同期)?(?:数据|数|值)?|测试(?:数据|订单|单)?|test(?: (?:data|orders?|only))?"
    r"|(?:.*[ ,;:(])?(?:forecast(?:ed|s)?|fcst|plan(?:ned)?|budget(?:ed)?|targets?|estimated?"
    r"|est\.?|projected|projection"
    r"|expenses?|refund(?:ed|s)?|returned|purchases?|cancell?ed|void(?:ed)?|f)\)?(?: (?:figures?"
    r"|data|value|only))?"
)

_LETTERS = frozenset({"", "a", "e", "(a)", "(e)", "act", "actual", "r", "p", "f"})
"""What stands in a column that tells actual amounts from estimates."""


class NotSalesError(ChoiceError):
    """A sheet that says of itself that its amounts are no sales."""


def check_sheet(grid: Grid, choices: Choices) -> None:
    """Raises `NotSalesError` where the name of the sheet says that its amounts are no sales."""
    said = _claim(grid.sheet)
    if not said or choices.sheet is not None or choices.column is not None:
        return
    at = next(cell for row in grid.rows for cell in row if cell.text)
    message = f"the sheet is called `{grid.sheet}`, which says `{said}` and not what was sold"
    hint = f"if its amounts are last year's sales, say `base: {{file: …, sheet: {grid.sheet}}}`"
    raise NotSalesError(at.mark.problem(f"{message}; {hint}"), key="sheet", choices=(grid.sheet,))


def check_titles(frame: Frame, column: Column, choices: Choices) -> None:
    """Raises `NotSalesError` where a title says that the amounts below are no sales.

    It does not where the column is given, or where another column is what the title means.
    """
    if choices.column is not None or not frame.titles or _REAL.search(folded(column.name)):
        return
    others = [folded(name) for name in frame.names if meaning_of(name) == "other"]
    for cell in frame.titles:
        said = _claim(cell.text)
        if said and not any(said in name for name in others):
            message = f"the title `{cell.text}` says `{said}`, and not that these amounts were sold"
            hint = f"if they were, say `base: {{file: …, column: {column.name or '…'}}}`"
            names = (column.name,) if column.name else ()
            raise NotSalesError(cell.mark.problem(f"{message}; {hint}"), key="column", choices=names)


def _claim(title: str) -> str:
    """The word by which a title or the name of a sheet says that amounts are no sales; empty without one."""
    text = folded(title)
    if not text or len(title) > _LONGEST or _NEGATED.search(text):
        return ""
    if (found := _NOT_YET.search(text)) and not _REAL.search(text):
        return found[0]
    return found[0] if (found := _NOT_SOLD.search(text)) and not _BUT_SOLD.search(text) else ""


def check_rows(rows: Sequence[AmountRow], time: Timeline, column: Column) -> None:
    """Raises `InputError` where a column of types, states or notes says of a row that it is no sales."""
    for place, name in enumerate(time.frame.names):
        if place == column.place or place in time.columns or not _KIND.fullmatch(folded(name)):
            continue
        cells = [time.rows[row.order].cells[place] for row in rows]
        texts = {folded(cell.text) for cell in cells}
        wrong = next((cell for cell in cells if _is_no_sales(cell, texts)), None)
        if wrong is None:
            continue
        other = next((cell for cell in cells if cell.text != wrong.text), None)
        beside = f", and {other.where} `{other.text}`" if other is not None and other.text else ""
        message = f"`{name}` says `{wrong.text}` of this row{beside}: not all amounts are sales"
        hint = (
            "put what was really sold there, or delete the row, and let `fill` or `fix` stand for its month"
        )
        raise InputError(wrong.mark.problem(f"{message}; {hint}"))


def _is_no_sales(cell: Cell, texts: set[str]) -> bool:
    """Whether a cell among `texts` says so; ``E`` is an estimate, but in A, B, C, … a letter."""
    text = folded(cell.text)
    if text.strip("()") == "e":
        return texts <= _LETTERS
    return not is_figure(cell.text) and _ROW_SAYS.fullmatch(text) is not None
