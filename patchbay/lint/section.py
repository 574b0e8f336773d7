"""The tables `[[instances.accepted_findings]]` of an environment file."""

from pydantic import field_validator

from patchbay import toml


class AcceptedFinding(toml.Section):
    """A finding of the flow lint that stops no deploy, and why that is right."""

    flow: str
    """One that the instance lists."""
    rule: str
    """Its id, as `patchbay lint-flow --rules` lists it."""
    block: str | None = None
    """The block's Identifier; None for the whole flow."""
    reason: str

    @field_validator("reason")
    @classmethod
    def _says_something(cls, reason: str) -> str:
        if not reason.strip():
            raise ValueError("it is empty: say in a few words why the finding does no harm")
        return reason
