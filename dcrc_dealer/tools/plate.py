"""Chinese number plates (GA 36), ordinary, new-energy and special ones.

How to use::

    >>> check_plate("渝a·8k3p2")
    ('渝A8K3P2', 'ordinary', None)
    >>> check_plate("渝AD12345")
    ('渝AD12345', 'new_energy', None)
    >>> check_plate("川X0116应急")[1], check_plate("WJ渝·0123A")[1], check_plate("领 014578")[1]
    ('special', 'special', 'special')
"""

import re
import unicodedata

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
SERIAL = "A-HJ-NP-Z0-9"  # no I, no O
ENERGY = "A-HJK"  # D and F first, the others added as series filled up
ORDINARY = re.compile(rf"^[{PROVINCES}][A-Z][{SERIAL}]{{5}}$")
NEW_ENERGY = re.compile(rf"^[{PROVINCES}][A-Z](?:[{ENERGY}][{SERIAL}]\d{{4}}|\d{{5}}[{ENERGY}])$")
# Police, driving schools, trailers, Hong Kong and Macau, consulates, oversize, test runs; rescue;
# embassies; temporary; armed police; civil aviation; the army; tractors.
SPECIAL = re.compile(
    rf"^(?:[{PROVINCES}][A-Z][{SERIAL}]{{3,5}}[挂学警港澳试超]"
    rf"|[{PROVINCES}][A-Z][{SERIAL}]{{3,6}}[使领]"
    rf"|[{PROVINCES}][A-Z]?[{SERIAL}]{{4,5}}应急"
    r"|[使领]\d{5,6}|\d{6}[使领]"
    rf"|[{PROVINCES}][A-Z]?[{SERIAL}]{{4,6}}临|临[{PROVINCES}]?[A-Z0-9]{{5,7}}"
    rf"|WJ(?:[{PROVINCES}]?[A-Z]?\d{{4,5}}[{SERIAL}]?|\d{{2}}[{PROVINCES}]?[A-Z0-9]{{4,6}})"
    r"|民航[A-Z][A-Z0-9]{4,5}"
    r"|[A-HJ-NP-Z][A-HJ-Y]\d{5}|[军海空北沈兰济南广成][A-Z]?\d{5}"
    rf"|[{PROVINCES}]\d{{2}}[{SERIAL}]\d{{4}})$"
)
# what else means "none" is the dealer's to say (dcrc.dms.word)
NO_PLATE = {"", "无", "无牌", "未上牌", "新车", "临牌", "-", "/"}
FORMS = (("ordinary", ORDINARY), ("new_energy", NEW_ENERGY), ("special", SPECIAL))


def clean_plate(text):
    """Return the plate in half-width capitals without blanks, dots and dashes."""
    text = unicodedata.normalize("NFKC", text or "").upper()
    plate = re.sub(r"[\s·•・‧∙.\-\u200b-\u200f\u2060\ufeff\u00ad]", "", text)
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
