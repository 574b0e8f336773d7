"""Whether resource policies have room for what the next deploy adds."""

from collections.abc import Iterator

from patchbay.doctor import called
from patchbay.doctor.model import Check, Finding, Scene, failed, passed, skipped, warned
from patchbay.limits import RESOURCE_POLICY_MAX_BYTES
from patchbay.live.model import LiveFunction, Policy, Unread
from patchbay.naming import LIVE

_WARN, _FAIL = 0.7, 0.95


def _look(scene: Scene) -> Iterator[Finding]:
    for live in scene.seen.functions:
        absent = called.absent(scene, live)
        for qualifier, policy in ((LIVE, live.policy), ("", live.bare_policy)):
            unread = absent or (policy if isinstance(policy, Unread) else None)
            if unread is not None:
                yield skipped(called.place(live), unread)
            elif not isinstance(policy, Unread) and policy.value is not None:
                yield _policy(live, qualifier, policy.value)


def _policy(live: LiveFunction, qualifier: str, policy: Policy) -> Finding:
    share = policy.bytes / RESOURCE_POLICY_MAX_BYTES
    whose = f"the policy of the alias {qualifier}" if qualifier else "the policy of the function itself"
    size = f"{whose} has {policy.bytes:,} of {RESOURCE_POLICY_MAX_BYTES:,} bytes ({share:.0%})"
    statements = f"{len(policy.statements)} statements"
    fix = called.command("get-policy", live, f"--qualifier {qualifier}" if qualifier else "")
    fix = f"{fix}; then remove-permission for the statements that nobody needs"
    if share > _FAIL:
        return failed(called.place(live), f"{size}, {statements}: the next permission is refused", fix)
    if share > _WARN:
        return warned(called.place(live), f"{size}, {statements}", fix)
    return passed(called.place(live), size)


CHECK = Check(
    "policy-size",
    "resource policies have room",
    "Lambda refuses a permission that does not fit, so the next instance's deploy fails.",
    "remove statements that nobody needs",
    'Lambda developer guide, "Lambda quotas": '
    "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
    _look,
)
