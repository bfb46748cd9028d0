"""How often somebody called a page that needs no login."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.net import counted_as

WINDOW = 60  # seconds: the minute of the clock
# What may come within a window; each is a system parameter dcrc_dealer.web_limit_<name>.
LIMITS = {
    "address": 120,  # of one address, all pages together
    "token": 60,  # of one link or callback, from wherever
    "guess": 15,  # wrong tokens of one address
    "callback": 1200,  # reports of one provider: they come in bursts
}


class WebHit(models.Model):
    """Calls within a window, in PostgreSQL so that all workers and hosts count together.

    Counted in a transaction of its own: a request that fails, or is rolled back, was a request.
    Keys are no addresses and no tokens but digests of them; rows go within the hour.
    """

    _name = "dcrc.web.hit"
    _description = "Calls of a Public Page"
    _order = "id desc"
    _log_access = False

    key = fields.Char(required=True, readonly=True)
    since = fields.Datetime(required=True, readonly=True)
    count = fields.Integer(required=True, readonly=True)

    _key_once = models.UniqueIndex("(key, since)")
    _since_idx = models.Index("(since)")

    @api.model
    def _count_hits(self, keys):
        """Count one call for each of ``keys``, {name of the limit: what is counted}.

        :return: seconds to wait, 0 while all are within their limits
        """
        now = fields.Datetime.now()
        since = now.replace(second=0)
        digests = {name: self._digest(name, what) for name, what in keys.items() if what}
        with self.env.registry.cursor() as cr:
            # Sorted: two requests that count the same keys wait for each other, never in a circle.
            cr.execute(
                SQL(
                    "INSERT INTO dcrc_web_hit (key, since, count) SELECT unnest(%s), %s, 1"
                    " ON CONFLICT (key, since) DO UPDATE SET count = dcrc_web_hit.count + 1 RETURNING key, count",
                    sorted(digests.values()),
                    since,
                )
            )
            counts = dict(cr.fetchall())
        over = any(counts[digest] > self._limit(name) for name, digest in digests.items())
        return WINDOW - int((now - since).total_seconds()) if over else 0

    @api.model
    def _is_over(self, name, what):
        """Whether a limit is reached already, without counting."""
        since = fields.Datetime.now().replace(second=0)
        query = SQL("SELECT count FROM dcrc_web_hit WHERE key = %s AND since = %s", self._digest(name, what), since)
        found = self.env.execute_query(query)
        return bool(found) and found[0][0] >= self._limit(name)

    @api.model
    def _digest(self, name, what):
        if name in ("address", "guess"):
            what = counted_as(what)
        return self.env["ir.config_parameter"].sudo()._dcrc_digest(f"{name}:{what}")

    @api.model
    def _limit(self, name):
        value = self.env["ir.config_parameter"].sudo().get_param(f"dcrc_dealer.web_limit_{name}")
        return int(value) if value and value.isdigit() else LIMITS[name]

    @api.autovacuum
    def _gc_hits(self):
        past = fields.Datetime.now() - timedelta(hours=1)
        self.env.cr.execute(SQL("DELETE FROM dcrc_web_hit WHERE since < %s", past))
