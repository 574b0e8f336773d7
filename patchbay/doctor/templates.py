"""Two templates compared: what this code synthesizes, and what is deployed."""

from collections.abc import Iterator, Mapping
from typing import Any

Template = Mapping[str, Any]

_CDK = "AWS::CDK::Metadata"
_CDK_SECTIONS = {
    "Parameters": ("BootstrapVersion",),
    "Rules": ("CheckBootstrapVersion",),
    "Conditions": ("CDKMetadataAvailable",),
}
"""What the CDK adds for itself: nothing of it reaches a resource."""
_PATH = "aws:cdk:path"


def differences(made: Template, deployed: Template) -> tuple[str, ...]:
    """What is not the same, in words: resources, then other sections. Empty: a deploy changes nothing."""
    ours, theirs = _plain(made), _plain(deployed)
    resources = tuple(_resources(made, ours.pop("Resources", {}), deployed, theirs.pop("Resources", {})))
    sections = sorted(key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key))
    return (*resources, *(f"the section {key} differs" for key in sections))


def _resources(made: Template, ours: Template, deployed: Template, theirs: Template) -> Iterator[str]:
    """What differs first: a changed function says more than the version that its change makes."""
    both = sorted(ours.keys() & theirs.keys())
    new, old = (
        {_named(template, logical) for logical in one.keys() - other.keys()}
        for template, one, other in ((made, ours, theirs), (deployed, theirs, ours))
    )
    yield from (f"{_named(made, logical)} differs" for logical in both if ours[logical] != theirs[logical])
    yield from (f"{name} is replaced" for name in sorted(new & old))
    yield from (f"{name} is not deployed yet" for name in sorted(new - old))
    yield from (f"{name} is deployed, but not in the code" for name in sorted(old - new))


def _named(template: Template, logical: str) -> str:
    """By the construct's path, which says more than a logical id; without the stack and a last `Resource`."""
    resource = template["Resources"][logical]
    path = str((resource.get("Metadata") or {}).get(_PATH, "")).partition("/")[2].removesuffix("/Resource")
    return f"{path or logical} ({resource.get('Type')})"


def _plain(template: Template) -> dict[str, Any]:
    """Without what the CDK keeps there for itself."""
    found = {key: _without(value, _CDK_SECTIONS.get(key, ())) for key, value in template.items()}
    resources = found.get("Resources", {})
    found["Resources"] = {
        logical: _resource(resource)
        for logical, resource in resources.items()
        if resource.get("Type") != _CDK
    }
    return {key: value for key, value in found.items() if value}


def _resource(resource: Template) -> dict[str, Any]:
    kept = {
        key: value for key, value in (resource.get("Metadata") or {}).items() if not key.startswith("aws:")
    }
    rest = {key: value for key, value in resource.items() if key != "Metadata"}
    return {**rest, **({"Metadata": kept} if kept else {})}


def _without(section: Any, names: tuple[str, ...]) -> Any:
    if not isinstance(section, Mapping):
        return section
    return {key: value for key, value in section.items() if key not in names}
