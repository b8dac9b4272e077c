"""Quotas of teams and people → the page of `plan cascade`."""

from collections.abc import Iterable, Iterator

from target_cascade.engine.people.quotas import NodeQuota, PeopleQuotas
from target_cascade.report.heading import title
from target_cascade.report.people.chosen import Chosen, sum_of
from target_cascade.report.people.records import cascade_table
from target_cascade.report.people.tables import month_table, shown_of, week_table, year_table
from target_cascade.report.spans import PeopleBy
from target_cascade.report.table import Note, Notes, Page, Table
from target_cascade.sentence import Sentence, amount, count, sentence, share

_MOST_NOTES = 10


def cascade_page(choice: Chosen, by: PeopleBy, top: int) -> Page:
    """The sum, the largest and the smallest nodes, and the quotas of these by period; the records have
    all nodes."""
    shown = shown_of(choice, top)
    blocks: list[Table | Notes] = [year_table(choice, shown)]
    if by != "year":
        blocks.append(month_table(choice, shown) if by == "month" else week_table(choice, shown))
    if said := tuple(map(Note, _remarks(choice))):
        blocks.append(Notes("", said))
    if remarks := tuple(_notes_of(choice, shown.nodes)):
        blocks.append(Notes("Notes", remarks))
    heading = title(choice.people.cascade)
    return Page(_answer(choice), heading, tuple(blocks), (cascade_table(choice, by),))


def _answer(choice: Chosen) -> Sentence:
    """How many share how much, and who has most of it."""
    people, nodes, total = choice.people, choice.nodes, choice.total
    if len(nodes) == 1:
        said = sentence(f"{choice.name(nodes[0])} has to bring ", amount(total), " in the year, ")
        return said + sentence(share(total / people.cascade.planned_total), " of the planned total")
    where = f" of {'/'.join(choice.of.names)}" if choice.of is not None else ""
    said = sentence(count(len(nodes)), f" {_plural(choice.what)}{where} share ", amount(total))
    if not total:
        return said
    largest = max(nodes, key=people.year)
    most = people.year(largest)
    return said + sentence(
        f"; `{choice.name(largest)}` has the most, ", amount(most), ", ", share(most / total)
    )


def _remarks(choice: Chosen) -> Iterator[Sentence]:
    """The top fifth, the largest leaf, and what is handed out beyond the quotas."""
    people = choice.people
    leaves = sum(1 for _ in people.leaves())
    if choice.of is None and leaves > 1:
        said = sentence("80/20: the largest fifth, ", count(people.fifth), " of ", count(leaves))
        yield said + sentence(", carries ", share(people.top_fifth()), " of the year")
        yield _without_best(people)
    assigned = sum_of(map(people.assigned_year, choice.nodes))
    if choice.total and assigned != choice.total:
        said = sentence("assigned: ", amount(assigned), ", ", share(assigned / choice.total))
        yield said + sentence(" of the quotas; what is beyond them is in no sum of quotas")


def _without_best(people: PeopleQuotas) -> Sentence:
    """Where the year lands without the largest leaf, against the buffer."""
    best, plan = people.best_leaf(), people.cascade.plan
    landing = people.without_best()
    buffer = people.cascade.planned_total - plan.target
    said = sentence(f"if `{'/'.join(best.names)}` leaves: the year lands at ", amount(landing))
    if landing >= plan.target:
        return said + sentence(", and the target is still reached")
    missed = plan.target - landing
    said += sentence(", ", amount(missed), " below the target")
    if missed > buffer:
        return said + sentence(", which is more than the buffer of ", amount(buffer))
    return said + sentence("; the buffer is ", amount(buffer))


def _notes_of(choice: Chosen, shown: Iterable[NodeQuota]) -> Iterator[Note]:
    noted = [node for node in shown if node.node.note]
    for node in noted[:_MOST_NOTES]:
        yield Note(sentence(f"{choice.name(node)}: {node.node.note}"))


def _plural(what: str) -> str:
    """Several of what a level is called. A word that is no English one stays as it is."""
    if what == "leaf":
        return "leaves"
    return f"{what}s" if what.isascii() and what.isalpha() else what
