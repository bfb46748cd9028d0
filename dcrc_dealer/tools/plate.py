"""Chinese number plates (GA 36), ordinary, new-energy and special ones.

How to use::

    >>> check_plate("渝a·8k3p2")
    ('渝A8K3P2', 'ordinary', None)
    >>> check_plate("渝AD12345")
    ('渝AD12345', 'new_energy', None)
"""

import re
import unicodedata

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
SERIAL = "A-HJ-NP-Z0-9"  # no I, no O
ENERGY = "A-HJK"  # D and F first, the others added as series filled up
ORDINARY = re.compile(rf"^[{PROVINCES}][A-Z][{SERIAL}]{{5}}$")
NEW_ENERGY = re.compile(rf"^[{PROVINCES}][A-Z](?:[{ENERGY}][{SERIAL}]\d{{4}}|\d{{5}}[{ENERGY}])$")
SPECIAL = re.compile(
    rf"^(?:[{PROVINCES}][A-Z][{SERIAL}]{{4}}[挂学警港澳领试超]"
    rf"|使\d{{6}}|[{PROVINCES}][A-Z]?[{SERIAL}]{{4,5}}临)$"
)
NO_PLATE = {"", "无", "无牌", "未上牌", "新车", "临牌", "-", "/"}
FORMS = (("ordinary", ORDINARY), ("new_energy", NEW_ENERGY), ("special", SPECIAL))


def clean_plate(text):
    """Return the plate in half-width capitals without blanks, dots and dashes."""
    text = unicodedata.normalize("NFKC", text or "").upper()
    plate = re.sub(r"[\s·•.\-]", "", text)
    return "" if plate in NO_PLATE else plate


def check_plate(text):
    """Return ``(plate, kind, error)``.

    ``kind`` is ``ordinary``, ``new_energy``, ``special`` or None; ``error`` is
    None, ``plate_empty`` or ``plate_format``.
    """
    plate = clean_plate(text)
    if not plate:
        return "", None, "plate_empty"
    for kind, form in FORMS:
        if form.match(plate):
            return plate, kind, None
    return plate, None, "plate_format"
