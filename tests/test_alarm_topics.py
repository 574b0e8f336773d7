"""Whom the alarms of a Lambda Region notify."""

from collections.abc import Callable
from pathlib import Path

import pytest

from patchbay import environments
from patchbay.alarm_topics import topic_arns
from patchbay.errors import UserError

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


def test_more_topics_of_instances_than_an_alarm_notifies_are_refused(project: Path) -> None:
    environment = environments.load("dev", project)
    one = environment.instances[0]
    named = [one.model_copy(update={"alarm_topic_arn": f"{INSTANCES}-{number}"}) for number in range(6)]
    five, six = (environment.model_copy(update={"instances": tuple(named[:count])}) for count in (5, 6))
    assert len(topic_arns(five, REGION)) == 5
    with pytest.raises(UserError, match=f"the instances of {REGION} name 6 alarm topics"):
        topic_arns(six, REGION)
