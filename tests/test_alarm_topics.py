"""Whom the alarms of a Lambda Region notify."""

from collections.abc import Callable
from pathlib import Path

from patchbay import environments
from patchbay.alarm_topics import topic_arns

Edit = Callable[[str, str, str], Path]
DEV, REGION, ACCOUNT = "environments/dev.toml", "eu-west-2", "111122223333"
OURS = f"arn:aws:sns:{REGION}:{ACCOUNT}:on-call"
INSTANCES = f"arn:aws:sns:{REGION}:{ACCOUNT}:contact-centre"
ALIAS = 'alias = "example-dev"'


def found(root: Path) -> tuple[str, ...]:
    return topic_arns(environments.load("dev", root), REGION)


def test_without_a_topic_in_the_file_there_is_none(project: Path) -> None:
    assert found(project) == ()


def test_the_group_names_a_topic_for_each_region(edit: Edit) -> None:
    edit(DEV, ALIAS, f'{ALIAS}\nalarm_topic_arn = "{INSTANCES}"')
    named = f'[region_groups.main.alarm_topics]\n{REGION} = "{OURS}"\n\n[release]'
    assert found(edit(DEV, "[release]", named)) == (OURS,)


def test_otherwise_it_is_the_instances_topic_where_that_is_in_the_same_region(edit: Edit) -> None:
    assert found(edit(DEV, ALIAS, f'{ALIAS}\nalarm_topic_arn = "{INSTANCES}"')) == (INSTANCES,)


def test_the_topic_of_another_account_is_not_taken_from_the_instance(edit: Edit) -> None:
    other = INSTANCES.replace(ACCOUNT, "444455556666")
    assert found(edit(DEV, ALIAS, f'{ALIAS}\nalarm_topic_arn = "{other}"')) == ()
