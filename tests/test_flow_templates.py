"""Placeholders in flows."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from patchbay import environments, flow_templates
from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.limits import FLOW_CONTENT_MAX_CHARS
from tests import few_samples

PREFERRED = "arn:aws:lambda:us-west-2:000000000000:function:patchbay-local-tutorial:live"
FALLBACK = PREFERRED.replace("us-west-2", "us-east-1")

Edit = Callable[[str, str, str], Path]


def flow(**parameters: object) -> str:
    action = {
        "Identifier": "Ask",
        "Type": "InvokeLambdaFunction",
        "Parameters": parameters,
        "Transitions": {},
    }
    return json.dumps({"Version": "2019-10-30", "StartAction": "Ask", "Actions": [action]}, indent=2)


def render(text: str, environment: Environment | None = None) -> str:
    environment = environment or environments.load("local")
    return flow_templates.render(text, environment, environment.instances[0], "flows/x.json")


def parameters(text: str) -> dict[str, object]:
    found = json.loads(render(text))["Actions"][0]["Parameters"]
    assert isinstance(found, dict)
    return found


def test_each_placeholder_is_filled() -> None:
    filled = parameters(
        flow(
            a="{{function:tutorial}}",
            b="{{function:tutorial:fallback}}",
            c="{{time_limit:tutorial}}",
            d={"ResponseType": "{{response:account_service}}"},
            e=["{{resource:queue_support}}"],
            f="within {{time_limit:tutorial}} s",
        )
    )

    assert filled["a"] == PREFERRED
    assert filled["b"] == FALLBACK
    assert filled["c"] == "3"
    assert filled["d"] == {"ResponseType": "JSON"}
    assert str(filled["e"]).count("queue/") == 1
    assert filled["f"] == "within 3 s"


def test_keys_are_filled_too() -> None:
    assert parameters(flow(**{"{{time_limit:tutorial}}": "x"})) == {"3": "x"}


def test_a_group_of_one_region_is_its_own_fallback() -> None:
    environment = few_samples.load("dev")

    content = render(flow(a="{{function:tutorial:fallback}}"), environment)

    assert environment.alias_arn("tutorial", "eu-west-2") in content


def test_the_result_is_compact_json_with_its_letters_kept() -> None:
    assert '"a":"grün"' in render(flow(a="grün"))


def test_what_is_no_placeholder_stays() -> None:
    assert parameters(flow(a="{x} } $.Attributes.a", b=5, c=None)) == {
        "a": "{x} } $.Attributes.a",
        "b": 5,
        "c": None,
    }


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "{{lambda:tutorial}}",
            r"\{\{lambda:tutorial\}\} is no placeholder: write one of \{\{function:NAME\}\}",
        ),
        ("{{function}}", "is no placeholder"),
        ("{{function:tutorial:other}}", "is no placeholder"),
        ("{{time_limit:tutorial:fallback}}", "is no placeholder"),
        ("{{}}", "is no placeholder"),
        ("{{function:nobody}}", "names no function of this environment: the instance lists tutorial,"),
        ("{{time_limit:nobody}}", "names no function of this environment"),
        ("{{resource:nothing}}", "names no resource of instance americas: it has queue_support"),
        ("{{function:tutorial}", "open placeholder"),
        ("{{function:{{x}}}}", "no placeholder"),
    ],
)
def test_what_cannot_be_filled_is_named_with_file_and_block(written: str, said: str) -> None:
    with pytest.raises(UserError, match=f"^flows/x.json: block 'Ask': .*{said}"):
        render(flow(a=written))


def test_outside_a_block_the_file_is_named() -> None:
    data = {**json.loads(flow()), "Metadata": {"name": "{{nothing}}"}}

    with pytest.raises(UserError, match=r"^flows/x.json: \{\{nothing\}\} is no placeholder"):
        render(json.dumps(data))


def test_a_function_that_this_instance_does_not_list_is_refused(edit: Edit) -> None:
    root = edit("environments/local.toml", 'functions = ["tutorial", ', "functions = [")

    with pytest.raises(
        UserError, match="names no function of this environment: the instance lists customer_lookup"
    ):
        render(flow(a="{{function:tutorial}}"), environments.load("local", root))


def test_a_function_of_another_instance_is_refused(edit: Edit) -> None:
    root = edit(
        "environments/local.toml",
        "[[instances]]",
        """[[instances]]
name = "first"
arn = "arn:aws:connect:us-east-1:000000000000:instance/99999999-2222-3333-4444-555555555555"
alias = "first"
region_group = "americas"
functions = ["customer_lookup"]

[[instances]]""",
    )

    with pytest.raises(
        UserError, match="names no function of instance first: the instance lists customer_lookup"
    ):
        render(flow(a="{{function:tutorial}}"), environments.load("local", root))


def test_a_function_that_is_being_removed_must_leave_the_flow_first(edit: Edit) -> None:
    root = edit(
        "lambdas/tutorial/function.toml", "time_limit_seconds = 3", "time_limit_seconds = 3\nremoved = true"
    )

    with pytest.raises(UserError, match="removed = true: take it out of the flow first"):
        render(flow(a="{{function:tutorial}}"), environments.load("local", root))


def test_a_flow_invokes_functions_of_kind_flow_only(edit: Edit) -> None:
    root = edit(
        "lambdas/tutorial/function.toml", "time_limit_seconds = 3", 'time_limit_seconds = 3\nkind = "worker"'
    )

    with pytest.raises(UserError, match="kind worker: a flow may invoke the kind flow only"):
        render(flow(a="{{function:tutorial}}"), environments.load("local", root))


@pytest.mark.parametrize("text", ["", "{", "[]", '"flow"'])
def test_what_is_no_flow_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"^flows/x\.json: the flow is n"):
        render(text)


def test_a_flow_that_connect_would_not_take_is_refused() -> None:
    with pytest.raises(UserError, match="256000"):
        render(flow(a="x" * FLOW_CONTENT_MAX_CHARS))


def test_placeholders_are_listed_in_order() -> None:
    found = flow_templates.placeholders(flow(a="{{function:tutorial:fallback}} {{unknown}}"))

    assert [(p.kind, p.arguments, p.block) for p in found] == [
        ("function", ("tutorial", "fallback"), "Ask"),
        ("unknown", (), "Ask"),
    ]


def test_what_is_no_placeholder_is_listed_too_where_nothing_is_filled() -> None:
    found = flow_templates.placeholders(flow(a="{{function:tutorial", b="{{lambda:x}}"))

    assert [(p.kind, p.text, p.block) for p in found] == [
        (flow_templates.OPEN, "'{{function:tutorial'", "Ask"),
        ("lambda", "{{lambda:x}}", "Ask"),
    ]
    assert [flow_templates.complaint(p) for p in found] == ["holds an open placeholder", "is no placeholder"]


@pytest.mark.parametrize(
    "text",
    ["{{function:x}}", "{{function:x:fallback}}", "{{time_limit:x}}", "{{response:x}}", "{{resource:x}}"],
)
def test_of_what_an_environment_may_fill_nothing_is_complained(text: str) -> None:
    (found,) = flow_templates.placeholders(flow(a=text))

    assert flow_templates.complaint(found) == ""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("{{time_limit:tutorial}}", ("time_limit", "tutorial")),
        ("{{function:tutorial:fallback}}", ("function", "tutorial", "fallback")),
        ("{{a}} and {{b}}", ("",)),
        ("5", ("",)),
        ("", ("",)),
    ],
)
def test_a_text_that_is_one_placeholder_is_taken_apart(text: str, parts: tuple[str, ...]) -> None:
    assert flow_templates.whole(text) == parts
