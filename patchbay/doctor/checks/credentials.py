"""Whether every Region answers, and for the right account."""

from collections.abc import Iterator

from patchbay.doctor import deployed
from patchbay.doctor.model import Check, Finding, Place, Scene, failed, passed, skipped
from patchbay.live.model import LiveInstance, LiveRegion, Read, Unread


def _look(scene: Scene) -> Iterator[Finding]:
    for region in scene.seen.regions:
        yield _region(scene, region)
    for instance in scene.seen.instances:
        yield _instance(scene, instance)


def _region(scene: Scene, live: LiveRegion) -> Finding:
    environment, place = scene.environment, Place(region=live.region)
    if isinstance(live.identity, Unread):
        return _unreachable(place, live.identity, f"{_whoami(live.region)}{_opt_in(scene, live.identity)}")
    account = live.identity.value
    if account == environment.account:
        return passed(place, f"the credentials lead to account {account}")
    return failed(
        place,
        f"the credentials lead to account {account}, but the environment is in {environment.account}",
        f"log in to {environment.account}, or name a way in as "
        f'[accounts."{environment.account}"] in environments/{environment.name}.toml; '
        f"then: {_whoami(live.region)}",
    )


def _opt_in(scene: Scene, unread: Unread) -> str:
    """A Region that is not enabled for the account refuses credentials that are right elsewhere (Account
    Management reference guide, "Enable or disable AWS Regions in your account")."""
    elsewhere = any(isinstance(region.identity, Read) for region in scene.seen.regions)
    if not elsewhere or "does not accept the credentials" not in unread.why:
        return ""
    return "; other Regions accept them, so look whether this one is enabled for the account"


def _instance(scene: Scene, live: LiveInstance) -> Finding:
    environment, arn, place = scene.environment, live.instance.arn, Place(instance=live.instance.name)
    if unread := deployed.elsewhere(scene, arn.account):
        return skipped(place, unread)
    if isinstance(live.alias, Read):
        return passed(place, f"Connect in {arn.region} answers for account {arn.account}")
    way = f'[accounts."{arn.account}"] with a profile or a role_arn'
    if arn.account == environment.account:
        return _unreachable(place, live.alias, _whoami(arn.region))
    return _unreachable(place, live.alias, f"correct {way} in environments/{environment.name}.toml")


def _unreachable(place: Place, unread: Unread, fix: str) -> Finding:
    """A right that is missing is no matter of reaching: the account is the right one."""
    return skipped(place, unread) if unread.right else failed(place, unread.why, fix)


def _whoami(region: str) -> str:
    return f"aws sts get-caller-identity --region {region}"


CHECK = Check(
    "credentials",
    "every Region answers, for the right account",
    "Where a Region does not answer, or another account does, nothing below says anything about callers.",
    "log in to the account that the environment file names, or correct its [accounts]",
    'AWS CLI user guide, "Configuration and credential file settings": '
    "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html",
    _look,
)
