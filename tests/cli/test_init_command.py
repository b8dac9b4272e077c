"""`plan init`: what it writes, and that it takes the place of nothing."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from processes import PLANS
from screens import Shown, run_plan

from target_cascade import load_plan, split
from target_cascade.cli.new import new_plan
from target_cascade.write.files import create_file

TEMPLATES = sorted(
    path.name.removesuffix(".yaml") for path in files("target_cascade").joinpath("templates").iterdir()
)
LAST_YEAR = (PLANS / "last_year.csv").read_bytes()
SHORT = ("--target", "4000万", "--year", "2027")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with last year's file in it."""
    (tmp_path / "last_year.csv").write_bytes(LAST_YEAR)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def init(patch: pytest.MonkeyPatch, *arguments: str) -> Shown:
    return run_plan(["init", *arguments], patch)


def everything() -> dict[str, bytes | str]:
    """All that is in the folder, down to the contents of files and where links lead."""
    return {
        str(path): str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else ""
        for path in sorted(Path().rglob("*"))
    }


def test_help_names_the_templates_that_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    choices = re.search(r"--template \W?([\w|-]+)", init(monkeypatch, "--help").text)
    assert choices
    assert sorted(choices[1].split("|")) == TEMPLATES


@pytest.mark.parametrize(
    "more", [(), ("--new-business", "JD store=500万", "--name", "A: #1")], ids=["bare", "more"]
)
@pytest.mark.parametrize("template", TEMPLATES)
def test_plan_of_each_template_splits_as_it_was_shown(
    template: str, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = init(monkeypatch, *SHORT, "--template", template, *more)
    assert shown.status == 0
    assert run_plan(["split", "plan.yaml"], monkeypatch).output == shown.output
    assert split(load_plan("plan.yaml")).planned_total == 42_000_000


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_number_of_a_day_rule_is_called_a_starting_value(template: str) -> None:
    text = files("target_cascade").joinpath("templates", f"{template}.yaml").read_text(encoding="utf-8")
    rules = [line for line in text.splitlines() if re.match(r" +- .*\b(times|weight|ramp): ", line)]
    assert all("# starting value" in line for line in rules)
    assert (template == "minimal") == (rules == [])


@pytest.mark.parametrize("template", TEMPLATES)
def test_examples_in_the_comments_of_a_template_are_parts_of_a_plan(
    template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    init(monkeypatch, "--target", "9000万", "--year", "2027", "--template", template)
    plan = Path("plan.yaml")
    lines = plan.read_text(encoding="utf-8").splitlines()
    uncommented = [re.sub(r"^# (?=( +- \{|\w+:( |$)))", "", line) for line in lines if "# base:" not in line]
    plan.write_text("\n".join(uncommented) + "\n", encoding="utf-8")
    text = plan.read_text(encoding="utf-8")
    assert "\nplan: My shop\n" in text
    assert "\nnew_business:\n" in text
    assert ("\nadjust:\n" in text) == (template != "minimal")
    split(load_plan(plan))


def test_first_line_names_the_schema_that_stands_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    init(monkeypatch, *SHORT)
    first = Path("plan.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=plan.schema.json"
    assert Path("plan.schema.json").read_bytes() == run_plan(["schema"], monkeypatch).output


@pytest.mark.parametrize("there", ["file", "folder", "link", "dangling link"])
def test_plan_that_is_there_is_not_touched(there: str, monkeypatch: pytest.MonkeyPatch) -> None:
    match there:
        case "file":
            Path("plan.yaml").write_bytes(b"mine")
        case "folder":
            Path("plan.yaml").mkdir()
        case "link":
            Path("plan.yaml").symlink_to("last_year.csv")
        case "dangling link":
            Path("plan.yaml").symlink_to("nowhere")
    before = everything()
    shown = init(monkeypatch, *SHORT)
    assert (shown.status, everything()) == (2, before)
    assert "`plan.yaml` is there already, and is not touched" in shown.text


def test_plan_that_appears_in_the_meantime_is_not_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    def slower(path: Path, content: bytes) -> None:
        if path.name == "plan.yaml":
            path.write_bytes(b"mine")
        create_file(path, content)

    monkeypatch.setattr(new_plan, "create_file", slower)
    shown = init(monkeypatch, *SHORT)
    assert shown.status == 2
    assert "`plan.yaml` is there already, and is not touched" in shown.text
    assert everything() == {"last_year.csv": LAST_YEAR, "plan.yaml": b"mine"}


@pytest.mark.parametrize("where", [".", "shop"])
def test_folder_is_as_before_where_the_plan_cannot_be_written(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        if path.name == "plan.yaml":
            raise OSError(28, "No space left on device")
        create_file(path, content)

    monkeypatch.setattr(new_plan, "create_file", full)
    before = everything()
    shown = init(monkeypatch, where, *SHORT)
    assert (shown.status, everything()) == (2, before)
    assert f"cannot write `{Path(where, 'plan.yaml')}`: No space left on device" in shown.text


@pytest.mark.parametrize("there", [b"{}", b""], ids=["other", "empty"])
def test_other_schema_is_kept_and_named(there: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("plan.schema.json").write_bytes(there)
    shown = init(monkeypatch, *SHORT)
    assert shown.status == 0
    assert "kept plan.schema.json, which is not what `plan schema` prints now" in shown.text
    assert Path("plan.schema.json").read_bytes() == there


def test_same_schema_is_kept_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("plan.schema.json").write_bytes(run_plan(["schema"], monkeypatch).output)
    shown = init(monkeypatch, *SHORT)
    assert shown.messages.decode().splitlines()[0] == "wrote plan.yaml"


@pytest.mark.parametrize(
    ("folder_of_plan", "written"),
    [
        pytest.param(".", "last_year.csv", id="beside"),
        pytest.param("shop", "../last_year.csv", id="above"),
        pytest.param("link", "../../last_year.csv", id="by way of a link"),
    ],
)
@pytest.mark.parametrize("absolute", [False, True], ids=["relative", "absolute"])
def test_plan_names_last_years_file_by_the_path_from_its_folder(
    folder_of_plan: str, written: str, absolute: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("years/2012").mkdir(parents=True)
    Path("link").symlink_to("years/2012")
    file = str(Path("last_year.csv").resolve()) if absolute else "last_year.csv"
    shown = init(monkeypatch, folder_of_plan, "--target", "4000万", "--from", file)
    assert shown.status == 0, shown.text
    plan = Path(folder_of_plan, "plan.yaml")
    assert f"\nbase: {written}\n" in plan.read_text(encoding="utf-8")
    assert split(load_plan(plan)).planned_total == 42_000_000


def test_year_is_the_one_after_last_years_file(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = init(monkeypatch, "--target", "4000万", "--from", "last_year.csv")
    assert "\nyear: 2012\n" in Path("plan.yaml").read_text(encoding="utf-8")
    assert "the year is 2012, the one after last_year.csv" in shown.text


MONTHS = range(1, 13)
OF_2026 = [f"2026年{month}月,{month}\n" for month in MONTHS]
NO_YEARS = "".join(f"{month}月,{month}\n" for month in MONTHS)
FROM_APRIL = [f"{2011 + month // 12}-{month % 12 + 1:02},{month}\n" for month in range(3, 15)]
HEADER = "month,amount\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            HEADER + NO_YEARS,
            "`sales.csv` names no year; say with --year which year the plan is for",
            id="months alone",
        ),
        pytest.param(
            "exported 2026-01-05\n" + HEADER + NO_YEARS,
            "`exported 2026-01-05` is before `12月` (line 14) of 2026: perhaps a base of the wrong year",
            id="months alone, exported in January",
        ),
        pytest.param(
            "sales of 2026\n" + HEADER + NO_YEARS,
            "`sales.csv` can be read as the year before 2027; say --year 2027 if it is",
            id="months alone, year in the title",
        ),
        pytest.param(
            HEADER + "".join(FROM_APRIL),
            "`sales.csv` can be read as the year before 2012-04; say --year 2012-04 if it is",
            id="a year from April",
        ),
    ],
)
def test_year_that_a_file_does_not_tell_is_not_guessed(
    text: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = init_from(text, monkeypatch)
    assert message in shown.text
    assert not Path("plan.yaml").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            HEADER + "".join(OF_2026[:4] + OF_2026[5:]), "no row is about 2026-05", id="month missing"
        ),
        pytest.param(HEADER + OF_2026[4], "no row is about 2026-01", id="one month"),
        pytest.param(HEADER + "".join(OF_2026) + "合计,5\n", "`合计` is 5", id="wrong total"),
        pytest.param(
            HEADER + "".join(OF_2026[:11]) + "2026年12月,#REF!\n", "#REF!", id="error of a spreadsheet"
        ),
        pytest.param(HEADER + "".join(OF_2026) + OF_2026[4], "a second time", id="month twice"),
        pytest.param(
            "sales of 2026\n" + HEADER + NO_YEARS + "合计,5\n",
            "`合计` is 5",
            id="year in the title, wrong total",
        ),
        pytest.param(
            "exported 2027-01-05\n" + HEADER + "".join(OF_2026[:11]),
            "no row is about 2026-12",
            id="exported in the year after",
        ),
        pytest.param(
            HEADER + "".join(FROM_APRIL[:-1]), "--year says another year", id="month of a year from April"
        ),
        pytest.param(
            HEADER + "".join(f"2026年{month}月,{2030 + month}\n" for month in range(1, 12)),
            "no row is about 2026-12",
            id="amounts that look like years",
        ),
    ],
)
def test_error_of_a_file_is_told_without_a_year(
    text: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = init_from(text, monkeypatch)
    assert shown.text.startswith("sales.csv:")
    assert message in shown.text
    assert "names no year" not in shown.text
    assert not Path("plan.yaml").exists()


def init_from(text: str, patch: pytest.MonkeyPatch) -> Shown:
    """`plan init` with a file of that text and no year, which must end with an error."""
    Path("sales.csv").write_text(text, encoding="utf-8")
    shown = init(patch, "--target", "4000万", "--from", "sales.csv")
    assert shown.status == 2
    return shown


@pytest.mark.parametrize(
    ("buffer", "most"),
    [("5%", "(10,500,000 with the buffer of 5 %)"), ("0", "(10,000,000)")],
    ids=["buffer", "no buffer"],
)
def test_too_much_new_business_is_said_plainly(
    buffer: str, most: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = ("--new-business", "a=280万", "--new-business", "b=1000万", "--buffer", buffer)
    shown = init(monkeypatch, "--target", "1000万", "--year", "2027", *more)
    message = f"new business alone would bring 12,800,000, more than the months are to add up to {most}"
    assert message in shown.text


def test_other_plan_of_the_folder_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("plan.yml").write_bytes(b"mine")
    init(monkeypatch, *SHORT)
    assert Path("plan.yml").read_bytes() == b"mine"


@pytest.mark.parametrize(
    "text", ["two\nlines", "tab\there", "bell\a", "\ud800", "zero\u200bwidth"], ids=ascii
)
@pytest.mark.parametrize(
    "option", ["--name", "--target", "--year", "--currency", "--buffer", "--new-business"]
)
def test_text_that_is_no_line_is_refused(option: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()
    value = f"{text}=1万" if option == "--new-business" else text
    others = [*SHORT] if option not in SHORT else []
    shown = init(monkeypatch, *others, option, value)
    assert (shown.status, everything()) == (2, before)
    assert f"{option}:1:" in shown.text


@pytest.mark.parametrize("space", ["\u3000", "\u00a0", "  "], ids=ascii)
def test_spaces_of_any_kind_are_spaces(space: str, monkeypatch: pytest.MonkeyPatch) -> None:
    init(monkeypatch, *SHORT, "--name", f"My{space}shop{space}")
    assert load_plan("plan.yaml").title == "My shop"
