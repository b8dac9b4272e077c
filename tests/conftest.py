"""What all tests share."""

import os

import pytest
from hypothesis import HealthCheck, settings

# The examples of "ci" are the same in each run; "thorough" looks further, and elsewhere each time.
# A slow machine makes a plan slowly, which says nothing about the plan: `too_slow` and `deadline` are off.
_CHECKS = [HealthCheck.too_slow]
settings.register_profile(
    "ci", max_examples=200, deadline=None, derandomize=True, database=None, suppress_health_check=_CHECKS
)
settings.register_profile("thorough", max_examples=5000, deadline=None, suppress_health_check=_CHECKS)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden`: for golden cases and the screens in the documentation."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what the program prints now into the golden files and the documentation",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether expectations are to be written anew instead of compared."""
    return bool(request.config.getoption("--update-golden"))
