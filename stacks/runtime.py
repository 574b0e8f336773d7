"""The Python that handlers run on in Lambda, named once: functions and layer must agree."""

from aws_cdk import aws_lambda

PYTHON = aws_lambda.Runtime.PYTHON_3_14
"""The newest that CDK offers (a test says when that changes)."""

ARCHITECTURE = aws_lambda.Architecture.ARM_64
