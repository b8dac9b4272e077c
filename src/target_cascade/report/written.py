"""What is altered in drivers, KPIs, teams and people, as a reader of the plan file knows it."""

from collections.abc import Mapping
from fractions import Fraction

from target_cascade.calendar import PlanYear
from target_cascade.engine.alterations import Alteration, Edit
from target_cascade.kpis.names import Number, Range
from target_cascade.people.node import Bound
from target_cascade.report.spans import months_text
from target_cascade.sentence import Figure, Sentence, amount, joined, sentence, stated

_EXCEPTIONS = "by_month"


def unmoving_text(alteration: Alteration, year: PlanYear) -> Sentence:
    """``click_cost in drivers: default 0.85 → 0.9``; of what is new or gone its keys."""
    name = f"{alteration.name} in {alteration.section}"
    if alteration.name == alteration.section:
        name = alteration.section
    if alteration.state == "changed":
        return sentence(f"{name}: ") + joined([_edit(edit, year) for edit in alteration.edits])
    is_new = alteration.state == "added"
    told = {edit.key: edit.after if is_new else edit.before for edit in alteration.edits}
    kept = {
        key: value for key, value in told.items() if _is_given(value) and key not in ("name", "period", "do")
    }
    said = [sentence(f"{key} " * (key != _EXCEPTIONS)) + _value(key, kept[key], year) for key in kept]
    return sentence(f"{name} ({'new' if is_new else 'removed'}){': ' if said else ''}") + joined(said)


def _edit(edit: Edit, year: PlanYear) -> Sentence:
    before, after = (
        _value(edit.key, value, year) if _is_given(value) else sentence("none")
        for value in (edit.before, edit.after)
    )
    key = "by month" if edit.key == _EXCEPTIONS else edit.key
    return sentence(f"{key} ") + before + sentence(" → ") + after


def _is_given(value: object) -> bool:
    """Whether a key says something, as `no` and 0 do."""
    return value is not None and value not in ((), {}, "")


def _value(key: str, value: object, year: PlanYear) -> Sentence:
    if key in ("share", "part") and isinstance(value, Fraction):
        return sentence(stated(value))
    if key == "bounds" and isinstance(value, Mapping):
        months = {one: tuple(at for at in value if value[at] == one) for one in value.values()}
        return joined([_key(at, year) + written(one, year) for one, at in months.items()])
    return written(value, year)


def written(value: object, year: PlanYear) -> Sentence:
    """``1.4 %``, ``quota / 200``, ``2012-11 to 2012-12 220``."""
    match value:
        case Number():
            said = sentence(stated(value.value) if value.is_share else amount(value.value))
        case Range():
            said = written(value.low, year) + sentence(" to ") + written(value.high, year)
        case Bound():
            said = _bound(value)
        case Figure():
            said = sentence(value)
        case bool():
            said = sentence("yes" if value else "no")
        case Fraction():
            said = sentence(amount(value))
        case Mapping():
            said = joined([_key(key, year) + written(one, year) for key, one in value.items()])
        case tuple() if value and all(isinstance(one, Fraction) for one in value):
            said = joined([sentence(stated(one)) for one in value])  # the steps of a ramp
        case tuple() if not hasattr(value, "text") and not hasattr(value, "label"):
            said = joined([written(one, year) for one in value])
        case _:
            said = sentence(str(getattr(value, "text", getattr(value, "label", value))))
    return said


def _key(key: object, year: PlanYear) -> Sentence:
    """A key of a mapping: months by their positions, or a name."""
    months = key if isinstance(key, tuple) else (key,) if isinstance(key, int) else ()
    return sentence(f"{months_text(months, year) if months else key} ")


def _bound(bound: Bound) -> Sentence:
    if bound.is_hold:
        return sentence("held at ") + _end(bound.low)
    if bound.low is not None and bound.high is not None:
        return _end(bound.low) + sentence(" to ") + _end(bound.high)
    least = bound.high is None
    return sentence("at least " if least else "at most ") + _end(bound.low if least else bound.high)


def _end(value: Fraction | None) -> Sentence:
    return sentence("none" if value is None else amount(value))
