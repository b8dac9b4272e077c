"""Cascade → the tables of a workbook, and what it draws."""

from target_cascade.engine.cascade import Cascade
from target_cascade.plan import base_name
from target_cascade.report.causes import causes_table
from target_cascade.report.spans import noun
from target_cascade.report.split import By, split_table
from target_cascade.report.table import Chart, Table, Workbook

_LENGTHS: tuple[By, ...] = ("month", "week", "day")


def workbook(cascade: Cascade, by: By | None = None) -> Workbook:
    """Months, weeks and days, the plan's named entries where it has any, and where it has KPIs a sheet
    of them and one for each team; with `by`, that table alone. Months and quarters are drawn.

    Raises `InfeasibleError` where a KPI has no value.
    """
    if by is not None:
        table = split_table(cascade, by)
        return Workbook((table,), _chart(cascade, by, table) if by in ("month", "quarter") else None)
    months, *finer = (split_table(cascade, length) for length in _LENGTHS)
    causes = causes_table(cascade)
    tables = (months, *finer, causes) if causes.rows else (months, *finer)
    if cascade.plan.kpis or cascade.plan.teams:
        from target_cascade.report.sheet.team_workbook import kpi_sheets

        tables = (*tables, *kpi_sheets(cascade, [table.name for table in tables]))
    return Workbook(tables, _chart(cascade, "month", months))


def _chart(cascade: Cascade, by: By, table: Table) -> Chart:
    quota = f"Quota by {noun(by, cascade.plan.year)}"
    if not cascade.year.base:
        return Chart(table.name, quota, by, ("quota",))
    return Chart(table.name, f"{quota}, beside {base_name(cascade.plan)}", by, ("base", "quota"))
