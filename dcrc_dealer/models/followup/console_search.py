import unicodedata

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL
from odoo.tools.sql import escape_psql

from ...tools.given import Text, given
from ...tools.mask import mask_phone

FOUND = 12
SHORTEST_TAIL = 4


class Console(models.AbstractModel):
    """The caller on the line: found by what is said first, a number's end, a plate, a VIN's end or a name."""

    _inherit = "dcrc.console"

    @api.model
    @api.readonly
    @given(text=Text)
    def find_caller(self, text=""):
        """Find customers of the dealer.

        :param text: at least four signs of the end of a phone number, plate or VIN, or the begin of a name.
        :return: ``[{"partner_id", "name", "title", "phone": masked, "cars": [plate or VIN], "contact_id": id of
            what is open or False, "can_take": whether the user may talk about it now, "reasons": [str], "due": day
            or False, "late": bool}]``, twelve at most
        """
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_reader"):
            raise AccessError(self.env._("Only who reads the dealer's files finds a customer here."))
        partners = self._find_partners(unicodedata.normalize("NFKC", str(text or "")).strip())
        contacts = self.env["dcrc.contact"].search([("partner_id", "in", partners.ids), ("state", "=", "open")])
        by_partner = {contact.partner_id: contact for contact in contacts}
        # what is looked at one by one below is read at once here
        partners.dcrc_phone_ids.fetch(["number"])
        partners.dcrc_vehicle_ids.fetch(["license_plate", "vin_sn"])
        contacts.followup_ids.fetch(["rule_id"])
        none = self.env["dcrc.contact"]
        return [self._prepare_caller(partner, by_partner.get(partner, none)) for partner in partners]

    def _find_partners(self, text, by_name=True):
        """The rules of access decide among those that the indexes name (``by_name``: by the begin of a name, too)."""
        tail = "".join(sign for sign in text.upper() if sign.isalnum())
        parts = [self._query_name(text)] if text and by_name else []
        if len(tail) >= SHORTEST_TAIL:
            parts += self._query_tails(tail)
        if not parts:
            return self.env["res.partner"]
        self.env.flush_all()
        query = SQL(" UNION ALL ").join(SQL("(%s LIMIT %s)", part, 4 * FOUND) for part in parts)
        ids = {row[0] for row in self.env.execute_query(query)}
        domain = [("id", "in", list(ids)), ("dcrc_customer", "=", True), ("company_id", "=", self.env.company.id)]
        return self.env["res.partner"].search(domain, order="name, id", limit=FOUND)

    def _query_name(self, text):
        return SQL(
            """SELECT id FROM res_partner
                WHERE company_id = %s AND dcrc_customer AND active AND lower(name) LIKE %s""",
            self.env.company.id,
            f"{escape_psql(text.lower())}%",
        )

    def _query_tails(self, tail):
        """Ends of numbers, plates and VINs: begins of the same read backwards, which indexes find."""
        backwards = f"{escape_psql(tail[::-1])}%"
        columns = [("dcrc_phone", "number", SQL("partner_id"), SQL("TRUE"))]
        for name in ("license_plate", "vin_sn"):
            columns.append(("fleet_vehicle", name, SQL("dcrc_contact_id"), SQL("dcrc_kind = 'customer' AND active")))
        return [
            SQL(
                "SELECT %s FROM %s WHERE company_id = %s AND reverse(%s) LIKE %s AND %s",
                person,
                SQL.identifier(table),
                self.env.company.id,
                SQL.identifier(name),
                backwards,
                which,
            )
            for table, name, person, which in columns
        ]

    def _prepare_caller(self, partner, contact):
        return {
            "partner_id": partner.id,
            "name": partner.name or "",
            "title": partner._dcrc_title_name(),
            "phone": mask_phone(partner.dcrc_phone_ids[:1].number) if partner.dcrc_phone_ids else "",
            "cars": [car.license_plate or car.vin_sn or "" for car in partner.dcrc_vehicle_ids[:3]],
            "contact_id": contact.id,
            "can_take": bool(contact) and self.env.user.has_group("dcrc_dealer.group_dcrc_user"),
            "reasons": list(dict.fromkeys(contact.followup_ids.mapped("rule_id.name"))),
            "late": contact.is_late,
            "due": fields.Date.to_string(contact.date_due) if contact else False,
        }
