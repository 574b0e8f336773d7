"""`patchbay explain`: what it does not take."""

import pytest

from tests.commands.conftest import Cli

CONTACT = "fba006bc-e6ed-4f17-b7a1-000000000000"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ("fba006bc",),
            "'fba006bc' is not a contact id: write its UUID, as `patchbay call` and the flow log name it",
        ),
        (
            (),
            "neither CONTACT_ID nor --recent: name a contact, or write --recent for the failures of a period",
        ),
        (
            (CONTACT, "--recent"),
            "both CONTACT_ID and --recent: name a contact, or write --recent for the failures of a period",
        ),
        (
            (CONTACT, "--since", "yesterday"),
            "--since 'yesterday' is not a length of time: write for instance 90s, 10m, 1h or 2d",
        ),
        (
            ("--recent", "--since", "0m"),
            "--since '0m' is not a length of time: write for instance 90s, 10m, 1h or 2d",
        ),
    ],
)
def test_bad_input_is_one_sentence(cli: Cli, arguments: tuple[str, ...], complaint: str) -> None:
    assert cli("explain", *arguments, "--env", "local").complaint == complaint


def test_an_environment_that_is_not_there_is_one_sentence(cli: Cli) -> None:
    assert "nowhere" in cli("explain", CONTACT, "--env", "nowhere").complaint
