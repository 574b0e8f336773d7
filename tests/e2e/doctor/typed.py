"""Commands that findings propose, typed: `patchbay` in this process, the AWS CLI by boto3."""

import contextlib
import io
import shlex
from typing import Any

import pytest
from botocore import xform_name

from patchbay import environments, main
from tests.commands.conftest import Answer
from tests.e2e.deployed import Deployed


def patchbay(deployed: Deployed, command: str) -> Answer:
    """`patchbay ...`, on the deployment."""
    program, *arguments = shlex.split(command)
    assert program == "patchbay", command
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.setattr(environments.load, "__defaults__", (deployed.root,))
        patch.setenv("AWS_ENDPOINT_URL", deployed.local.url)
        code = main.run(arguments)
    return Answer(code, out.getvalue(), err.getvalue())


def aws(deployed: Deployed, command: str) -> Any:
    """`aws SERVICE OPERATION --region REGION --OPTION VALUE ...`: each option must be one of the request."""
    program, service, operation, *options = shlex.split(command)
    assert program == "aws", command
    given = dict(zip(options[::2], options[1::2], strict=True))
    client: Any = deployed.aws.client(service, given.pop("--region"))  # type: ignore[call-overload]
    method = operation.replace("-", "_")
    shape = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[method]).input_shape
    names = {f"--{xform_name(name, '-')}": name for name in shape.members}
    return getattr(client, method)(**{names[option]: _value(text) for option, text in given.items()})


def _value(text: str) -> Any:
    """The CLI's shorthand for a structure with one empty map."""
    return {text.removesuffix("={}"): {}} if text.endswith("={}") else text
