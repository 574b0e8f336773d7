"""What a cold start loads."""

import subprocess
import sys

from tests.lambdas.invocations import LAMBDAS


def test_a_handler_without_tables_does_not_load_boto3() -> None:
    script = "import sys, tutorial.handler; print('boto3' in sys.modules, 'pydantic' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=LAMBDAS
    )
    assert run.stdout.split() == ["False", "False"]
