"""Where finished releases leave their reports."""

from aws_cdk import Duration, RemovalPolicy, aws_s3
from constructs import Construct


class ReleaseReports(Construct):
    """A bucket with a generated name. Reports hold counts and versions, no caller data."""

    def __init__(self, scope: Construct, id_: str) -> None:
        super().__init__(scope, id_)
        self.bucket = aws_s3.Bucket(
            self,
            "Resource",
            block_public_access=aws_s3.BlockPublicAccess.BLOCK_ALL,
            encryption=aws_s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            lifecycle_rules=[aws_s3.LifecycleRule(expiration=Duration.days(400))],
            # A bucket with reports in it cannot be deleted; a failed first deploy leaves none.
            removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        )
