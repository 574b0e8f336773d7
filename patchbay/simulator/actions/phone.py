"""Phone numbers as a caller keys them."""

import re

# ITU-T E.164: at most 15 digits. The countries that the sample flows and this kit's examples name.
_CALLING_CODES = {
    "AU": "61", "CA": "1", "DE": "49", "FR": "33", "GB": "44", "JP": "81", "NZ": "64", "SG": "65", "US": "1",
}  # fmt: skip
_NORTH_AMERICAN_DIGITS = 10


def e164(keyed: str, number_format: str, country: str) -> str | None:
    """The number in E.164; None where it cannot be one.

    For a country whose calling code is not known here, the digits stay as they were keyed.
    """
    digits = re.sub(r"[\s+*#-]", "", keyed)
    if number_format != "Local":
        return f"+{digits}" if re.fullmatch(r"[1-9]\d{6,14}", digits) else None
    code = _CALLING_CODES.get(country, "")
    allowed = rf"\d{{{_NORTH_AMERICAN_DIGITS}}}" if code == "1" else r"\d{6,14}"
    if not re.fullmatch(allowed, digits):
        return None
    return f"+{code}{digits if code == '1' else digits.removeprefix('0')}" if code else digits
