"""Whose credentials these are: a probe in the wrong account would make things there."""

from patchbay.aws import Aws
from patchbay.errors import UserError
from patchbay.probe.site import Site


def check_account(aws: Aws, site: Site) -> None:
    """Raises UserError where the credentials for an account are of another one."""
    for account in dict.fromkeys((site.environment.account, site.arn.account)):
        found = aws.client("sts", site.arn.region, account).get_caller_identity()["Account"]
        if found != account:
            raise UserError(
                f"the credentials are of account {found}, but environment {site.environment.name} means "
                f'{account}: export another AWS_PROFILE, or say the way in under [accounts."{account}"]'
            )
