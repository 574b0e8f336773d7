"""The names in MiniStack and moto that patchbay/local reaches into: an upgrade that moves one fails here."""

import importlib.metadata
import inspect
from collections.abc import Callable

import pytest
from ministack import app as ministack
from ministack.core import responses
from ministack.services import dynamodb, lambda_svc
from ministack.services.cloudformation import provisioners
from moto.connect import models, urls
from moto.connect import responses as connect_responses
from moto.core import responses as moto_responses
from moto.core.exceptions import ServiceException
from moto.moto_server.werkzeug_app import create_backend_app

from patchbay.environments import ROOT
from patchbay.local import ministack_hooks


@pytest.mark.parametrize("package", ["ministack", "moto", "botocore"])
def test_the_installed_version_is_the_locked_one(package: str) -> None:
    lock = (ROOT / "requirements.txt").read_text().splitlines()
    pinned = next(line for line in lock if line.startswith((f"{package}==", f"{package}[")))
    assert pinned.split("==")[1].split()[0] == importlib.metadata.version(package)


def test_the_module_says_which_version_of_ministack_it_hooks_into() -> None:
    assert f"MiniStack {importlib.metadata.version('ministack')} " in str(ministack_hooks.__doc__)


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (ministack.app, ["scope", "receive", "send"]),
        (responses.set_request_account_id, ["access_key_id"]),
        (responses.get_account_id, []),
        (responses.get_region, []),
        (responses.request_scope, ["account_id", "region"]),
        (dynamodb._apply_replica_updates, ["name", "table", "updates"]),
        (dynamodb._replicate_write, ["table", "event_name", "old_item", "new_item"]),
        (
            lambda_svc._emit_lambda_logs,
            ["func", "request_id", "log_text", "error", "duration_ms", "log_source"],
        ),
        (
            models.Instance.__init__,
            [
                "self",
                "identity_management_type",
                "inbound_calls_enabled",
                "outbound_calls_enabled",
                "account_id",
                "region",
                "instance_alias",
                "tags",
            ],
        ),
        (models.ConnectBackend.describe_instance, ["self", "instance_id"]),
        (moto_responses.ActionResult.__init__, ["self", "result"]),
    ],
)
def test_a_hooked_function_takes_what_patchbay_gives_it(
    function: Callable[..., object], parameters: list[str]
) -> None:
    assert list(inspect.signature(function).parameters) == parameters


def test_ministack_calls_the_replication_by_its_module_name() -> None:
    assert "_replicate_write(table, event_name, old_item, new_item)" in inspect.getsource(
        dynamodb._emit_stream_event
    )


def test_ministack_writes_logs_by_the_module_name_and_keeps_what_a_runtime_wrote() -> None:
    assert "    _emit_lambda_logs(" in inspect.getsource(lambda_svc._execute_function_dispatch)
    written = inspect.getsource(lambda_svc._emit_lambda_logs)
    assert 'if log_source == "rie" and log_text:' in written
    assert "lines.insert(0, start)" in written


def test_provisioners_are_registered_by_type_with_these_operations() -> None:
    table = provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::GlobalTable"]
    parameters = {name: list(inspect.signature(table[name]).parameters) for name in table}
    assert parameters["create"] == ["logical_id", "props", "stack_name"]
    assert parameters["update"] == ["physical_id", "old_props", "new_props", "stack_name"]
    assert len(parameters["delete"]) == 2


def test_what_forces_a_replacement_is_registered_by_type() -> None:
    names = provisioners._REPLACING_PROPERTIES["AWS::SQS::Queue"]
    assert isinstance(names, tuple)
    assert isinstance(names[0], str)


def test_ministack_has_no_contact_flow_of_its_own() -> None:
    assert "AWS::Connect::ContactFlow" not in provisioners._RESOURCE_HANDLERS


def test_moto_reads_requests_and_writes_answers_as_the_extension_expects() -> None:
    base = connect_responses.ConnectResponse
    assert callable(base.dispatch)
    assert isinstance(base.connect_backend, property)
    for name in ("_get_param", "setup_class", "call_action"):
        assert callable(getattr(base, name))
    assert "automated_parameter_parsing" in inspect.getsource(moto_responses)
    assert "x-moto-account-id" in inspect.getsource(moto_responses.BaseResponse.get_current_account)
    assert issubclass(moto_responses.EmptyResult, moto_responses.ActionResult)
    assert isinstance(urls.url_paths, dict)
    assert callable(create_backend_app)
    error = ServiceException("Code", "words")
    assert (error.code, error.message) == ("Code", "words")


def test_moto_has_none_of_the_operations_that_patchbay_adds() -> None:
    added = (
        "associate_lambda_function",
        "list_lambda_functions",
        "create_contact_flow",
        "describe_instance_attribute",
    )
    for name in added:
        assert not hasattr(connect_responses.ConnectResponse, name)
