"""Placeholders in function.toml, and what a function may name there: each mistake is one sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from patchbay import environments, function_environment
from patchbay.errors import UserError
from patchbay.functions import Function

Edit = Callable[[str, str, str], Path]
TUTORIAL, LOCAL = "lambdas/tutorial/function.toml", "environments/local.toml"
WHERE = "lambdas/tutorial/function.toml (or [functions.tutorial] of environments/local.toml): "
BOT = "arn:aws:lex:us-east-1:000000000000:bot-alias/AAAAAAAAAA/BBBBBBBBBB"
DECLARED = """
invokes = ["customer_lookup"]
secrets = ["signing"]
buckets = { letters = "read" }
"""


def refused(root: Path) -> str:
    with pytest.raises(UserError) as caught:
        environments.load("local", root)
    return str(caught.value)


def ask(root: Path, keys: str) -> Path:
    path = root / TUTORIAL
    path.write_text(f"{keys}\n{path.read_text()}")
    return root


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ("{{bucket:lettres}}", "buckets has letters: add 'lettres' to buckets, or use a name from there"),
        ("{{secret:sealing}}", "secrets has signing: add 'sealing' to secrets, or use a name from there"),
        ("{{function:account_service}}", "invokes has customer_lookup: add 'account_service' to invokes"),
        ("a-{{bucket:letters}}-{{bucket:}}", "buckets has letters: add '' to buckets"),
        ("{{instance}}", "{{instance}} is no placeholder: there are {{instance_ids}}, {{bucket:NAME}}"),
        ("{{instance_ids:all}}", "{{instance_ids:all}} is no placeholder"),
        ("{{ bucket:letters }}", "{{ bucket:letters }} is no placeholder"),
        ("{{queue:support}}", "{{queue:support}} is no placeholder"),
    ],
)
def test_a_placeholder_that_nothing_fills_is_refused(project: Path, value: str, complaint: str) -> None:
    root = ask(project, f'{DECLARED}environment = {{ PLACE = "{value}" }}')
    assert refused(root).startswith(f"{WHERE}environment.PLACE is {value!r}, but {complaint}")


def test_a_name_that_nothing_declares_is_told_so(project: Path) -> None:
    root = ask(project, 'environment = { PLACE = "{{bucket:letters}}" }')
    assert "buckets has nothing: add 'letters' to buckets" in refused(root)


def test_declared_placeholders_are_accepted(project: Path) -> None:
    places = "{{instance_ids}} {{bucket:letters}} {{secret:signing}} {{function:customer_lookup}} {plain}"
    root = ask(project, f'{DECLARED}environment = {{ PLACE = "{places}" }}')
    assert environments.load("local", root).functions["tutorial"].environment == {"PLACE": places}


def test_a_placeholder_that_is_not_closed_is_refused(project: Path) -> None:
    root = ask(project, f'{DECLARED}environment = {{ PLACE = "{{{{bucket:letters}}" }}')
    assert refused(root).startswith(
        f"{WHERE}environment.PLACE is '{{{{bucket:letters}}', but nothing closes its {{{{: there are"
    )


def test_a_value_may_hold_json(project: Path) -> None:
    root = ask(project, """environment = { PLACE = '{"a": {"b": 1}}' }""")
    assert environments.load("local", root).functions["tutorial"].environment["PLACE"]


@pytest.mark.parametrize(
    ("permission", "complaint"),
    [
        ('actions = ["Publish"]\nresources = ["*"]', "'Publish' is no action: write SERVICE:ACTION"),
        ('actions = ["*"]\nresources = ["*"]', "'*' is no action: write SERVICE:ACTION"),
        ('actions = ["s3:GetObject"]\nresources = ["letters/*"]', "'letters/*' is no resource: write an ARN"),
        (
            'actions = ["sns:Publish"]\nexcept_resources = ["{{instance}}"]',
            "one of except_resources is '{{instance}}', but nothing is filled there: write it out",
        ),
    ],
)
def test_a_permission_that_iam_would_not_take_or_that_is_everything_is_refused(
    project: Path, permission: str, complaint: str
) -> None:
    path = project / TUTORIAL
    path.write_text(f"{path.read_text()}\n[[permissions]]\n{permission}\n")
    assert complaint in refused(project)


@pytest.mark.parametrize("key", ["$.External.balance", "Balance.", "", "Balance Savings"])
def test_a_returned_key_is_one_that_a_flow_can_read(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="is no key that a flow can read: write what follows"):
        Function(name="f", description="F", time_limit_seconds=3, returns=(key,))


def test_a_resource_of_a_permission_has_the_instance_as_its_only_placeholder(project: Path) -> None:
    table = '[[permissions]]\nactions = ["s3:GetObject"]\nresources = ["arn:aws:s3:::{{bucket:x}}/*"]\n'
    path = project / TUTORIAL
    path.write_text(f"{path.read_text()}\n{table}")
    assert refused(project) == (
        f"{WHERE}a resource of permissions is 'arn:aws:s3:::{{{{bucket:x}}}}/*', "
        "but only {{instance}} is filled there"
    )
    path.write_text(path.read_text().replace("arn:aws:s3:::{{bucket:x}}", "{{instance}}/contact"))
    assert environments.load("local", project).functions["tutorial"].permissions


@pytest.mark.parametrize("key", ['secrets = ["Signing-Key"]', 'buckets = { "Signing-Key" = "read" }'])
def test_a_secret_or_bucket_whose_name_cannot_be_part_of_a_construct_id_is_refused(
    project: Path, key: str
) -> None:
    assert refused(ask(project, key)) == (
        f"{WHERE}'Signing-Key' names no secret or bucket: use small letters, digits and underscores"
    )


def test_an_invoked_function_is_listed_in_the_same_regions(project: Path, edit: Edit) -> None:
    edit(LOCAL, '"customer_lookup", ', "")
    assert refused(ask(project, 'invokes = ["customer_lookup"]')) == (
        "environments/local.toml: function tutorial invokes 'customer_lookup', which no instance lists in "
        "us-west-2: add it to functions of an instance that lists tutorial, or take it out of invokes in "
        "lambdas/tutorial/function.toml"
    )


def test_a_bot_of_a_flows_function_is_one_of_the_instances_resources(project: Path, edit: Edit) -> None:
    root = ask(project, 'bot = "bot_greeter"')
    assert "serves the bot 'bot_greeter', but resources of instance americas has no such entry" in refused(
        root
    )
    edit(LOCAL, "[instances.resources]", f'[instances.resources]\nbot_greeter = "{BOT}"')
    assert environments.load("local", root).functions["tutorial"].bot == "bot_greeter"


def test_a_bot_whose_function_has_effects_is_where_flows_call_it(project: Path, edit: Edit) -> None:
    edit(LOCAL, "[instances.resources]", f'[instances.resources]\nbot_greeter = "{BOT}"')
    root = ask(project, 'bot = "bot_greeter"\neffects = true')
    assert refused(root) == (
        f"{LOCAL}: the bot {BOT} is in us-east-1, but flows invoke tutorial, which has effects, "
        "in us-west-2: use a bot there, so that nothing is done once in each Region"
    )
    edit(LOCAL, BOT, BOT.replace("us-east-1", "us-west-2"))
    assert environments.load("local", root).functions["tutorial"].effects


def test_a_bot_is_named_by_its_alias(project: Path) -> None:
    root = ask(project, 'bot = "queue_support"')
    assert "instance americas is arn:aws:connect:us-east-1" in (sentence := refused(root))
    assert sentence.endswith("use arn:aws:lex:REGION:ACCOUNT:bot-alias/BOT/ALIAS")


def test_a_bot_counts_in_the_size_of_the_policy(project: Path, edit: Edit) -> None:
    """25 instances fit, with a statement each; with one of their bots beside it they do not."""
    text = (project / LOCAL).read_text()
    instance = text[text.index("[[instances]]") :]
    more = "".join(
        instance.replace('name = "americas"', f'name = "i{n}"').replace("11111111-2222", f"11111111-{n:04}")
        for n in range(24)
    )
    (project / LOCAL).write_text(text + more)
    assert len(environments.load("local", project).instances) == 25
    edit(LOCAL, "[instances.resources]", f'[instances.resources]\nbot_greeter = "{BOT}"')
    root = ask(project, 'bot = "bot_greeter"')
    assert "25 instances may invoke tutorial in us-west-2" in refused(root)


def test_a_region_has_the_secrets_and_buckets_that_its_functions_name_once_each(project: Path) -> None:
    ask(project, 'secrets = ["b", "a"]\nbuckets = { letters = "read" }')
    path = project / "lambdas/customer_lookup/function.toml"
    path.write_text(f'secrets = ["a"]\n{path.read_text()}')
    assert environments.load("local", project).used("us-east-1") == (("a", "b"), ("letters",))


def test_every_placeholder_of_a_value_is_filled() -> None:
    seen = function_environment.fill(
        "{{bucket:x}}/{{instance_ids}}/{y}", lambda kind, name: f"<{kind},{name}>"
    )
    assert seen == "<bucket,x>/<instance_ids,>/{y}"


@pytest.mark.parametrize(
    ("value", "named"), [("{{instance_ids}}", True), ("{{secret:a}} instance_ids", False)]
)
def test_whether_a_variable_depends_on_the_instances(value: str, named: bool) -> None:
    function = Function(name="f", description="F", time_limit_seconds=3, environment={"PLACE": value})
    assert function_environment.names_instances(function) is named
