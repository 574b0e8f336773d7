"""How wide a text is, without a browser: an upper bound over the fonts that the picture asks for.

The widest of them is DejaVu Sans (and its Mono), which a machine without any other font has; its advance
widths in em are the source of the numbers below, rounded up.
"""

import unicodedata

SANS = "sans"
BOLD = "bold"
MONO = "mono"

_MONO_EM = 0.61
_WIDE_EM = 1.05
_SANS_EM = {
    **dict.fromkeys("iljI.,:;'|![] ", 0.40),
    **dict.fromkeys('frt()/-"{}', 0.48),
    **dict.fromkeys("mM%@", 1.01),
    **dict.fromkeys("wWOQ_&", 0.86),
    **dict.fromkeys("ABCDEFGHKNPRSTUVXYZL", 0.78),
}
_OTHER_EM = 0.66
_BOLD_WIDER = 1.14
_ELLIPSIS = "…"


def width(text: str, size: float, face: str = SANS) -> float:
    """In pixels, at a font size in pixels."""
    if face == MONO:
        em = sum(_WIDE_EM if _is_wide(char) else _MONO_EM for char in text)
    else:
        em = sum(_WIDE_EM if _is_wide(char) else _SANS_EM.get(char, _OTHER_EM) for char in text)
    return em * size * (_BOLD_WIDER if face == BOLD else 1)


def fit(text: str, room: float, size: float, face: str = SANS) -> str:
    """The text; with its middle left out where it is wider than the room: ends tell names apart."""
    shown = " ".join(printable(text).split())
    if width(shown, size, face) <= room:
        return shown
    keep = len(shown) - 1
    while keep > 1:
        head, tail = (keep + 1) // 2, keep // 2
        short = f"{shown[:head]}{_ELLIPSIS}{shown[len(shown) - tail :]}"
        if width(short, size, face) <= room:
            return short
        keep -= 1
    return _ELLIPSIS


def wrap(text: str, room: float, size: float, face: str = SANS) -> list[str]:
    """Lines of words; a word that is wider than the room is cut in its middle."""
    lines: list[str] = []
    for word in printable(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, face) <= room:
            lines[-1] = longer
        else:
            lines.append(fit(word, room, size, face))
    return lines


def printable(text: str) -> str:
    """Without control and formatting characters, which XML refuses or which turn text around."""
    return "".join(char if unicodedata.category(char)[0] != "C" else " " for char in text)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"
