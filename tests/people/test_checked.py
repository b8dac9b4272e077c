"""What is wrong with a tree, and with proposals and decisions about its nodes."""

from fractions import Fraction
from typing import Any

import pytest

from target_cascade.errors import Path
from target_cascade.people.checked import problems
from target_cascade.people.node import Node
from target_cascade.people.proposal import Proposal, Proposed, Span
from target_cascade.plan import Plan

TREE: list[dict[str, Any]] = [
    {"name": "South", "members": [{"name": "Li"}, {"name": "Wu"}]},
    {"name": "North", "members": [{"name": "Li"}]},
]


def plan_of(**fields: Any) -> Plan:
    return Plan.model_validate({"year": "2012", "target": "1000", **fields})


def march(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "period": "2012-03", "amount": "10", **more}


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="no tree"),
        pytest.param({"cascade": TREE}, id="names repeat below different parents"),
        pytest.param(
            {"cascade": [{"name": "South", "share": "33.3%"}, {"name": "North", "share": "66.7%"}]},
            id="shares",
        ),
        pytest.param(
            {"cascade": TREE, "proposals": [march("South/Li"), march("North/Li")]}, id="two of a name"
        ),
        pytest.param(
            {"cascade": TREE, "proposals": [march("Wu"), march("Wu") | {"period": "4"}]}, id="two periods"
        ),
        pytest.param({"cascade": TREE, "proposals": [march("Wu")], "decided": [march("Wu")]}, id="decided"),
    ],
)
def test_nothing_is_wrong(fields: dict[str, Any]) -> None:
    assert list(problems(plan_of(**fields))) == []


@pytest.mark.parametrize(
    ("fields", "message", "path"),
    [
        pytest.param(
            {"proposals": [march("Li")]},
            "`proposals` is about the nodes of `cascade`, and there is none; write the tree",
            ("proposals",),
            id="proposals without a tree",
        ),
        pytest.param(
            {"decided": [march("Li")]},
            "`decided` is about the nodes of `cascade`, and there is none; write the tree",
            ("decided",),
            id="decisions without a tree",
        ),
        pytest.param(
            {"cascade": [{"name": "Li"}, {"name": "Li"}]},
            "`Li` stands on the first level twice; give each its own name",
            ("cascade", "members", 1, "name"),
            id="a name twice",
        ),
        pytest.param(
            {"cascade": [{"name": "South", "members": [{"name": "Li"}, {"name": "Li"}]}]},
            "`Li` stands below `South` twice; give each its own name",
            ("cascade", "members", 0, "members", 1, "name"),
            id="a name twice below one",
        ),
        pytest.param(
            {"cascade": [{"name": "A/B"}]},
            "`A/B` has a `/`, which stands between the names of a path; write another sign",
            ("cascade", "members", 0, "name"),
            id="a slash",
        ),
        pytest.param(
            {"cascade": [{"name": "South", "share": "40%"}, {"name": "North"}]},
            "`North` has no `share`, and others on the first level have one; give each a share, or none, and"
            " weights decide",
            ("cascade", "members", 1),
            id="a share is missing",
        ),
        pytest.param(
            {"cascade": [{"name": "South", "share": "40%"}, {"name": "North", "share": "50.5%"}]},
            "the shares on the first level add up to 90.5 %, and not to 100 %: 9.5 % are missing",
            ("cascade", "members", 1, "share"),
            id="shares below 100 %",
        ),
        pytest.param(
            {"cascade": [{"name": "South", "share": "70%"}, {"name": "North", "share": "50%"}]},
            "the shares on the first level add up to 120 %, and not to 100 %: 20 % too much",
            ("cascade", "members", 1, "share"),
            id="shares above 100 %",
        ),
        pytest.param(
            {"cascade": TREE, "proposals": [march("Soth")]},
            "`Soth` is no node of the tree; did you mean `South` or `North`?",
            ("proposals", 0, "name"),
            id="a name that is near",
        ),
        pytest.param(
            {"cascade": TREE, "proposals": [march("South/Xu")]},
            "`South/Xu` is no node of the tree; write a node of `cascade`, as South/Li",
            ("proposals", 0, "name"),
            id="a name that is none",
        ),
        pytest.param(
            {"cascade": TREE, "proposals": [march("North/Wu")]},
            "`North/Wu` is no node of the tree; did you mean `South/Wu`?",
            ("proposals", 0, "name"),
            id="a node below another",
        ),
        pytest.param(
            {"cascade": TREE, "decided": [march("Li")]},
            "`Li` is the name of 2 nodes; write which one: `South/Li` or `North/Li`",
            ("decided", 0, "name"),
            id="a name of two",
        ),
        pytest.param(
            {"cascade": TREE, "proposals": [march("Wu"), march("South/Wu") | {"period": "Q1"}]},
            "`South/Wu`, 2012-Q1: `proposals[0]` proposes for 2012-03 already, and a period can have one"
            " proposal; keep one",
            ("proposals", 1, "period"),
            id="proposals that overlap",
        ),
        pytest.param(
            {"cascade": TREE, "decided": [march("Wu")], "proposals": [march("Wu", decided="9")]},
            "`South/Wu`, 2012-03: `decided[0]` decides for 2012-03 already, and only one of them can hold;"
            " keep one",
            ("proposals", 0, "decided"),
            id="decided twice",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_place(fields: dict[str, Any], message: str, path: Path) -> None:
    (problem,) = problems(plan_of(**fields))
    assert problem == (message, path)


def test_what_a_file_says_begins_with_its_line() -> None:
    plan = plan_of(cascade={"file": "reps.csv", "levels": ["rep"]}, proposals="asked.csv")
    assert plan.cascade is not None
    assert plan.proposals is not None
    nodes = [Node(name, weight=Fraction(1), where=f"reps.csv:{line}") for line, name in enumerate("AAB", 2)]
    proposals = [Proposed(Proposal.model_construct(name="C", period=Span("2012", (0,))), "asked.csv:2")]
    tree, proposed = plan.cascade.with_file_read(nodes), plan.proposals.with_file_read(proposals)
    (problem,) = problems(plan.model_copy(update={"cascade": tree, "proposals": proposed}))
    assert problem.message.startswith("reps.csv:3: `A` stands on the first level twice, first at reps.csv:2;")
    assert problem.path == ("cascade", "file")
    tree = plan.cascade.with_file_read(nodes[1:])
    (problem,) = problems(plan.model_copy(update={"cascade": tree, "proposals": proposed}))
    assert problem.message.startswith("asked.csv:2: `C` is no node of the tree")
    assert problem.path == ("proposals", "file")
