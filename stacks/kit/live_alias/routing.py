"""Where an alias sends its calls."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Routing:
    """A main version, and the share of calls (0 to 1) that goes to others; Lambda allows one other."""

    version: str
    weights: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of(cls, version: str, weights: Mapping[str, float]) -> "Routing":
        """With the weights in a fixed order, so that equal routings compare equal."""
        return cls(version, tuple(sorted((name, float(weight)) for name, weight in weights.items())))

    @property
    def shares(self) -> dict[str, float]:
        """The share of calls by version, the main version first."""
        return {self.version: 1 - sum(weight for _, weight in self.weights), **dict(self.weights)}

    @property
    def most(self) -> str:
        """The version that carries most calls; the main version where two carry the same."""
        shares = self.shares
        return max(shares, key=lambda version: shares[version])

    def names(self, versions: Collection[str]) -> bool:
        """Whether any of `versions` is named, be it at weight 0; Lambda does not delete those."""
        return any(version in versions for version in self.shares)

    def keep(self, versions: Collection[str]) -> "Routing | None":
        """Without what is not among `versions`; None if nothing is left."""
        if self.version in versions:
            return Routing(self.version, tuple(pair for pair in self.weights if pair[0] in versions))
        left = {version: weight for version, weight in self.weights if version in versions}
        return Routing(max(left, key=lambda version: left[version])) if left else None

    def __str__(self) -> str:
        if not self.weights:
            return f"version {self.version}"
        return " and ".join(f"version {version} ({share:.1%})" for version, share in self.shares.items())
