"""Where functions keep files."""

from collections.abc import Sequence

from aws_cdk import Duration, RemovalPolicy, aws_s3
from constructs import Construct

from patchbay.naming import construct_id

KEEP_DAYS = 90
"""Objects hold what customers said and did: they go by themselves."""


class Buckets(Construct):
    """Every bucket that the Region's functions name, by that name; the real names are generated.

    Private, encrypted, over TLS only, and of its Region alone: nothing is replicated. A bucket outlives its
    stack, for the objects in it.
    """

    def __init__(self, scope: Construct, id_: str, *, names: Sequence[str]) -> None:
        super().__init__(scope, id_)
        self.buckets: dict[str, aws_s3.IBucket] = {name: self._bucket(name) for name in names}

    def _bucket(self, name: str) -> aws_s3.Bucket:
        return aws_s3.Bucket(
            self,
            construct_id(name),
            block_public_access=aws_s3.BlockPublicAccess.BLOCK_ALL,
            encryption=aws_s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            lifecycle_rules=[aws_s3.LifecycleRule(expiration=Duration.days(KEEP_DAYS))],
            removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        )
