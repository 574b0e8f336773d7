"""What an environment is, and what together makes it unusable, before anything is built."""

from collections.abc import Callable
from pathlib import Path

import pytest

from patchbay import environments
from patchbay.errors import UserError

Edit = Callable[[str, str, str], Path]
DEV, LOCAL, PROD = "environments/dev.toml", "environments/local.toml", "environments/prod.toml"
TUTORIAL = "lambdas/tutorial/function.toml"
HANDLER = "lambdas/tutorial/handler.py"


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
