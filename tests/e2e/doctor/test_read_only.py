"""What the doctor asks AWS."""

from dataclasses import replace
from typing import Any

import pytest

from patchbay.aws import Aws
from patchbay.rights import READING
from tests.e2e.doctor.conftest import Doctor

_NEED_NONE = {"GetCallerIdentity"}
_NEVER_ASKED_HERE = {"AssumeRole"}
"""No instance of this deployment is in another account."""


def test_it_asks_for_what_its_policy_allows_and_changes_nothing(doctor: Doctor) -> None:
    aws, asked = Aws(doctor.deployed.environment, doctor.deployed.local.url), set()
    made = aws._new_client

    def listened_to(*arguments: Any) -> Any:
        client = made(*arguments)
        client.meta.events.register("before-call", lambda model, **_: asked.add(model.name))
        return client

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aws, "_new_client", listened_to)
        replace(doctor, deployed=replace(doctor.deployed, aws=aws)).examine()

    assert asked == READING.keys() - _NEVER_ASKED_HERE | _NEED_NONE
