"""Plans to mutate, and what a plan is mutated with: its keys, settings and periods."""

import random
from collections.abc import Sequence

from fuzz.texts import (
    PIECES,
    Mutate,
    deleted,
    inserted,
    mutated_text,
    repeated,
    replaced,
    with_a_line_twice,
    with_another_number,
    without_a_line,
)

PLANS = (
    """\
plan: 旗舰店 2027
year: 2027
target: 4000万
buffer: 5%
rounding: {month: 1万, week: 1千, day: 1}
base: [78万, 60万, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
days:
  - {name: weekend, weekdays: sat-sun, times: 0.8}
  - {name: feast, day: spring-festival, window: -9..-3, times: 0.6}
  - {name: Black Friday, day: 4th thu of nov, window: 1..1, weight: 4}
  - {name: closed, dates: [2027-08-06..2027-08-12, 2026-05-01], weight: 0}
new_business: {JD store: 500万, T: {expect: 200万, count_on: 80%, start: 3, ramp: 3}}
year_end: {max_share: 32%}
guardrails: {new_business_share: 30%, festival_days: 9, accept: [{rule: growth, because: approved}]}
""",
    """\
year: 2027-04
target: 1200.50万
rounding: {month: 0.5, day: 0.1}
weeks: sunday
base: {2026-04: 78万, may: 6, 6: 5, 7: 1, 8: 1, 9: 1, 10: 1, 11: 1, 12: 1, 1: 7, 2: 9, 3: 10, fix: {jul: 6万}}
adjust:
  - {name: hired, factor: team, months: 10-3, lift: 8%, because: moved, owner: HR}
  - {name: stock, days: 2027-11-08..2027-11-13, lift: -30%}
  - {name: returns, months: Q2, add: -3万, fallback: later}
limits:
  - {months: 1, min: 10万}
  - {months: Q1, together: true, max: 600万}
  - {months: 7, hold: 60万}
""",
    """\
year: 2027
target: 4000万
currency: CNY
rounding: {month: 1万, week: 1千, leaf: 10}
drivers:
  order_value: {default: 200, 11-12: 220, unit: money}
  conversion: {from: 1.4%, to: 1.8%, team: Operations, best: 1.7%, better: higher}
  free: 45%
kpis:
  orders: {formula: quota / (order_value * (1 - 4%)), unit: count, team: Operations}
  visits: {formula: "max(orders / conversion, 80万)", unit: count, team: Promotion}
  spend: {formula: visits * (1 - free) * 0.85, unit: money, team: Promotion, max: 15% of quota}
  good: {at_least: 98%, of: orders}
  talk: {between: 3..8}
sources: {visits: [{name: search ads, cost: 0.7, max: 80万}, {name: display, cost: 1.1}]}
teams:
  Promotion: {lead: Wang, budget: 15% of quota, capacity_per_day: {orders: 4000}, lead_days: 45}
actions: [{kpi: talk, do: a second shift, who: Service, from: 2027-03, until: 6}]
contingency: [{when: 2027-11 < 85%, do: extra sale, amount: 80万, who: Operations}]
cascade:
  levels: [region, rep]
  ramp: [25%, 50%, 100%]
  over_assign: {region: 5%}
  members:
    - {name: South, share: 40%, members: [{name: Li, weight: 5, start: 2027-04}, {name: Wang, min: {3: 1万}}]}
    - {name: North, share: 60%, members: [{name: Zhao, hold: 20万, last_year: 300万, resource: 3, note: x}]}
proposals:
  - {name: South/Li, period: 2027-06, amount: 30万, reason: clients, needs: stock}
  - {name: Wang, period: Q3}
decided: [{name: Wang, period: 2027-03, amount: 30万, by: Chen, because: agreed}]
""",
)
CALENDAR_PLANS = (
    """\
year: {pattern: 4-5-4, ends: 2028-01-29, weeks: 52, base_weeks: 53, leap: P02}
target: 40M
base: {file: base.csv, column: 成交金额, unit: 万, year: 2026, fix: {P03: 6万}, fill: {shape: base.csv}}
days:
  - {name: Mid-Autumn, day: Mid-Autumn Festival, country: CN, times: 0.7}
  - {name: closed, workdays: CN, times: 0.5}
adjust:
  - {name: hired, months: P03-P05, lift: 8%}
""",
    """\
year: {nrf: 2027}
target: 4亿
base: {shape: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}
days: [{name: tg, day: Thanksgiving, country: US, window: 0..3, times: 2}]
limits: [{months: P01, min: 1}]
""",
)
KEYS: tuple[str, ...] = (
    *"plan revision currency year target buffer rounding weeks base days new_business adjust".split(),
    *"limits year_end guardrails accept rule buffer_min festival_days".split(),
    *"months min max hold max_share together lift add name day window dates weekdays times weight".split(),
    *"expect count_on start ramp file shape fix by_month because owner fallback factor month week".split(),
    *"drivers kpis sources teams actions contingency cascade proposals decided default from to best".split(),
    *"better formula at_least at_most between unit team of cost lead budget capacity_per_day".split(),
    *"lead_days kpi do who until when levels members share over_assign leaf start end last_year".split(),
    *"resource note period amount reason needs by".split(),
    *"country workdays nrf pattern ends base_weeks leap fill column unit sheet".split(),
)
SETTINGS = (
    "buffer=5%",
    'new_business."JD store".expect=50万',
    "days.closed.weight=1",
    "base.fix.2026-03=60万",
    "rounding={month: 1, week: 1}",
    "base.months[3]=5",
    "year={nrf: 2027}",
    "base.file=base.csv",
)
PERIODS = ("year", "2027-11", "Q4", "W45", "2027-11-11", "2027-10..2027-12", "P03", "nov", "10-3", "2027-W53")


def with_another_value(rng: random.Random, text: str) -> str:
    return replaced(rng, text, r"[\w.%-]+", (*PIECES, *KEYS))


def with_another_key(rng: random.Random, text: str) -> str:
    return replaced(rng, text, r"\w+(?=:)", KEYS)


def nested(rng: random.Random, text: str) -> str:
    """With a value in many brackets, or an alias of an alias."""
    deep = rng.choice(("[" * 40_000, "[" * 19 + "1" + "]" * 19, "{a: " * 25, "- " * 500, "? " * 500))
    bomb = "a: &a [x, x]\n" + "".join(f"b{i}: &{b} [*{a}, *{a}]\n" for i, (a, b) in enumerate(_chain()))
    if rng.random() < 0.3:
        return bomb + text
    at = rng.randrange(len(text) + 1)
    return text[:at] + deep + text[at:]


def _chain() -> list[tuple[str, str]]:
    return [(chr(97 + i), chr(98 + i)) for i in range(20)]


MUTATIONS_OF_PLANS: tuple[Mutate, ...] = (
    inserted,
    deleted,
    repeated,
    without_a_line,
    with_a_line_twice,
    with_another_value,
    with_another_key,
    with_another_number,
)


def mutated_plan(rng: random.Random, texts: Sequence[str]) -> bytes:
    """One of `texts` after slips, and rarely with a byte that may be no text."""
    return with_a_byte(rng, mutated_text(rng, rng.choice(texts), MUTATIONS_OF_PLANS).encode())


def with_a_byte(rng: random.Random, content: bytes) -> bytes:
    raw = bytearray(content)
    if raw and rng.random() < 0.1:
        raw[rng.randrange(len(raw))] = rng.randrange(256)
    return bytes(raw)
