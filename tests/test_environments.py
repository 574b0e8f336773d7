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


@pytest.mark.parametrize("name", environments.available())
def test_the_given_environments_are_usable(name: str) -> None:
    assert environments.load(name).name == name


def test_dev_has_one_region_and_prod_has_its_functions_in_two_others_than_the_instance(project: Path) -> None:
    dev, prod = environments.load("dev", project), environments.load("prod", project)
    assert len(dev.regions) == 1
    assert len(prod.regions) == 2
    assert prod.instances[0].arn.region not in prod.regions
    assert prod.release.strategy == "canary"


def test_no_environment_is_the_default(project: Path) -> None:
    with pytest.raises(UserError, match="no environment named: choose one of dev, local, prod"):
        environments.load(None, project)


def test_a_missing_environment_is_answered_with_those_that_exist(project: Path) -> None:
    with pytest.raises(UserError, match="environment 'stage' does not exist: choose one of dev, local, prod"):
        environments.load("stage", project)


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


def test_an_alias_arn_over_140_characters_is_refused(edit: Edit) -> None:
    root = edit(DEV, 'app = "patchbay"', f'app = "{"p" * 100}"')
    with pytest.raises(
        UserError, match=r"the alias ARN arn:aws:lambda:.* has \d+ characters, but AWS allows 140"
    ):
        environments.load("dev", root)


def test_a_name_that_step_functions_would_not_take_is_refused(edit: Edit) -> None:
    root = edit(PROD, 'app = "patchbay"', f'app = "{"p" * 67}"')
    with pytest.raises(UserError, match=r"p-prod-releases has 81 characters, but Step Functions allows 80"):
        environments.load("prod", root)


def test_a_function_may_meet_callers_in_another_way_than_the_environment_says(edit: Edit) -> None:
    edit(DEV, 'strategy = "all-at-once"', 'strategy = "canary"')
    root = edit(
        DEV,
        "[instances.resources]",
        '[functions.tutorial]\nstrategy = "all-at-once"\n\n[instances.resources]',
    )
    environment = environments.load("dev", root)
    strategies = {name: environment.strategy(f).value for name, f in environment.functions.items()}
    assert strategies == {
        "tutorial": "all-at-once",
        "customer_lookup": "canary",
        "account_service": "canary",
    }


def test_a_function_without_contacts_is_never_a_canary(edit: Edit) -> None:
    root = edit(TUTORIAL, "time_limit", 'kind = "worker"\ntime_limit')
    root = edit(DEV, 'strategy = "all-at-once"', 'strategy = "canary"')
    environment = environments.load("dev", root)
    assert environment.strategy(environment.functions["tutorial"]) == "all-at-once"


def test_the_machine_of_a_region_is_a_plain_string(project: Path) -> None:
    arn = environments.load("prod", project).release_machine_arn("eu-west-1")
    assert arn == "arn:aws:states:eu-west-1:111122223333:stateMachine:patchbay-prod-releases"


def test_more_functions_than_the_instance_may_have_are_refused(edit: Edit) -> None:
    root = edit(LOCAL, 'region_group = "americas"\n', 'region_group = "americas"\nfunction_quota = 5\n')
    with pytest.raises(UserError, match=r"would have 6 functions associated .*, but its quota is 5"):
        environments.load("local", root)


def test_so_many_instances_that_the_policy_outgrows_lambda_are_refused(project: Path) -> None:
    path = project / DEV
    text = path.read_text()
    instance = text[text.index("[[instances]]") : text.index("[instances.resources]")]
    more = "".join(
        instance.replace('"main"\narn', f'"i{n}"\narn').replace("22222222-3333", f"22222222-{n:04}")
        for n in range(60)
    )
    path.write_text(text + more)
    with pytest.raises(UserError, match=r"61 instances may invoke tutorial .* but Lambda allows 20480"):
        environments.load("dev", project)


def test_a_removed_function_keeps_its_permission_and_loses_its_association(edit: Edit) -> None:
    root = edit(TUTORIAL, "description", "removed = true\ndescription")
    environment = environments.load("local", root)
    instance = environment.instances[0]
    assert not any("tutorial" in arn for arn in environment.associated_arns(instance))
    assert "tutorial" in [function.name for function, _ in environment.wired("us-west-2")]


def test_an_environment_file_whose_name_cannot_be_part_of_a_stack_name_is_refused(project: Path) -> None:
    (project / DEV).rename(project / "environments/my_env.toml")
    with pytest.raises(UserError, match="environment 'my_env' is part of every name: use lower-case letters"):
        environments.load("my_env", project)


def test_a_flow_of_a_kind_that_connect_does_not_know_is_refused(edit: Edit) -> None:
    root = edit("flows/tutorial.json", '"type": "contactFlow"', '"type": "campaign"')
    environment = environments.load("local", root)
    with pytest.raises(UserError, match=r"flows/tutorial\.json: Metadata\.type is 'campaign': use one of"):
        environments.rendered_flows(environment, environment.instances[0])


def test_a_function_without_a_handler_is_refused(project: Path) -> None:
    (project / HANDLER).unlink()
    with pytest.raises(UserError, match=r"lambdas/tutorial/handler\.py is missing"):
        environments.load("dev", project)


def test_a_folder_that_python_cannot_import_is_refused(edit: Edit) -> None:
    root = edit(DEV, '"tutorial", "customer', '"open-hours", "customer')
    (root / "lambdas/tutorial").rename(root / "lambdas/open-hours")
    with pytest.raises(UserError, match="the folder 'open-hours' cannot be imported: use small letters"):
        environments.load("dev", root)


def test_a_flow_that_leads_nowhere_is_refused(edit: Edit) -> None:
    root = edit("flows/tutorial.json", '"NextAction": "Greet"', '"NextAction": "Graet"')
    environment = environments.load("local", root)
    with pytest.raises(UserError, match="leads to 'Graet', which is none of its blocks"):
        environments.rendered_flows(environment, environment.instances[0])


def _load_all(root: Path) -> None:
    for name in environments.available(root):
        environments.load(name, root)
