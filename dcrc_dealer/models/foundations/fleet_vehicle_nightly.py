import logging

from odoo import api, models
from odoo.tools import SQL, split_every

from .worker import CONFLICTS, Worker

_logger = logging.getLogger(__name__)
BATCH = 500


class FleetVehicle(models.Model):
    """What rooms work out for many cars in the background: marked when something changed, done in batches."""

    _inherit = "fleet.vehicle"

    @api.model
    def _dcrc_mark(self, flag, condition):
        """Set a boolean field of customers' cars; `condition` is SQL on the alias ``v``."""
        self.flush_model()
        column = SQL.identifier(flag)
        self.env.cr.execute(
            SQL(
                """UPDATE fleet_vehicle v SET %(flag)s = TRUE
                WHERE v.dcrc_kind = 'customer' AND NOT COALESCE(v.%(flag)s, FALSE) AND %(condition)s""",
                flag=column,
                condition=condition,
            )
        )
        self.invalidate_model([flag], flush=False)

    @api.model
    def _dcrc_work_off(self, domain, work):
        """Do all cars of `domain`, for a scheduled action; goes on where it was stopped.

        :param work: name of a method that does any number of cars.
        """
        worker = Worker(self.env)

        def work_off(work):
            last = 0
            while worker.left and last is not None:
                last = worker.attempt(self._dcrc_work_batch, domain, work, last)

        worker.run([work], work_off)

    @api.model
    def _dcrc_work_batch(self, domain, work, last):
        """Do the next cars after the id `last`; return the last one's id, None when there was none."""
        found = self.sudo().search([*domain, ("id", ">", last)], order="id", limit=BATCH)
        found._dcrc_work_safely(work)
        return found.ids[-1] if found else None

    def _dcrc_work_safely(self, work):
        """One car that cannot be worked out keeps no other from its turn."""
        try:
            with self.env.cr.savepoint(flush=False):
                getattr(self.try_lock_for_update(), work)()
        except CONFLICTS:
            raise  # a new transaction does all of them
        except Exception:
            if len(self) == 1:
                _logger.exception("%s of car %s", work, self.id)
                return
            for part in split_every(max(1, len(self) // 10), self.ids):
                self.browse(part)._dcrc_work_safely(work)
