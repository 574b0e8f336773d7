"""`patchbay logs`: what it does not take."""

import pytest

from tests.commands.conftest import Cli


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ("nobody",),
            "function 'nobody' is not in environment local: there are tutorial, customer_lookup, "
            "account_service",
        ),
        (
            ("tutorial", "--since", "10"),
            "--since '10' is not a length of time: write for instance 90s, 10m, 1h or 2d",
        ),
        (
            ("tutorial", "--region", "eu-west-2"),
            "--region 'eu-west-2' does not have tutorial: it runs in us-west-2, us-east-1",
        ),
    ],
)
def test_bad_input_is_one_sentence(cli: Cli, arguments: tuple[str, ...], complaint: str) -> None:
    assert cli("logs", *arguments, "--env", "local").complaint == complaint
