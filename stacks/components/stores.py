"""What the functions of a Region keep things in, and what each may do there."""

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import aws_dynamodb, aws_iam, aws_s3, aws_secretsmanager

from patchbay.functions import BucketAccess, Function, TableAccess

_READ_ITEMS = ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query")
_WRITE_ITEMS = (
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:ConditionCheckItem",
)


@dataclass(frozen=True)
class Stores:
    """By the names that function.toml uses."""

    tables: Mapping[str, aws_dynamodb.ITable]
    secrets: Mapping[str, aws_secretsmanager.ISecret]
    buckets: Mapping[str, aws_s3.IBucket]

    def grant(self, role: aws_iam.Role, settings: Function) -> None:
        """The access that the function asks for, and no more."""
        for table, access in settings.tables.items():
            actions = _READ_ITEMS if access is TableAccess.READ else _READ_ITEMS + _WRITE_ITEMS
            self.tables[table].grant(role, *actions)
        for secret in settings.secrets:
            arn = self.secrets[secret].secret_arn
            role.add_to_policy(
                aws_iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[arn])
            )
        for bucket, bucket_access in settings.buckets.items():
            self._grant_objects(role, self.buckets[bucket], bucket_access)

    def _grant_objects(self, role: aws_iam.Role, bucket: aws_s3.IBucket, access: BucketAccess) -> None:
        actions = []
        if access is not BucketAccess.WRITE:
            actions.append("s3:GetObject")
            # Without it, S3 answers a missing object with 403.
            role.add_to_policy(
                aws_iam.PolicyStatement(actions=["s3:ListBucket"], resources=[bucket.bucket_arn])
            )
        if access is not BucketAccess.READ:
            actions.append("s3:PutObject")
        objects = bucket.arn_for_objects("*")
        role.add_to_policy(aws_iam.PolicyStatement(actions=actions, resources=[objects]))
