"""What headquarters audits: each room says which of its rows stand in the workbook, and how."""

from typing import NamedTuple

from odoo import api, models


class AuditSheet(NamedTuple):
    """One sheet of the audit workbook: rows of one model, a period of them.

    ``day`` is the field that says when a row happened (a day, or a moment on the dealer's clock);
    ``columns`` are paths of stored fields, divided by blanks (``"name rule_id.name"``); a column is headed as the
    first field of its path is, unless ``labels`` has another word for it.
    """

    title: str
    model: str
    day: str
    columns: str
    labels: dict
    domain: list | tuple = ()
    company: str = "company_id"


class Audit(models.AbstractModel):
    """The sheets of the audit workbook (REP-4); reports write them and know no room.

    A room adds its own sheets to those of ``super()._audit_sheets()``.
    """

    _name = "dcrc.audit"
    _description = "What an audit shows"

    @api.model
    def _audit_sheets(self):
        """Sheets by their code, in the workbook's order; extension point.

        Names of customers leave masked, numbers never: name no column that holds one.
        """
        number, record = self.env._("No."), self.env._("Record No.")
        return {
            "clocks": AuditSheet(
                self.env._("Clocks"),
                "dcrc.clock",
                "started_on",
                "id res_model res_id kind level rule_id.name run state started_on due_on warned_on met_on ended_why"
                " minutes used",
                {"id": number, "res_id": record},
            ),
            "proposals": AuditSheet(
                self.env._("Changes of Files"),
                "dcrc.change.proposal",
                "create_date",
                "id create_date res_model res_id field_name state user_id.name decided_by.name decided_on",
                {"id": number, "res_id": record},
            ),
            "staff": AuditSheet(
                self.env._("Changes of Staff"),
                "dcrc.staff.log",
                "date",
                "date user_id.name person_id.name what old new",
                {},
            ),
            **self._audit_logs(record),
        }

    def _audit_logs(self, record):
        """Who took which data out, and looked at which number."""
        return {
            "exports": AuditSheet(
                self.env._("Exports of Personal Data"),
                "dcrc.privacy.log",
                "date",
                "date user_id.name what kind count",
                {},
            ),
            "reveals": AuditSheet(
                self.env._("Revealed Numbers"),
                "dcrc.reveal",
                "date",
                "date user_id.name partner_id.name why res_model res_id",
                {"res_id": record},
            ),
        }
