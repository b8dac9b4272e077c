"""A guardrail → what there is to say about it."""

from fractions import Fraction
from typing import get_args

from target_cascade.engine.check import Rule
from target_cascade.guardrails import Guardrails
from target_cascade.report.table import RulePage, Threshold
from target_cascade.scalar import NumberFromZero
from target_cascade.sentence import Figure, amount, stated


def rule_page(rule: Rule) -> RulePage:
    """The rule's own words, and its thresholds with their defaults."""
    thresholds = (
        Threshold(key, _default(key), Guardrails.model_fields[key].description or "")
        for key in rule.thresholds
    )
    return RulePage(
        rule.name, rule.finds, rule.severities, rule.why, rule.formula, rule.remedy, tuple(thresholds)
    )


def _default(key: str) -> Figure:
    """A threshold's default: a plain number, or else a share."""
    field = Guardrails.model_fields[key]
    is_number = isinstance(field.default, int) or get_args(NumberFromZero)[1] in field.metadata
    return (amount if is_number else stated)(Fraction(field.default))
