"""The ids of nodes: what findings and wires refer to."""


def instance(name: str) -> str:
    """Of a Connect instance."""
    return f"instance:{name}"


def flow(instance_name: str, name: str) -> str:
    """Of a flow; the name without the environment's prefix."""
    return f"flow:{instance_name}/{name}"


def region(name: str) -> str:
    """Of a Lambda Region."""
    return f"region:{name}"


def function(group: str, name: str) -> str:
    """Of a function in all Regions of its group."""
    return f"function:{group}/{name}"


def alias(region_name: str, function_name: str) -> str:
    """Of the alias `live` in one Region."""
    return f"alias:{region_name}/{function_name}"


def panel(group: str) -> str:
    """Of a group of Regions."""
    return f"panel:{group}"


ENVIRONMENT = "environment"
OUTSIDE = "outside"
"""The panel of functions that are not the environment's."""


def outside(target: str) -> str:
    """Of a function that is not the environment's, by what the block names."""
    return f"{OUTSIDE}:{target}"
