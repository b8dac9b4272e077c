"""Plans with drivers and KPIs, in the words of the plan file."""

from typing import Any

from target_cascade.engine.cascade import cascade
from target_cascade.engine.kpis.numbers import KpiNumbers, kpi_numbers
from target_cascade.plan import Plan

Fields = dict[str, Any]


def plan_of(**fields: Any) -> Plan:
    """A plan of 2027 that brings 24 million, with some fields of its own."""
    return Plan.model_validate({"year": "2027", "target": "24M", **fields})


def numbers_of(**fields: Any) -> KpiNumbers:
    return kpi_numbers(cascade(plan_of(**fields)))


def in_one_month(quota: str, **fields: Any) -> KpiNumbers:
    """The numbers of a plan whose first month brings `quota`, and the others the rest of 24 million."""
    return numbers_of(limits=[{"months": "2027-01", "hold": quota}], **fields)


def shop() -> Fields:
    """An online shop, from quota to advertising: the example of the specification."""
    return {
        "drivers": {
            "order_value": {"default": 200, "11-12": 220},
            "conversion": {"from": "1.4%", "to": "1.8%", "team": "Operations", "best": "1.7%"},
            "free_visits": "45%",
            "click_cost": "0.85",
            "click_rate": "1.2%",
            "signed": "95%",
            "refunded": "4%",
        },
        "kpis": {
            "orders": _by("quota / (order_value * signed * (1 - refunded))", "count", "Operations"),
            "visits": _by("orders / conversion", "count", "Promotion"),
            "paid_visits": _by("visits * (1 - free_visits)", "count", "Promotion"),
            "impressions": _by("paid_visits / click_rate", "count", "Promotion"),
            "ad_spend": _by("paid_visits * click_cost", "money", "Promotion") | {"max": "15% of quota"},
            "good_reviews": {"at_least": "98%", "team": "Service"},
            "reply_seconds": {"at_most": 30, "team": "Service"},
            "talk_minutes": {"between": "3..8", "team": "Service"},
        },
        "sources": {
            "paid_visits": [
                {"name": "search ads", "cost": "0.7", "max": "80万"},
                {"name": "display", "cost": "1.1"},
            ]
        },
        "teams": {"Promotion": {"lead": "Wang", "budget": "15% of quota"}},
    }


def _by(formula: str, unit: str, team: str) -> Fields:
    return {"formula": formula, "unit": unit, "team": team}
