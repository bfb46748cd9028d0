from odoo import api, models
from odoo.tools import SQL

from .gate import Reason

MOBILE = SQL(r"'^\+(861[3-9]|[^8]|8[^6])'")


class Gate(models.AbstractModel):
    """What the file itself says: wishes, who has the car, the state of the numbers."""

    _inherit = "dcrc.gate"

    @api.model
    def _get_person_reasons(self, q):
        return [
            Reason(
                "no_contact",
                self.env._("Nobody known to contact"),
                SQL(
                    """%s IS NULL OR NOT EXISTS (
                           SELECT 1 FROM res_partner gp WHERE gp.id = %s AND gp.active)""",
                    q.partner,
                    q.partner,
                ),
            ),
            Reason(
                "do_not_contact",
                self.env._("Does not want to be contacted"),
                SQL("EXISTS (SELECT 1 %s)", self._from_wishes(q)),
                excused=True,
                until=SQL(
                    "(SELECT NULLIF(MAX(COALESCE(gd.date_end, 'infinity')), 'infinity') %s)", self._from_wishes(q)
                ),
            ),
            Reason("sold", self.env._("Car has changed hands"), self._condition_sold(q), excused=True),
            Reason(
                "no_email",
                self.env._("No e-mail address"),
                SQL(
                    """%s = 'email' AND NOT EXISTS (SELECT 1 FROM res_partner gp
                        WHERE gp.id = %s AND gp.email_normalized IS NOT NULL)""",
                    q.channel,
                    q.partner,
                ),
                silent=True,
            ),
            Reason(
                "email_blocked",
                self.env._("E-mail address on the list of blocked ones"),
                SQL(
                    """%s = 'email' AND EXISTS (SELECT 1 FROM res_partner gp JOIN mail_blacklist gb
                           ON gb.email = gp.email_normalized AND gb.active WHERE gp.id = %s)""",
                    q.channel,
                    q.partner,
                ),
                excused=True,
            ),
        ]

    @api.model
    def _condition_wish(self, q):
        """Wish `gd` speaks of this contact."""
        return SQL(
            """gd.active AND gd.channel IN ('all', %(channel)s) AND gd.purpose IN ('all', %(purpose)s)
               AND (gd.vehicle_id IS NULL OR gd.vehicle_id = %(vehicle)s)
               AND gd.date <= %(day)s AND (gd.date_end IS NULL OR gd.date_end >= %(day)s) AND NOT %(asked)s""",
            channel=q.channel,
            purpose=q.purpose,
            vehicle=q.vehicle,
            day=q.day,
            asked=q.asked,
        )

    @api.model
    def _from_wishes(self, q):
        """The person's own wishes against this contact."""
        return SQL("FROM dcrc_do_not_contact gd WHERE gd.partner_id = %s AND %s", q.partner, self._condition_wish(q))

    @api.model
    def _condition_sold(self, q):
        """Another owner since that day, or the person has nothing to do with the car now."""
        since = q.since or q.day
        return SQL(
            """%(vehicle)s IS NOT NULL AND (
                   EXISTS (SELECT 1 FROM dcrc_vehicle_owner go WHERE go.vehicle_id = %(vehicle)s
                              AND go.role = 'owner' AND go.date_to > %(since)s
                              AND NOT EXISTS (SELECT 1 FROM fleet_vehicle gv WHERE gv.id = go.vehicle_id
                                                 AND gv.dcrc_owner_id = go.partner_id))
                   OR EXISTS (SELECT 1 FROM fleet_vehicle gv WHERE gv.id = %(vehicle)s
                                 AND gv.dcrc_contact_id != %(partner)s
                                 AND NOT EXISTS (SELECT 1 FROM dcrc_vehicle_owner go WHERE go.vehicle_id = gv.id
                                                    AND go.partner_id = %(partner)s AND go.date_to IS NULL)))""",
            vehicle=q.vehicle,
            since=since,
            partner=q.partner,
        )

    # -- numbers -----------------------------------------------------------------------------

    @api.model
    def _get_number_reasons(self, q):
        """What a number is like belongs to the number: it holds for everybody who has it."""
        dialled = SQL("%s IN ('phone', 'sms')", q.channel)
        guard = None
        if q.number:
            wrong = SQL(
                "EXISTS (SELECT 1 FROM dcrc_phone gt WHERE gt.number = %s AND gt.company_id = %s AND NOT %s)",
                q.number,
                q.company.id,
                self._condition_right(q),
            )
            conditions = [
                ("no_phone", SQL("FALSE")),
                ("wrong_number", wrong),
                ("no_mobile", SQL("%s = 'sms' AND %s !~ %s", q.channel, q.number, MOBILE)),
                ("number_shared", self._condition_shared(q, q.number)),
                ("number_refused", self._condition_refused(q, q.number)),
            ]
        else:
            guard = SQL("%s AND NOT EXISTS (SELECT 1 %s)", dialled, self._from_phones(q))
            right, textable = self._condition_right(q), self._condition_textable(q)
            steps = [
                ("no_phone", []),
                ("wrong_number", [right]),
                ("no_mobile", [right, textable]),
                ("number_shared", [right, textable, SQL("NOT %s", self._condition_shared(q, SQL("gt.number")))]),
            ]
            conditions = [(code, self._condition_none(q, parts)) for code, parts in steps]
            conditions.append(("number_refused", SQL("TRUE")))
        labels = {
            "no_phone": self.env._("No phone number"),
            "wrong_number": self.env._("Only wrong numbers known"),
            "no_mobile": self.env._("No mobile number"),
            "number_shared": self.env._("Number of many customers"),
            "number_refused": self.env._("Somebody with this number does not want it"),
        }
        return [
            Reason(
                code,
                labels[code],
                condition if guard else SQL("%s AND (%s)", dialled, condition),
                excused=code == "number_refused",
                silent=code == "no_mobile",
                corrects=code in ("no_phone", "wrong_number", "number_shared"),
                guard=guard,
            )
            for code, condition in conditions
        ]

    @api.model
    def _explain_numbers(self, partner):
        """Why some of the customer's numbers are not to be dialled, whatever about: ``{phone id: label}``."""
        today = partner.company_id._dcrc_today()
        question = self._get_question(partner, "phone", "care", day=today)._replace(number=SQL("q.number"))
        about_numbers = {reason.code for reason in self._get_number_reasons(question)}
        but = {reason.code for reason in self._get_reasons(question)} - about_numbers
        source = SQL("(SELECT * FROM dcrc_phone WHERE partner_id = %s) q", partner.id)
        answers = self._answer(source, SQL("q.id"), question, but=but, passing=False)
        return {phone_id: answer.label for phone_id, answer in answers.items()}

    @api.model
    def _from_phones(self, q):
        """The person's numbers `gt` by which this contact may be, as a FROM clause."""
        number = SQL("gt.number")
        return SQL(
            "FROM dcrc_phone gt WHERE gt.partner_id = %s AND %s AND %s AND NOT %s AND NOT %s",
            q.partner,
            self._condition_right(q),
            self._condition_textable(q),
            self._condition_shared(q, number),
            self._condition_refused(q, number),
        )

    @api.model
    def _select_number(self, q):
        """The number to use, as an SQL expression: in the order that people gave them."""
        return SQL("(SELECT gt.number %s ORDER BY gt.sequence, gt.state != 'ok', gt.id LIMIT 1)", self._from_phones(q))

    def _condition_none(self, q, parts):
        """None of the person's numbers fulfils all of `parts`."""
        both = SQL(" AND ").join([SQL("gt.partner_id = %s", q.partner), *parts])
        return SQL("NOT EXISTS (SELECT 1 FROM dcrc_phone gt WHERE %s)", both)

    def _condition_right(self, q):
        """Number `gt` is in use; a text may wait until a suspended one is again."""
        return SQL("(gt.state IN ('unverified', 'ok') OR gt.state = 'suspended' AND %s = 'sms')", q.channel)

    def _condition_textable(self, q):
        return SQL("(%s != 'sms' OR gt.role IN ('mobile', 'other', 'work') AND gt.number ~ %s)", q.channel, MOBILE)

    def _condition_shared(self, q, number):
        """So many customers of the dealer have the number that it is nobody's."""
        return SQL(
            "EXISTS (SELECT 1 FROM dcrc_phone gh WHERE gh.number = %s AND gh.company_id = %s OFFSET %s)",
            number,
            q.company.id,
            q.company.dcrc_number_owners - 1,
        )

    def _condition_refused(self, q, number):
        """Somebody else who has the number has a wish against this contact."""
        return SQL(
            """EXISTS (SELECT 1 FROM dcrc_phone gh JOIN dcrc_do_not_contact gd ON gd.partner_id = gh.partner_id
                        WHERE gh.number = %s AND gh.company_id = %s AND %s)""",
            number,
            q.company.id,
            self._condition_wish(q),
        )
