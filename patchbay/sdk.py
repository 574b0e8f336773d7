"""The AWS SDK, kept apart from the settings of the user's shell."""

from botocore.session import Session


def session_without_profile() -> Session:
    """A new botocore session that does not look up AWS_PROFILE, which may name anything."""
    return Session({"profile": (None, None, None, None)})
