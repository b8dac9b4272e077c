"""Exports of orders: many rows a day, which are summed by day where each row is surely one order."""

from collections.abc import Sequence

from target_cascade.errors import InputError, Located
from target_cascade.pattern import Pattern
from target_cascade.read.sales.header_words import folded
from target_cascade.read.sales.timeline import Timeline
from target_cascade.read.sales.totals import AmountRow
from target_cascade.read.tables.grid import Cell
from target_cascade.read.tables.listing import listed

_NUMBER = Pattern(
    r"(?:主|父|平台|商户|交易|支付|业务)?(?:订单|交易|流水|单据|小票)(?:编号|单号|号码|号)"
    r"|(?:order|transaction|receipt|invoice|charge|payment)[ -]?(?:id|no\.?|number)"
)
_STATE = Pattern(r".*(?:状态|类型|类别|收支)|(?:.* )?(?:status|state|type|kind)")


def by_day(rows: Sequence[AmountRow], time: Timeline) -> Sequence[AmountRow]:
    """`rows`, or where they are orders with a number each, their sums by day.

    Raises `InputError` where rows of one day are of several states or types: whether all of them count
    is not known.
    """
    is_daily = all(row.when.kind == "day" for row in rows)
    if not is_daily or len({row.when for row in rows}) == len(rows) or not _numbered(rows, time):
        return rows
    _check_states(rows, time)
    sums: dict[tuple[int, int, int], AmountRow] = {}
    for row in rows:
        day = row.when.year, row.when.month, row.when.day
        before = sums.get(day)
        sums[day] = row if before is None else before._replace(amount=before.amount + row.amount)
    return list(sums.values())


def _numbered(rows: Sequence[AmountRow], time: Timeline) -> bool:
    """Whether a column has the number of an order in each row, and no number twice."""
    columns = [place for place, name in enumerate(time.frame.names) if _NUMBER.fullmatch(folded(name))]
    for place in columns:
        numbers = {time.rows[row.order].cells[place].text for row in rows}
        if len(numbers) == len(rows) and "" not in numbers:
            return True
    return False


def _check_states(rows: Sequence[AmountRow], time: Timeline) -> None:
    for place, name in enumerate(time.frame.names):
        if not _STATE.fullmatch(folded(name)):
            continue
        first: dict[str, Cell] = {}
        for row in rows:
            cell = time.rows[row.order].cells[place]
            first.setdefault(cell.text, cell)
        if len(first) > 1:
            at = list(first.values())[1]
            message = f"the orders differ in `{name}`: {listed([text or 'empty' for text in first])}"
            hint = "which of them are sales is not known; keep those rows, or sum them by day"
            raise InputError(at.mark.problem(f"{message}; {hint}"))


def many_a_day(rows: Sequence[AmountRow]) -> list[Located]:
    """What is wrong, in one, where most days stand in several rows; else nothing."""
    first: dict[tuple[int, int, int], AmountRow] = {}
    again: dict[tuple[int, int, int], AmountRow] = {}
    for row in rows:
        day = row.when.year, row.when.month, row.when.day
        if row.when.kind == "day" and first.setdefault(day, row) is not row:
            again.setdefault(day, row)
    if len(again) < 10 or 2 * len(again) < len(first):
        return []
    row = next(iter(again.values()))
    message = (
        f"`{row.at.text}` stands here a second time, as {len(again) - 1:,} other days do: {len(rows):,} rows"
        f" are about {len(first):,} days"
    )
    hint = (
        "sum them by day, in a pivot table; orders are summed here where a column such as `订单编号` has"
        " another number in each row"
    )
    return [row.at.mark.problem(f"{message}; {hint}")]
