"""What headquarters audits: each room says which of its rows stand in the workbook, and how."""

from typing import NamedTuple

from odoo import api, models


class AuditSheet(NamedTuple):
    """One sheet of the audit workbook: rows of one model, a period of them.

    ``day`` is the field that says when a row happened (a day, or a moment on the dealer's clock);
    ``columns`` are paths of stored fields (``"rule_id.name"``), each alone or with a label of its own;
    without one a column is headed as its first field is.
    """

    title: str
    model: str
    day: str
    columns: tuple
    domain: list | tuple = ()
    company: str = "company_id"


class Audit(models.AbstractModel):
    """The sheets of the audit workbook (REP-4); reports write them and know no room.

    Rooms add theirs::

        _inherit = "dcrc.audit"

        def _audit_sheets(self):
            return {**super()._audit_sheets(), "calls": AuditSheet(self.env._("Calls"), "dcrc.call", ...)}
    """

    _name = "dcrc.audit"
    _description = "What an audit shows"

    @api.model
    def _audit_sheets(self):
        """Sheets by their code, in the workbook's order; extension point.

        Names of customers leave masked, numbers never: name no column that holds one.
        """
        return {
            "clocks": AuditSheet(
                self.env._("Clocks"),
                "dcrc.clock",
                "started_on",
                (
                    ("id", self.env._("No.")),
                    "res_model",
                    ("res_id", self.env._("Record No.")),
                    "kind",
                    "level",
                    "rule_id.name",
                    "run",
                    "state",
                    "started_on",
                    "due_on",
                    "warned_on",
                    "met_on",
                    "ended_why",
                    "minutes",
                    "used",
                ),
            ),
            "proposals": AuditSheet(
                self.env._("Changes of Files"),
                "dcrc.change.proposal",
                "create_date",
                (
                    ("id", self.env._("No.")),
                    "create_date",
                    "res_model",
                    ("res_id", self.env._("Record No.")),
                    "field_name",
                    "state",
                    "user_id.name",
                    ("decided_by.name", self.env._("Decided By")),
                    ("decided_on", self.env._("Decided On")),
                ),
            ),
            "staff": AuditSheet(
                self.env._("Changes of Staff"),
                "dcrc.staff.log",
                "date",
                ("date", "user_id.name", ("person_id.name", self.env._("Person")), "what", "old", "new"),
            ),
            "exports": AuditSheet(
                self.env._("Exports of Personal Data"),
                "dcrc.privacy.log",
                "date",
                ("date", "user_id.name", "what", "kind", "count"),
            ),
            "reveals": AuditSheet(
                self.env._("Revealed Numbers"),
                "dcrc.reveal",
                "date",
                ("date", "user_id.name", "partner_id.name", "why", "res_model", ("res_id", self.env._("Record No."))),
            ),
        }
