"""By what rows of a DMS list are judged (see `dms_rows`)."""

from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo

NOT_A_VISIT = "not_visit"
EARLIEST = date(1980, 1, 1)  # no list of a DMS is older


@dataclass
class RowRules:
    """What a dealer may change about judging rows, and what the list itself says.

    ``visit_kinds`` maps a folded word of the list to a kind of visit (or `NOT_A_VISIT`),
    ``service_work`` one that stands within the work; ``nothing`` are folded words and
    ``no_days`` days (``1900-01-01``) that mean an empty cell; ``void_words`` are the folded
    words of a status that make an order void; ``max_mileage`` is in km;
    a wrong check digit passes for the VINs in ``accepted``. Moments that name their zone are
    told in ``zone``; nothing is younger than ``list_date``, no paper older than ``earliest``.
    """

    visit_kinds: dict = field(default_factory=dict)
    service_work: dict = field(default_factory=dict)
    nothing: frozenset = frozenset()
    no_days: frozenset = frozenset()
    max_mileage: int = 1_000_000
    today: date = date.max
    void_words: frozenset = frozenset()
    list_date: date = None
    earliest: date = EARLIEST
    zone: tzinfo = None
    date1904: bool = False
    accepted: set = field(default_factory=set)

    @property
    def latest(self):
        """The last day that a list can be of: tomorrow."""
        return self.today if self.today == date.max else self.today + timedelta(days=1)
