"""An alteration in words: what is new, what is gone, and which keys say something else now."""

from collections.abc import Sequence
from fractions import Fraction

from target_cascade.calendar import WEEKDAYS, Period, PlanYear
from target_cascade.day_rule import DayRule
from target_cascade.engine.alterations import Alteration, Edit
from target_cascade.engine.diff import UNMOVING
from target_cascade.engine.entry_keys import SILENT
from target_cascade.entry import Entry
from target_cascade.guardrails import Guardrails
from target_cascade.last_year import Base
from target_cascade.named_days import Anchor, Window
from target_cascade.plan import Limit
from target_cascade.report.spans import days_text, months_text
from target_cascade.sentence import Sentence, amount, joined, sentence, stated

_NUMBERS = {
    *("growth", "growth_note", "explained_growth_above", "one_off", "month_reach", "month_step", "catch_up"),
}
_SHARES = {"buffer", "count_on", "lift", "max_share", *Guardrails.model_fields} - _NUMBERS
"""Keys whose numbers are fractions of something, and those of thresholds that are not."""
_MOST_MONTHS = 3
"""Months of last year that are named one by one; of more it is their sum that tells something."""
_SUBJECTS = ("months", "together", "weekdays", "day", "country", "window", "dates", "workdays")
"""What says which days or months an entry is about."""


def alteration_text(alteration: Alteration, year: PlanYear, with_section: bool = False) -> Sentence:
    """``JD store: count_on 80 % → 60 %``, ``target 40,000,000 → 42,000,000``; `with_section` says where
    in the plan an entry stands, ``JD store in new_business``."""
    if alteration.section in UNMOVING:
        from target_cascade.report.written import unmoving_text

        return unmoving_text(alteration, year)
    edits = _sorted(alteration.edits)
    if alteration.section == "closed" or alteration.state == "reordered":
        return _name_alone(alteration)
    if alteration.section == alteration.name == "base" and edits[0].key != "because":
        return _base_text(alteration, year)
    if alteration.entry is None and edits[0].key == alteration.name:
        return _edit_text(edits[0], year)
    name = _name(alteration, year) + (f" in {alteration.section}" if with_section else "")
    if alteration.state == "changed":
        return sentence(f"{name}: ") + joined([_edit_text(edit, year) for edit in edits])
    is_new = alteration.state == "added"
    said = [
        sentence(edit.key) if value is True else sentence(f"{edit.key} ") + _value(edit.key, value, year)
        for edit in edits
        if edit.key not in SILENT and (value := edit.after if is_new else edit.before) is not None
    ]
    return sentence(f"{name} ({'new' if is_new else 'removed'}){': ' if said else ''}") + joined(said)


def _name_alone(alteration: Alteration) -> Sentence:
    """A review, whose keys are told by what they do to the quotas, or a section in another order."""
    if alteration.section == "closed":
        return sentence(alteration.name + " (removed)" * (alteration.state == "removed"))
    return sentence(f"{alteration.section}: {alteration.name}")


def _name(alteration: Alteration, year: PlanYear) -> str:
    """The entry's name; of one that has none its place, and what it is about where that stays."""
    entry = alteration.entry
    unnamed = isinstance(entry, DayRule | Limit) and entry.name is None
    if unnamed and alteration.state == "removed":
        return f"{alteration.name} of the old plan"
    if not unnamed or any(edit.key in _SUBJECTS for edit in alteration.edits):
        return alteration.name
    about = [(key, getattr(entry, key, None)) for key in _SUBJECTS]
    words = [key if value is True else _text(value, year) for key, value in about if value]
    return f"{alteration.name}, {' '.join(words)}"


def _sorted(edits: Sequence[Edit]) -> list[Edit]:
    """What it was called and what it is about first, what moves no quota last."""
    return sorted(edits, key=lambda edit: (edit.key != "name", edit.key in SILENT, edit.key not in _SUBJECTS))


def _edit_text(edit: Edit, year: PlanYear) -> Sentence:
    if edit.key == "name":
        return sentence("had no name" if edit.before is None else f"was called {edit.before}")
    if edit.key in ("because", "fallback", "accept"):
        return sentence(f"{edit.key} reworded" if edit.before and edit.after else _came_or_went(edit))
    before, after = (_value(edit.key, value, year) for value in (edit.before, edit.after))
    return sentence(f"{edit.key} ") + before + sentence(" → ") + after


def _came_or_went(edit: Edit) -> str:
    return f"{edit.key} {'added' if edit.after else 'removed'}"


def _base_text(alteration: Alteration, year: PlanYear) -> Sentence:
    """Last year's amounts: which year they are of and what fills them, and then their months."""
    edits = {edit.key: edit for edit in alteration.edits}
    if shape := edits.get("shape"):
        return sentence(f"base: {'amounts → a shape' if shape.after else 'a shape → amounts'}")
    said = [_edit_text(edits.pop("year"), year)] if "year" in edits else []
    if fill := edits.pop("fill", None):
        both = fill.before is not None and fill.after is not None
        said.append(sentence("fill: another season" if both else _came_or_went(fill)))
    if edits:
        said.append(_months_text(list(edits.values()), alteration.entry, year))
    text = sentence("base: ") + said[0]
    for more in said[1:]:
        text += sentence("; ") + more
    return text


def _months_text(edits: Sequence[Edit], base: Entry | None, year: PlanYear) -> Sentence:
    """A few months of last year one by one, more of them by their sum. The numbers of a shape have no
    sum that says anything."""
    if len(edits) <= _MOST_MONTHS:
        return joined([_edit_text(edit, year) for edit in edits])
    months = f"{len(edits)} months of "
    if isinstance(base, Base) and base.shape is not None:
        return sentence(months + "the shape")
    before, after = (
        sum((value for value in values if isinstance(value, Fraction)), Fraction(0))
        for values in ([edit.before for edit in edits], [edit.after for edit in edits])
    )
    return sentence(months + "last year, together ", amount(before), " → ", amount(after))


def _value(key: str, value: object, year: PlanYear) -> Sentence:
    """A value of the plan file as a reader of the file would know it."""
    if isinstance(value, Fraction):
        return sentence(stated(value) if key in _SHARES else amount(value))
    return sentence(_text(value, year))


def _text(value: object, year: PlanYear) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case Anchor() | Window():
            return value.text
        case frozenset():
            return ", ".join(name for day, name in enumerate(WEEKDAYS) if day in value)
        case tuple():
            spans = [one for one in value if isinstance(one, Period)]
            months = [one for one in value if isinstance(one, int)]
            return days_text(spans) if spans else months_text(months, year)
    return str(value)
