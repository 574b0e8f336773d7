"""The places in MiniStack's worker of Node.js that patchbay.local.warm_workers changes."""

import inspect

import pytest
from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from patchbay.local import warm_workers


@pytest.mark.parametrize("reported", warm_workers.RAISED_IN_NODE)
def test_the_worker_still_reports_an_error_where_the_hook_expects_it(reported: str) -> None:
    assert lambda_runtime._NODEJS_WORKER_SCRIPT.count(reported) == 1


def test_ministack_calls_the_warm_executor_by_its_module_name() -> None:
    dispatch = inspect.getsource(lambda_svc._execute_function_dispatch)
    assert "result = _execute_function_warm(func, event, request_id)" in dispatch


def test_a_worker_that_reports_otherwise_is_not_changed_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lambda_runtime, "_NODEJS_WORKER_SCRIPT", "settle(err)")
    monkeypatch.setattr(lambda_runtime, "_PYTHON_WORKER_SCRIPT", warm_workers.RAISED)
    with pytest.raises(RuntimeError, match="reports errors in another way"):
        warm_workers.install()
