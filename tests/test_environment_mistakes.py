"""Every mistake in an environment file gets one sentence, before anything is built."""

from collections.abc import Callable
from pathlib import Path

import pytest

from patchbay import environments
from patchbay.errors import UserError

Edit = Callable[[str, str, str], Path]
DEV, LOCAL, PROD = "environments/dev.toml", "environments/local.toml", "environments/prod.toml"
TUTORIAL = "lambdas/tutorial/function.toml"
HANDLER = "lambdas/tutorial/handler.py"
TOPICS = "[region_groups.main.alarm_topics]\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (DEV, "account =", "acount =", "acount is not a known key: did you mean account?"),
        (DEV, "region_group = ", "group = ", "instances.0.group is not a known key"),
        (DEV, 'app = "patchbay"', "", "app is missing: add it"),
        (DEV, '"111122223333"\n', '"1111"\n', "account: '1111' is not an account id: write its 12 digits"),
        (
            DEV,
            'instance/22222222-3333-4444-5555-666666666666"\nalias',
            'queue/x"\nalias',
            "not the ARN of a Connect",
        ),
        (DEV, 'arn = "arn:aws:connect', 'arn = "connect', "is not an ARN"),
        (
            DEV,
            "[release]",
            f'{TOPICS}us-east-1 = "arn:aws:sns:us-east-1:111122223333:on-call"\n[release]',
            "alarm_topics names 'us-east-1': use the Regions of the group, eu-west-2",
        ),
        (
            DEV,
            "[release]",
            f'{TOPICS}eu-west-2 = "arn:aws:sns:eu-west-1:111122223333:on-call"\n[release]',
            "is not an SNS topic of eu-west-2, and an alarm notifies none of another Region: "
            "write arn:aws:sns:eu-west-2:ACCOUNT:NAME",
        ),
        (
            DEV,
            "[release]",
            f'{TOPICS}eu-west-2 = "on-call"\n[release]',
            "'on-call' is not an ARN",
        ),
        (
            DEV,
            'region_group = "main"',
            'region_group = "mian"',
            "region_group 'mian', but the groups are main",
        ),
        (
            DEV,
            'queue_support = "arn:aws:connect:eu-west-2',
            'queue_support = "arn:aws:connect:eu-west-1',
            "eu-west-1",
        ),
        (DEV, 'queue_support = "arn', 'queue_support = "arm', "is not an ARN"),
        (DEV, '["eu-west-2"]', '["europe"]', "regions.0: 'europe' is not a Region"),
        (DEV, '["eu-west-2"]', "[]", "at least 1 item"),
        (DEV, '"all-at-once"', '"linear"', "'all-at-once' or 'canary', but it is 'linear'"),
        (DEV, '"all-at-once"', '"canary"\nmax_hours = 721', "721 is out of range: use 0 to 720 hours"),
        (DEV, '"all-at-once"', '"canary"\nmax_hours = 0', "allow more than 0.05 hours"),
        (DEV, '"all-at-once"', '"canary"\nmax_hours = nan', "nan is out of range: use 0 to 720 hours"),
        (DEV, '"all-at-once"', '"canary"\nwatch_hours = -1', "watch_hours: -1 is out of range: use 0 to"),
        (DEV, '"all-at-once"', '"canary"\nperiod_seconds = 0', "period_seconds: 0 is out of range: use 1 to"),
        (
            DEV,
            '"all-at-once"',
            '"canary"\nperiod_seconds = 1.5',
            "period_seconds: Input should be a valid int",
        ),
        (DEV, '"all-at-once"', '"canary"\nsettle_seconds = -1', "settle_seconds: -1 is out of range: use 0"),
        (
            DEV,
            '"all-at-once"',
            '"canary"\nwatch_period_seconds = 4000',
            "4000 is out of range: use 1 to 3600",
        ),
        (DEV, '"all-at-once"', '"canary"\nmax_hour = 4', "did you mean max_hours?"),
        (TUTORIAL, "time_limit", 'strategy = "canry"\ntime_limit', "'all-at-once' or 'canary', but it is"),
        (
            TUTORIAL,
            "time_limit",
            'strategy = "canary"\nkind = "worker"\ntime_limit',
            "a function of kind worker has none: drop strategy, or set it to all-at-once",
        ),
        (DEV, '"tutorial", "customer', '"no_such", "customer', "function 'no_such' has no folder"),
        (DEV, '"tutorial", "check', '"no_flow", "check', "lists flow 'no_flow', but flows/ has"),
        (DEV, 'app = "patchbay"', f'app = "{"p" * 50}"', "but AWS allows 64"),
        (PROD, "# [functions.customer_lookup]", "[functions.customer_lookup]", "no instance lists"),
        (DEV, "app =", "app =\n=", "not valid TOML"),
        (DEV, '["eu-west-2"]', '["eu-wset-2"]', "did you mean eu-west-2?"),
        (DEV, '"tutorial", "customer', '"tutorial", "tutorial", "customer', "is there more than once"),
        (HANDLER, "def handler", "def handle", "defines no `handler`"),
        (HANDLER, "def handler", "def handler(", "is not Python"),
        (DEV, 'app = "patchbay"', 'app = "aws-voice"', "begins with aws or ssm"),
        (
            LOCAL,
            '"us-east-1"]',
            '"us-east-1"]\ntables_in = "eu-west-1"',
            "use one of regions, us-west-2, us-east-1",
        ),
        (
            TUTORIAL,
            "time_limit",
            "environment = { AWS_X = 'x' }\ntime_limit",
            "cannot be an environment variable",
        ),
        (
            TUTORIAL,
            "time_limit",
            f"environment = {{ BIG = '{'x' * 5000}' }}\ntime_limit",
            "Lambda allows 4096",
        ),
        (TUTORIAL, 'description = "', f'description = "{"x" * 300}', "at most 256 characters"),
        (
            LOCAL,
            '"us-west-2", "us-east-1"',
            '"us-west-2", "us-west-2"',
            "Region 'us-west-2' is there more than once",
        ),
        (
            "lambdas/tutorial/function.toml",
            "time_limit_seconds = 3",
            "time_limit_seconds = 9",
            "1 to 8 seconds",
        ),
        (TUTORIAL, "description", "descripton", "did you mean description?"),
        ("lambdas/customer_lookup/function.toml", "customers", "clients", "uses table 'clients'"),
    ],
)
def test_a_mistake_is_one_sentence(edit: Edit, file: str, old: str, new: str, sentence: str) -> None:
    root = edit(file, old, new)
    with pytest.raises(UserError) as caught:
        _load_all(root)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def _load_all(root: Path) -> None:
    for name in environments.available(root):
        environments.load(name, root)
