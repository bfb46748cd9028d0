"""Numbers as people say and type them.

>>> spoken_number("1.2万公里"), spoken_number("12,345 km"), spoken_number("３８０元"), spoken_number("不知道")
(12000.0, 12345.0, 380.0, None)
"""

import re
import unicodedata

NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*([万千wk]?)", re.IGNORECASE)
TIMES = {"万": 10_000, "w": 10_000, "千": 1_000, "k": 1_000, "": 1}


def spoken_number(text):
    """Return the first number of `text`, or None; 万 and 千 count."""
    plain = unicodedata.normalize("NFKC", text or "").replace(",", "").replace(" ", "")
    found = NUMBER.search(plain.replace("km", "").replace("KM", ""))
    if not found:
        return None
    return float(found[1]) * TIMES[found[2].lower()]
