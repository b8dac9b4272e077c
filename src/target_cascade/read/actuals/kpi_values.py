"""What a file says of KPIs: percentages, counts and ratios, which have no unit of money."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from target_cascade.amount import fold_width, show
from target_cascade.errors import AmountError, Located
from target_cascade.plan import Plan
from target_cascade.read.actuals.series import Value, adds_up, is_money
from target_cascade.read.sales.header_words import names_multiplier
from target_cascade.read.sales.period_rows import PeriodRow
from target_cascade.read.sales.stated_units import Unit
from target_cascade.read.tables.grid import Cell
from target_cascade.unit_text import money_in, unit_of


def doubtful_values(values: Sequence[Value], plan: Plan) -> Iterator[Located]:
    """What is wrong with values of KPIs, read as numbers: shares that may be percentages without their
    sign, and counts that are percentages."""
    shares: dict[str, bool] = {}
    for value in values:
        kpi, cell = value.series.kpi, value.row.cell
        if kpi is None:
            continue
        one = plan.kpis.get(kpi) or plan.drivers[kpi]
        if _is_percentage(cell):
            if adds_up(plan, kpi) or is_money(plan, kpi):
                yield cell.mark.problem(
                    f"`{cell.text}` is a percentage, and `{kpi}` is none; write its number"
                )
            elif shares.setdefault(kpi, True) is False:
                yield _mixed(cell, kpi)
        elif value.row.amount and one.is_share:
            if abs(value.row.amount) > 1:
                message = f"`{cell.text}` would be {show(value.row.amount * 100)} %, as `{kpi}` is a share"
                yield cell.mark.problem(f"{message}; write `{cell.text}%` if that is meant")
            elif shares.setdefault(kpi, False) is True:
                yield _mixed(cell, kpi)
        if value.row.amount < 0 and adds_up(plan, kpi) and not is_money(plan, kpi):
            yield cell.mark.problem(f"`{cell.text}` is below 0, and `{kpi}` is a count; correct it")


def _mixed(cell: Cell, kpi: str) -> Located:
    message = f"`{cell.text}` stands among values of `{kpi}` some of which are percentages and some not"
    return cell.mark.problem(f"{message}; write all alike, with `%`")


def _is_percentage(cell: Cell) -> bool:
    return fold_width(cell.text).rstrip().endswith(("%", "‰"))


def unit_doubts(
    rows: Sequence[PeriodRow], names: Sequence[str], unit: Unit | None, place: int
) -> Iterator[Located]:
    """What is wrong where rows of KPIs that are no money stand below a unit that may be theirs, or beside
    one in a column of units."""
    if (
        rows
        and unit is not None
        and unit.worth != 1
        and unit.at is not None
        and not money_in(unit.name.lower())
    ):
        message = (
            f"`{unit.at.text}` says {unit.name}, and whether the KPIs that are no money are in it as well"
        )
        yield unit.at.mark.problem(f"{message} is not known; write all values in full")
    columns = [at for at, name in enumerate(names) if at != place and names_multiplier(name)]
    for row in rows:
        for cell in (row.cells[at] for at in columns):
            if _scales(cell.text):
                message = f"`{cell.text}` beside `{row.cells[place].text}` may change what that is"
                yield cell.mark.problem(f"{message}; write it with the value, as in `1.4%`, or in full")


def _scales(text: str) -> bool:
    if any(sign in text for sign in "%％‰"):
        return True
    try:
        unit = unit_of(f"({text})") if text else None
    except AmountError:
        return True
    return unit is not None and unit[0] != Fraction(1)
