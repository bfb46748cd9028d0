import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

SHOWN = 10


class AppointmentSeat(models.Model):
    """A place taken for a quarter of an hour: what makes overbooking impossible (APT-2).

    An appointment takes a numbered place of its adviser, its bay and, where it is
    limited, its kind of work in every quarter it lasts. The unique indexes let the
    database decide who gets the last place when two book at the same moment.
    """

    _name = "dcrc.appointment.seat"
    _description = "Slot taken by an appointment"
    _order = "start, id"
    _check_company_auto = True

    appointment_id = fields.Many2one("dcrc.appointment", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", "Dealer", required=True, index=True)
    resource_id = fields.Many2one("dcrc.appointment.resource", "Adviser or bay", ondelete="restrict")
    kind_id = fields.Many2one("dcrc.appointment.kind", "Service type", ondelete="restrict")
    start = fields.Datetime("Slot Start", required=True)
    number = fields.Integer("Place", required=True)

    _resource_once = models.UniqueIndex(
        "(resource_id, start, number) WHERE resource_id IS NOT NULL", "This place is taken already."
    )
    _kind_once = models.UniqueIndex(
        "(kind_id, start, number) WHERE kind_id IS NOT NULL", "This place is taken already."
    )
    _one_holder = models.Constraint(
        "CHECK ((resource_id IS NULL) != (kind_id IS NULL) AND number > 0)",
        "A place belongs to an adviser, a bay or a kind of work.",
    )
    _day_idx = models.Index("(company_id, start)")

    @api.model
    def _get_taken(self, company, start, stop, but=None):
        """What is taken at `company` between two moments.

        :param but: appointment whose own places count as free (it is being moved).
        :return: two dictionaries by ``(("resource"|"kind", id), quarter)``: ``{place numbers}``, and of
            those that are only kept for an offer ``{place number: until}``
        """
        self.flush_model()
        self.env["dcrc.appointment"].flush_model(["state", "offered_until"])
        rows = self.env.execute_query(
            SQL(
                """SELECT s.resource_id, s.kind_id, s.start, s.number, a.offered_until
                 FROM dcrc_appointment_seat s
                 LEFT JOIN dcrc_appointment a ON a.id = s.appointment_id AND a.state = 'draft'
                WHERE s.company_id = %s AND s.start >= %s AND s.start < %s AND s.appointment_id != %s""",
                company.id,
                start,
                stop,
                but.id if but else 0,
            )
        )
        taken, kept = {}, {}
        for resource, kind, quarter, number, until in rows:
            place = ("resource", resource) if resource else ("kind", kind), quarter
            taken.setdefault(place, set()).add(number)
            if until:
                kept.setdefault(place, {})[number] = until
        return taken, kept

    @api.model
    def _take(self, appointment, rows):
        """Take places ``[(key, quarter, number)]``; return False when one of them is gone already."""
        columns = [
            (
                appointment.id,
                appointment.company_id.id,
                key[1] if key[0] == "resource" else None,
                key[1] if key[0] == "kind" else None,
                quarter,
                number,
            )
            for key, quarter, number in sorted(rows)
        ]
        values = SQL(", ").join(SQL("%s", row) for row in columns)
        query = SQL(
            """INSERT INTO dcrc_appointment_seat
                      (appointment_id, company_id, resource_id, kind_id, start, number) VALUES %s""",
            values,
        )
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(query, log_exceptions=False)
        except psycopg2.errors.UniqueViolation:
            return False
        self.invalidate_model()
        appointment.invalidate_recordset(["seat_ids"])
        return True

    @api.model
    def _check_capacity(self, holder, limit, start=None, stop=None):
        """Refuse a limit lower than what is booked already, and name the bookings (bad input).

        :param holder: an adviser, a bay or a kind of work.
        :param start, stop: only look between these moments (default: from now on).
        """
        column = SQL.identifier("kind_id" if holder._name == "dcrc.appointment.kind" else "resource_id")
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT ARRAY_AGG(s.appointment_id) FROM dcrc_appointment_seat s
                WHERE s.%(column)s = %(holder)s AND s.start >= %(start)s
                  AND (%(stop)s::timestamp IS NULL OR s.start < %(stop)s)
                GROUP BY s.start HAVING COUNT(*) > %(limit)s""",
                column=column,
                holder=holder.id,
                start=start or fields.Datetime.now(),
                stop=stop or None,
                limit=limit,
            )
        )
        booked = {appointment for (ids,) in rows for appointment in ids}
        if booked:
            self._refuse(holder, limit, self.env["dcrc.appointment"].sudo().browse(booked))
        if limit and not stop:
            self._renumber(column, holder, limit)

    def _refuse(self, holder, limit, appointments):
        lines = [
            " · ".join((a.name, a._get_place_words(), a.partner_id.display_name, a.kind_id.name))
            for a in appointments.sorted(lambda a: a.start or a.offered_start)
        ]
        if len(lines) > SHOWN:
            lines = [*lines[:SHOWN], self.env._("… and %(count)s more", count=len(lines) - SHOWN)]
        raise ValidationError(
            self.env._(
                "“%(name)s” cannot go down to %(limit)s places: more is booked already."
                " Move or cancel some of these first:\n%(list)s",
                name=holder.display_name,
                limit=limit,
                list="\n".join(lines),
            )
        )

    def _renumber(self, column, holder, limit):
        """Places numbered above a lowered limit move to free lower numbers."""
        rows = self.env.execute_query(
            SQL(
                """SELECT id, start, number FROM dcrc_appointment_seat
                WHERE %s = %s AND start >= %s ORDER BY start, number""",
                column,
                holder.id,
                fields.Datetime.now(),
            )
        )
        used = {}
        for _id, quarter, number in rows:
            used.setdefault(quarter, set()).add(number)
        for seat_id, quarter, number in rows:
            if number > limit:
                free = next(n for n in range(1, limit + 1) if n not in used[quarter])
                used[quarter].add(free)
                self.browse(seat_id).sudo().number = free
        self.flush_model()
