"""Life-cycle stage and risk score of a car from rules that are data (handbook RET-1).

Each rule is a dict with condition, threshold, threshold_to, points, stage, alarm, block_reason
and id; facts are a dict of what is known of the car on `today`. Nothing is assumed: a
condition about something unknown does not hold.

    >>> rules = [{"id": 1, "condition": "overdue", "threshold": 91, "threshold_to": 360,
    ...           "points": 40, "stage": "lost", "alarm": False, "block_reason": False},
    ...          {"id": 2, "condition": "always", "threshold": 0, "threshold_to": 0,
    ...           "points": 0, "stage": "active", "alarm": False, "block_reason": False}]
    >>> found = judge(rules, {"next_service": date(2026, 6, 1)}, date(2026, 10, 1))
    >>> found.stage, found.score, found.reasons[0]["figure"], found.check_on
    ('lost', 40, 122, datetime.date(2027, 5, 28))
"""

from datetime import date, timedelta
from typing import NamedTuple

# conditions that count days since one of the facts
SINCE = {
    "delivered_within": "delivered",
    "never_back": "delivered",
    "overdue": "next_service",
    "second_overdue": "next_service",
    "absent": "last_visit",
    "out_of_warranty": "warranty_end",
}
COUNTS = ("failed_calls", "refused", "elsewhere", "dissatisfied")
YEAR = 365


class Verdict(NamedTuple):
    """stage (or None), score 0 … 100, reasons ``[{"rule", "points", "figure"}]``, alarm (or None) and
    the first day on which the verdict may change by itself (None: never)."""

    stage: str
    score: int
    reasons: list
    alarm: str
    check_on: date


def judge(rules, facts, today):
    """Return the `Verdict` on a car.

    :param facts: dates delivered, next_service, last_visit, warranty_end; counts service_count,
        failed_calls, refused, elsewhere, dissatisfied (of a year); block_reason; oldest: the
        oldest day that one of the counts rests on. Any may be missing.
    """
    held = []
    for rule in rules:
        if rule["condition"] not in ("score", "always"):
            holds, figure = _holds(rule, facts, today)
            if holds:
                held.append((rule, figure))
    score = max(0, min(100, sum(rule["points"] for rule, _figure in held)))
    held += [
        (rule, None)
        for rule in rules
        if rule["condition"] == "always" or rule["condition"] == "score" and _between(rule, score)
    ]
    found = {rule["id"] for rule, _figure in held}
    in_order = [rule for rule in rules if rule["id"] in found]
    stage = next((rule["stage"] for rule in in_order if rule["stage"]), None)
    alarm = next((rule["alarm"] for rule in in_order if rule["alarm"]), None)
    reasons = [
        {"rule": rule["id"], "points": rule["points"], "figure": figure}
        for rule, figure in sorted(held, key=lambda pair: -pair[0]["points"])
        if rule["points"] or rule["alarm"]
    ]
    return Verdict(stage, score, reasons, alarm, _next_check(rules, facts, today))


def _holds(rule, facts, today):
    """Return (does it hold, the figure that says so)."""
    condition = rule["condition"]
    if condition == "blocked":
        return facts.get("block_reason") == rule["block_reason"], None
    if condition in COUNTS:
        count = facts.get(condition) or 0
        return count > 0 and _between(rule, count), count
    since = facts.get(SINCE[condition])
    if since is None:
        return False, None
    days = (today - since).days
    if condition == "delivered_within":
        return not facts.get("service_count") and 0 <= days <= rule["threshold"], None
    if condition == "never_back":
        came = facts.get("last_visit") and facts["last_visit"] >= since
        return not came and _between(rule, days), days
    if condition == "second_overdue" and facts.get("service_count") != 1:
        return False, None
    return days > 0 and _between(rule, days), days


def _between(rule, figure):
    return rule["threshold"] <= figure and (not rule["threshold_to"] or figure <= rule["threshold_to"])


def _next_check(rules, facts, today):
    """The next day on which a condition about days begins or ceases to hold, or a count grows old."""
    days = []
    for rule in rules:
        since = facts.get(SINCE.get(rule["condition"]))
        if since is None:
            continue
        if rule["condition"] == "delivered_within":
            days.append(since + timedelta(days=rule["threshold"] + 1))
            continue
        days.append(since + timedelta(days=max(rule["threshold"], 1)))
        if rule["threshold_to"]:
            days.append(since + timedelta(days=rule["threshold_to"] + 1))
    if facts.get("oldest"):
        days.append(facts["oldest"] + timedelta(days=YEAR))
    return min((day for day in days if day > today), default=None)
