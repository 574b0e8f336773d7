"""The lint before a deploy: errors stop it, warnings are shown."""

from collections.abc import Callable
from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Annotations, Match

import app as cdk_app
from patchbay import environments
from patchbay.errors import UserError

Edit = Callable[[str, str, str], Path]
TUTORIAL = "flows/tutorial.json"


def test_an_error_stops_the_synth_with_a_sentence(edit: Edit) -> None:
    environment = environments.load("dev", edit(TUTORIAL, "$.External.websiteUrl", "$.External.webSite"))

    with pytest.raises(UserError) as caught:
        environments.rendered_flows(environment, environment.instances[0])

    assert str(caught.value).startswith(
        "flows/tutorial.json: block 'Keep the answer': reads $.External.webSite, but tutorial returns"
    )
    assert str(caught.value).endswith("[unknown-key]")


def test_errors_of_all_flows_are_told_at_once(edit: Edit) -> None:
    edit(TUTORIAL, '"{{time_limit:tutorial}}"', '"9"')
    root = edit("flows/check_balance.json", '"{{time_limit:customer_lookup}}"', '"1"')
    environment = environments.load("dev", root)

    with pytest.raises(UserError) as caught:
        environments.rendered_flows(environment, environment.instances[0])

    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == [
        "flows/tutorial.json",
        "flows/check_balance.json",
    ]


def test_each_error_is_a_line_of_its_own_and_the_exit_code_is_2(
    edit: Edit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(TUTORIAL, '"{{time_limit:tutorial}}"', '"9"')
    environment = environments.load("dev", edit(TUTORIAL, "$.External.websiteUrl", "$.External.webSite"))
    monkeypatch.setattr(environments, "load", lambda _: environment)

    with pytest.raises(SystemExit) as ended:
        cdk_app.main()

    lines = capsys.readouterr().err.splitlines()
    assert ended.value.code == 2
    assert len(lines) == 2
    assert all(line.startswith("patchbay: flows/tutorial.json: block ") for line in lines)


def test_a_warning_stops_nothing_and_is_shown_by_the_cdk(edit: Edit) -> None:
    root = edit(TUTORIAL, '"ResponseValidation": {"ResponseType": "{{response:tutorial}}"}', '"Other": "1"')
    environment = environments.load("dev", root)
    instance = environment.instances[0]
    stack = cdk.Stack()

    rendered = environments.rendered_flows(environment, instance)
    cdk_app.show(environments.flow_remarks(rendered, environment, instance), stack)

    shown = Annotations.from_stack(stack)
    for rule in ("response-type-missing", "invoke-parameter"):
        shown.has_warning("*", Match.string_like_regexp(rf"block 'Look up the balance'.*\[{rule}\]"))
