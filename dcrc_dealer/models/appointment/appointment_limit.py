from odoo import fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL


class AppointmentLimit(models.AbstractModel):
    """Advisers, bays and kinds of work: so much at a time (APT-2).

    A limit and the places taken under it change in different tables, so two transactions
    side by side would not notice each other. Hence whoever takes places shares the lock on
    the limit, and whoever lowers it has the lock alone and leaves a new version of the row:

    * booked first: lowering waits, then sees that its own view of the places is too old;
    * lowered first: the booking waits, then finds a newer version than the one it read.

    Either way the later one ends in a concurrency error, and Odoo runs its request again,
    which then decides on what the other one has left. Locks are taken kinds first, then
    advisers and bays, each by id, so nobody waits in a circle.
    """

    _name = "dcrc.appointment.limit"
    _description = "Limit of appointments at a time"

    def _share_limit(self):
        """Keep the limit as we read it until our transaction ends; others may book meanwhile."""
        self._execute_lock(SQL("SHARE"))

    def _lock_limit(self):
        """Let nobody book under this limit until our transaction ends; for lowering it."""
        self._execute_lock(SQL("NO KEY UPDATE"))
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET write_date = %s WHERE id = ANY(%s)",
                SQL.identifier(self._table),
                self.env.cr.now(),
                self.ids,
            ),
            log_exceptions=False,
        )
        self._check_view()

    def _execute_lock(self, mode):
        query = SQL(
            "SELECT id FROM %s WHERE id = ANY(%s) ORDER BY id FOR %s", SQL.identifier(self._table), self.ids, mode
        )
        if self.ids:
            self.env.cr.execute(query, log_exceptions=False)

    def _check_view(self):
        """Have the request run again when something was booked since our transaction began."""
        if not self.env.registry.ready:
            return  # an installation has the tables to itself: a second connection would wait for ever
        with self.env.registry.cursor() as cr:
            cr.execute(self._select_bookings())
            booked = dict(cr.fetchall())
        if not booked:
            return
        self.env.flush_all()
        query = SQL("SELECT id, write_date FROM dcrc_appointment WHERE id = ANY(%s)", list(booked))
        seen = dict(self.env.execute_query(query))
        if any(appointment not in seen or seen[appointment] < date for appointment, date in booked.items()):
            raise ConcurrencyError(self.env._("Somebody booked at the same moment: please try again."))

    def _select_bookings(self):
        """SELECT of (appointment, its last change) of what is booked from now on."""
        return SQL(
            """SELECT a.id, a.write_date FROM dcrc_appointment a
                WHERE EXISTS (SELECT FROM dcrc_appointment_seat s WHERE s.appointment_id = a.id
                                 AND s.resource_id = ANY(%s) AND s.start >= %s)""",
            self.ids,
            fields.Datetime.now(),
        )
