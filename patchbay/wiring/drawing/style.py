"""The picture's colours and fonts, light and dark; on paper always light."""

HUES = 5
"""Colours for instances; the sixth has the first's."""

_LIGHT = {
    "bg": "#ffffff", "ink": "#17212b", "dim": "#566270", "card": "#ffffff", "line": "#c3ccd6",
    "frame": "#f4f6f8", "column": "#e6ecf2", "pass": "#19804b", "warn": "#a86400", "fail": "#cc2b2b",
    "skipped": "#6a7683", "warn-fill": "#fff3d4", "fail-fill": "#fde7e6", "on": "#ffffff",
    "one": "#2462c8", "two": "#7b3fc2", "three": "#0d7d88", "four": "#ad3789", "five": "#5b6a1c",
}  # fmt: skip
_DARK = {
    "bg": "#0e141b", "ink": "#e7edf3", "dim": "#9ca9b7", "card": "#1b2530", "line": "#43505d",
    "frame": "#141c25", "column": "#1f2a36", "pass": "#4bc58b", "warn": "#f2b94c", "fail": "#ff7a70",
    "skipped": "#93a0ad", "warn-fill": "#3b2e11", "fail-fill": "#441d1e", "on": "#0e141b",
    "one": "#70a9ff", "two": "#b98ff8", "three": "#4cc5d1", "four": "#f187ca", "five": "#bccb5e",
}  # fmt: skip

SANS_FONTS = "Inter,'Segoe UI',system-ui,-apple-system,'Helvetica Neue',Arial,'DejaVu Sans',sans-serif"
MONO_FONTS = "ui-monospace,'SF Mono',Menlo,Consolas,'Liberation Mono','DejaVu Sans Mono',monospace"

_RULES = """
.map text{font-family:SANS;fill:var(--ink);font-size:13px}
.map .mono{font-family:MONO;font-size:12.5px}
.map .small{font-size:11.5px;fill:var(--dim)}
.map .strong{font-weight:600}
.map .headline{font-size:20px;font-weight:650}
.map .end{text-anchor:end}
.map .mid{text-anchor:middle}
.map .paper{fill:var(--bg)}
.map .frame{fill:var(--frame);stroke:var(--line)}
.map .column{fill:var(--column)}
.map .card{fill:var(--card);stroke:var(--line);stroke-width:1.2}
.map .card.warn{stroke:var(--warn);fill:var(--warn-fill)}
.map .card.fail{stroke:var(--fail);fill:var(--fail-fill);stroke-width:1.6}
.map .card.skipped,.map .card.absent{stroke:var(--skipped);stroke-dasharray:4 3}
.map .frame.warn{stroke:var(--warn)}
.map .frame.fail{stroke:var(--fail);stroke-width:1.6}
.map .frame.skipped,.map .frame.absent{stroke:var(--skipped);stroke-dasharray:4 3}
.map .mark circle{stroke:none}
.map .mark path{fill:none;stroke:var(--on);stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.map .mark.pass path{stroke:var(--pass)}
.map .mark.warn circle{fill:var(--warn)}
.map .mark.fail circle{fill:var(--fail)}
.map .mark.skipped circle{fill:var(--skipped)}
.map .halo{fill:none;stroke:var(--bg);stroke-width:3.8}
.map .wire{fill:none;stroke:var(--hue);stroke-width:2}
.map .jack{fill:var(--card);stroke:var(--hue);stroke-width:1.8}
.map .plug{fill:var(--hue);stroke:none}
.map .wire.behind{stroke-dasharray:6 4}
.map .wire.unsure{stroke-dasharray:1.5 4;stroke-linecap:round}
.map .wire.refused{stroke:var(--fail);stroke-width:2.2}
.map .wired{fill:none;stroke:var(--line);stroke-width:1.8;stroke-dasharray:1.5 4;stroke-linecap:round}
.map .stub{stroke:var(--line);stroke-width:1.5;fill:none}
.map .turn{stroke:var(--dim);stroke-width:1.5;fill:none;stroke-dasharray:4 3}
.map .tip{fill:var(--dim)}
.map .said{fill:var(--warn);font-size:11.5px;font-weight:600}
.map .badge circle{fill:var(--hue);stroke:var(--hue);stroke-width:1.5}
.map .badge text{fill:var(--on);font-size:10.5px;font-weight:700;text-anchor:middle}
.map .badge.unlisted circle{fill:var(--card)}
.map .badge.unlisted text{fill:var(--hue)}
.map .badge.refused circle{fill:var(--card);stroke:var(--fail)}
.map .badge.refused text{fill:var(--fail)}
.map .badge path{stroke:var(--fail);stroke-width:1.8}
.map .badge.unsure circle{fill:var(--card);stroke:var(--skipped);stroke-dasharray:2.4 2}
.map .badge.unsure text{fill:var(--skipped)}
.map .share0{fill:var(--dim)}
.map .share1{fill:var(--one)}
.map .share2{fill:var(--two)}
.map .rule{stroke:var(--line)}
"""


def css() -> str:
    """Of the picture, in a page or on its own."""
    hues = "".join(f".map .hue{n}{{--hue:var(--{name})}}" for n, name in enumerate(_names()))
    dark = f"@media screen and (prefers-color-scheme:dark){{.map-colours{{{_colours(_DARK)}}}}}"
    rules = _RULES.replace("SANS", SANS_FONTS).replace("MONO", MONO_FONTS)
    return f".map-colours{{color-scheme:light dark;{_colours(_LIGHT)}}}\n{dark}\n{hues}{rules}"


def hue(number: int) -> str:
    """The class of the instance with this number, from 1."""
    return f"hue{(number - 1) % HUES}"


def _names() -> list[str]:
    return ["one", "two", "three", "four", "five"][:HUES]


def _colours(values: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in values.items())
