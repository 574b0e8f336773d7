"""What function.toml says of variables, bot and runtime, and what of it makes a version another."""

from typing import Any

import pytest
from aws_cdk.assertions import Template

from patchbay.functions import Function
from stacks.components import contact_function
from stacks.runtime import NODE
from tests.stacks.conftest import Templates
from tests.stacks.made_up import BOT
from tests.stacks.reading import EAST, INSTANCE, WEST, function, here, logical_id

LIVE = "arn:aws:lambda:us-west-2:000000000000:function:patchbay-local-{}:live"


@pytest.fixture
def west(asking: Templates) -> Template:
    return asking[WEST]


def test_placeholders_of_the_environment_are_filled(west: Template) -> None:
    variables = function(west, "asker")["Environment"]["Variables"]
    assert variables == {
        "INSTANCE_IDS": INSTANCE.rpartition("/")[2],
        "LETTERS": {
            "Fn::Join": ["", ["s3://", {"Ref": logical_id(west, "S3::Bucket", "BucketsLetters")}, "/in"]]
        },
        "KEY": {"Ref": logical_id(west, "SecretsManager::Secret", "SecretsSigning")},
        "DOER": here("doer"),
        "PATCHBAY_RESPONSE_TYPE": "STRING_MAP",
        "POWERTOOLS_SERVICE_NAME": "asker",
    }


def test_regions_agree_on_functions_but_for_the_bucket_of_the_code_and_on_fingerprints(
    asking: Templates,
) -> None:
    def functions(region: str) -> list[dict[str, Any]]:
        found = [function(asking[region], name) for name in ("asker", "doer", "sweeper", "noded")]
        return [{**properties, "Code": properties["Code"]["S3Key"]} for properties in found]

    def fingerprints(region: str) -> list[str]:
        found = asking[region].find_resources("Custom::LiveAlias").values()
        return [alias["Properties"]["Fingerprint"] for alias in found]

    assert functions(WEST) == functions(EAST)
    assert len(fingerprints(WEST)) == 7
    assert fingerprints(WEST) == fingerprints(EAST)


def test_a_flows_function_with_a_bot_may_be_invoked_by_both(west: Template) -> None:
    permissions = west.find_resources(
        "AWS::Lambda::Permission", {"Properties": {"FunctionName": LIVE.format("asker")}}
    )
    found = {name: permission["Properties"] for name, permission in permissions.items()}
    sources = {
        properties["Principal"]: (properties["SourceAccount"], properties["SourceArn"])
        for properties in found.values()
    }
    assert sources == {
        "connect.amazonaws.com": ("000000000000", INSTANCE),
        "lexv2.amazonaws.com": ("000000000000", BOT),
    }
    assert all(p["DependsOn"][0].startswith("AskerLive") for p in permissions.values())
    connect = next(name for name, p in found.items() if p["Principal"] == "connect.amazonaws.com")
    assert connect.startswith("AskerLiveInvokedByAmericas")


def test_a_node_function_has_its_runtime_and_no_layer_of_python(west: Template) -> None:
    node = function(west, "noded")
    assert (node["Runtime"], node["Handler"]) == (NODE.name, "noded/handler.handler")
    assert "Layers" not in node
    assert node["Environment"]["Variables"] == {
        "PATCHBAY_RESPONSE_TYPE": "STRING_MAP",
        "POWERTOOLS_SERVICE_NAME": "noded",
    }
    assert len(function(west, "tutorial")["Layers"]) == 1


@pytest.mark.parametrize(
    "apart",
    [
        {"secrets": ["signing"]},
        {"buckets": {"letters": "read"}},
        {"invokes": ["doer"]},
        {"bot": "bot_asked"},
        {"permissions": [{"actions": ["sns:Publish"], "resources": ["*"]}]},
        {"kind": "worker", "retry_attempts": 0},
    ],
    ids=lambda apart: next(reversed(apart)),
)
def test_what_lies_beside_a_version_is_no_part_of_its_fingerprint(apart: dict[str, Any]) -> None:
    plain = {key: value for key, value in apart.items() if key == "kind"}
    assert fingerprint(**apart) == fingerprint(**plain)


def test_code_layer_runtime_and_instances_are_part_of_the_fingerprint() -> None:
    parts = ["code", "layer", "python3.14"]
    found = {
        contact_function._fingerprint(settings(), *parts[:place], "other", *parts[place + 1 :])
        for place in range(len(parts))
    }
    found |= {fingerprint(), contact_function._fingerprint(settings(), *parts, "id-1")}
    assert len(found) == 5


def settings(**keys: Any) -> Function:
    return Function.model_validate({"name": "asker", "description": "Asks", "time_limit_seconds": 3, **keys})


def fingerprint(**keys: Any) -> str:
    return contact_function._fingerprint(settings(**keys), "code", "layer", "python3.14")
