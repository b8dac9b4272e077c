"""The base of a plan with the files that it names: last year's sales, an industry's season."""

from collections.abc import Callable, Hashable
from fractions import Fraction
from pathlib import Path as FilePath
from typing import Any, NamedTuple, TypeVar

from target_cascade.calendar import Period, PlanYear, touched
from target_cascade.errors import InputError, Path
from target_cascade.last_year import Base, absent_months, filled_months, why_touched
from target_cascade.read.named_files import NamedFiles
from target_cascade.read.sales.sales_file import Choices, Sales, Stated, read_sales
from target_cascade.read.sales.shape_file import read_shape
from target_cascade.read.source import Mark, Revised

T = TypeVar("T")

_MANY = 6
"""Currencies that are not listed, as those of ``$``."""


class BaseRead(NamedTuple):
    """A base without files, the files that it was read from, and what was understood of each."""

    base: Base
    files: tuple[FilePath | Revised, ...] = ()
    understood: tuple[str, ...] = ()


class BaseFiles(NamedTuple):
    """Reads the files of a base: of the year `year`, beside the plan, whose keys stand at marks."""

    year: PlanYear
    beside: Callable[[str], FilePath | Revised]
    mark: Callable[[Path], Mark]
    known: dict[Hashable, Any]
    """What files have said already: the variants of one plan read each of them once."""
    currency: str | None = None
    """The plan's currency, which no file is converted to."""

    def read(self, base: Base) -> BaseRead:
        """The base with the amounts and seasons of its files.

        Raises `InputError` with all that is wrong with a file, `ChoiceError` where it leaves a choice.
        """
        files: list[FilePath | Revised] = []
        said: list[str] = []
        if base.fill is not None and isinstance(base.fill.season, str):
            path: Path = ("base", "fill", "shape")
            shape, line = self._shape(base.fill.season, path, base.fill.column, base.fill.sheet)
            files.append(self.beside(base.fill.season))
            base = base.model_copy(update={"fill": base.fill.model_copy(update={"season": shape})})
            said.append(line)
        if isinstance(base.season, str):
            shape, line = self._shape(base.season, ("base", "shape"), base.column, base.sheet)
            files.append(self.beside(base.season))
            base = base.model_copy(update={"season": shape})
            said.append(line)
        if base.file is not None:
            files.insert(0, self.beside(base.file))
            sales = self._sales(base)
            said.insert(0, sales.understood)
            base = base.with_file_read(sales.calendar or sales.by_position, sales.daily)
        return BaseRead(base, tuple(files), (*said, *self._filled(base)))

    def _sales(self, base: Base) -> Sales:
        assert base.file is not None
        choices = Choices(
            base.column,
            base.unit,
            base.sheet,
            year_given=base.year is not None,
            may_lack=self._may_lack(base),
        )
        sales = self._of_file(
            base.file, ("base", "file"), choices, lambda path: read_sales(path, self.year, choices)
        )
        self._check_currency(base.file, sales.currency)
        absent = absent_months({*(sales.calendar or sales.by_position), *base.fix}, self.year)
        if absent and base.fill is None:
            hint = "write rows of 0 for months without sales, or let `fill` take an industry's season"
            why = why_touched(sales.calendar, self.year)
            message = f"`{base.file}` has no amount for {', '.join(absent)}{why}; {hint}"
            raise InputError(self.mark(("base", "file")).problem(message))
        return sales

    def _check_currency(self, file: str, stated: Stated | None) -> None:
        """Raises `InputError` where the file states a currency that the plan's cannot be."""
        if self.currency is None or stated is None or self.currency in stated.codes:
            return
        named = " or ".join(sorted(stated.codes)) if len(stated.codes) < _MANY else "another currency"
        says = f"`{stated.text}` ({stated.where}) says {named}"
        codes = f"`currency: {min(stated.codes)}`" if len(stated.codes) == 1 else "the file's currency"
        hint = f"amounts are not converted; write {codes} in the plan, or convert the file to {self.currency}"
        message = f"in `{file}` {says}, and the plan's currency is {self.currency}: {hint}"
        raise InputError(self.mark(("base", "file")).problem(message))

    def _may_lack(self, base: Base) -> frozenset[str]:
        """The months that need no amount in the file: those that are repaired, or with `fill` all."""
        months = self.year.calendar_months
        if base.fill is not None:
            return frozenset(month.label for month in (*self.year.months, *months))
        # Nor a calendar month all of whose days lie in periods that are repaired.
        spared = [m.label for m in months if set(touched(m, self.year.months)) <= base.fix.keys()]
        return frozenset((*spared, *(_label(month, self.year) for month in base.fix)))

    def _shape(
        self, file: str, at: Path, column: str | None, sheet: str | None
    ) -> tuple[tuple[Fraction, ...], str]:
        return self._of_file(
            file, at, (column, sheet), lambda path: read_shape(path, self.year, column, sheet)
        )

    def _of_file(self, file: str, at: Path, how: Hashable, read: Callable[[str | Revised], T]) -> T:
        """What `read` makes of a file in the way `how`; its path must begin at the plan's folder."""
        files = NamedFiles(self.beside, self.mark, self.known)
        return files.read(file, at, (how, self.year), read)

    def _filled(self, base: Base) -> list[str]:
        """Which months are filled by a season, said aloud, and which are not though they look like it."""
        given = base.given if base.fill is not None else None
        if given is None:
            return []
        known = given | base.fix
        absent = filled_months(known, self.year)
        zero = [_label(month, self.year) for month, amount in known.items() if not amount]
        lacking = absent_months(known, self.year)
        days = "" if lacking == absent else f" for the days of {', '.join(lacking)}"
        scale = "at the scale of the months that both have"
        said = [f"base: {', '.join(absent)} filled by the shape{days}, {scale}"]
        if zero:
            said.append(f"base: {', '.join(zero)} said to be 0, and not filled; leave them out to fill them")
        return said if absent else ["base: `fill` fills nothing, as no month is lacking", *said[1:]]


def _label(month: int | Period, year: PlanYear) -> str:
    return month.label if isinstance(month, Period) else year.months[month].label
