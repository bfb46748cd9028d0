"""What providers tell us by themselves: delivery reports, and words that customers sent back.

How to use::

    >>> read_reports('{"reports": [{"reference": "a1", "state": "delivered"}]}')
    [Report(reference='a1', provider_reference='', state='delivered', code='', text='', part=0, parts=0)]

Shapes understood, by their keys: ours (``reports`` / ``messages``), Aliyun's SmsReport and SmsUp,
Tencent Cloud's status report and reply. Anything else raises ValueError.
"""

import json
from dataclasses import dataclass
from urllib.parse import parse_qsl

MOST = 1000  # entries of one call


@dataclass(frozen=True)
class Report:
    """``state`` is "delivered" or "failed"; a message is named by our reference or the provider's."""

    reference: str
    provider_reference: str
    state: str
    code: str = ""
    text: str = ""
    part: int = 0  # which part of a long text it is about; 0: all of it
    parts: int = 0  # how many it has; 0: not said


@dataclass(frozen=True)
class Incoming:
    """A text that a customer sent; `number` as the provider writes it."""

    number: str
    text: str


def read_reports(content):
    """Return the Reports in a request's body (str or bytes)."""
    return [report for entry in _entries(content, "reports") if (report := _read_report(entry))]


def read_incoming(content):
    """Return the Incoming texts in a request's body (str or bytes)."""
    return [_read_incoming(entry) for entry in _entries(content, "messages")]


def _entries(content, key):
    """The list of objects in a body: bare, a single one, or under `key`; a form is a single one."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        found = _read_form(content)
        if not found:
            raise ValueError("not JSON") from error
    if isinstance(found, dict):
        found = found.get(key, [found])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise ValueError("not a list of objects")
    if len(found) > MOST:
        raise ValueError("too many at once")
    return found


def _read_form(content):
    try:
        text = content.decode() if isinstance(content, bytes) else content
        return dict(parse_qsl(text, strict_parsing=True, max_num_fields=50))
    except ValueError:
        return {}


def _read_report(entry):
    if "report_status" in entry:  # Tencent
        good = entry["report_status"] == "SUCCESS"
        reference, theirs = entry.get("ext") or entry.get("session_context"), entry.get("sid")
        code, text = entry.get("errmsg"), entry.get("description")
    elif "biz_id" in entry or "success" in entry:  # Aliyun
        good = entry.get("success") in (True, "true")
        reference, theirs = entry.get("out_id"), entry.get("biz_id")
        code, text = entry.get("err_code"), entry.get("err_msg")
    elif entry.get("state") in ("delivered", "failed"):
        good = entry["state"] == "delivered"
        reference, theirs = entry.get("reference"), entry.get("id")
        code, text = entry.get("code"), entry.get("text")
    elif entry.get("state"):
        return None  # on its way: nothing that we don't know
    else:
        raise ValueError("not a report")
    if not (reference or theirs):
        raise ValueError("a report on nothing")
    state = "delivered" if good else "failed"
    part, parts = _number(entry.get("part")), _number(entry.get("parts"))
    return Report(_text(reference), _text(theirs), state, _text(code), _text(text), part, parts)


def _read_incoming(entry):
    number = entry.get("phone_number") or entry.get("mobile") or entry.get("number")
    text = entry.get("content") if "content" in entry else entry.get("text")
    if not number or text is None:
        raise ValueError("not a message")
    nation = _text(entry.get("nationcode"))
    number = _text(number)
    return Incoming(f"+{nation}{number}" if nation and not number.startswith("+") else number, _text(text))


def _number(value):
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _text(value):
    return "" if value is None else str(value)[:200]
