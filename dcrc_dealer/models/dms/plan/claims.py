"""What a list of anyone below manager may not change by itself (CUS-7)."""

from dataclasses import dataclass, field

from ....tools.dms_rows import Finding
from .entities import Entity

KEYS = {"res.partner": {"name"}, "fleet.vehicle": {"vin_sn", "license_plate", "dcrc_owner_id"}}


@dataclass
class Claim:
    """A value that waits for the manager: written on a known record when confirmed.

    ``value`` may be an `Entity`, which has its record only once the plan is carried
    out; ``papers`` are the list's papers that follow a new owner.
    """

    line: object
    entity: Entity
    name: str
    value: object
    model: str
    day: object = None
    papers: list = field(default_factory=list)

    @property
    def raw(self):
        """The value as `write` takes it and JSON keeps it."""
        return self.value.record_id if isinstance(self.value, Entity) else self.value


class ClaimsMixin:
    """Who answers for a row, and what of it has to wait."""

    def _proposer_of(self, line):
        """Return the id of whoever answers for a row and is below manager, else None.

        Who mended a row answers for it, whoever gave the list; the DMS itself, a
        manager and the server may change key fields at once.
        """
        user_id = line.mender or self.giver.id
        if user_id and user_id not in self._proposers:
            user = self.env["res.users"].browse(user_id)
            free = user._is_superuser() or user.has_group("dcrc_dealer.group_dcrc_manager")
            self._proposers[user_id] = None if free else user_id
        return self._proposers.get(user_id)

    def _must_wait(self, line, entity, name):
        """Whether a known record would lose a key value by this row."""
        keys = KEYS.get(entity.model, ())
        return bool(line.proposer and entity.record_id and name in keys and entity.values.get(name))

    def _claim(self, line, entity, name, value, model=None, day=None):
        """Put a value before the manager; nothing is changed (so False)."""
        claim = Claim(line, entity, name, value, model or entity.model, day)
        self.claims.append(claim)
        shown = value.get("name") or value.get("vin_sn") if isinstance(value, Entity) else value
        line.findings.append(Finding("proposed", name, str(shown or "")))
        if name == "dcrc_owner_id":
            line.claim = claim
        return False
