"""What a handler raises ends the invocation and not its execution environment, as in Lambda."""

from ministack.core import lambda_runtime

from patchbay.local import warm_workers


def test_the_worker_still_reports_an_error_where_the_hook_expects_it() -> None:
    assert warm_workers.RAISED in lambda_runtime._PYTHON_WORKER_SCRIPT
