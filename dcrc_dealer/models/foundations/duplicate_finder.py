from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.cells import name_key
from .rows import given
from .worker import Worker

MOST_PEOPLE = 20  # a car or day that more people share tells nobody apart
SIGNS = ("same_phone", "same_car", "same_birthday", "same_email")


class DuplicateFinder(models.AbstractModel):
    """Finds likely duplicates of a dealer, set-based: a fixed number of queries whatever the file's size.

    Signs: the same number (not one of many, see `res.company.dcrc_number_owners`); the same name, however it
    is spelled, around one car, plate or VIN's end; the same name and birthday; the same e-mail.
    """

    _name = "dcrc.duplicate.finder"
    _description = "Finder of likely duplicates"

    @api.model
    def _cron_find(self):
        """Look at every dealer's customers."""
        worker = Worker(self.env)
        worker.run(self.env["res.company"]._dcrc_dealers(), lambda company: worker.attempt(self._find, company))

    @api.model
    def _find(self, company):
        """Note new pairs, renew the signs of the open ones, drop those that no longer look alike."""
        self.env.flush_all()
        signs = {}
        for sign, pairs in self._look(company):
            for pair in pairs:
                signs.setdefault(pair, set()).add(sign)
        self._store(company, signs)
        self.env["dcrc.duplicate"].invalidate_model(flush=False)

    def _look(self, company):
        """``[(sign, pairs of ids)]``; in a pair the smaller id stands first."""
        yield "same_phone", self._pairs(self._keys_phone(company), company.dcrc_number_owners - 1)
        yield "same_email", self._pairs(self._keys_email(company))
        for sign, keys in (("same_car", self._keys_car(company)), ("same_birthday", self._keys_birthday(company))):
            yield sign, self._same_names(self._pairs(keys))

    def _pairs(self, keys, most=MOST_PEOPLE):
        """Pairs of customers who share a key, unless more than `most` do; `keys` is a SELECT of (key, partner_id)."""
        return self.env.execute_query(
            SQL(
                """WITH k AS MATERIALIZED (SELECT DISTINCT x.key, x.partner_id FROM (%s) x
                                            JOIN res_partner r ON r.id = x.partner_id
                                           WHERE r.active AND r.dcrc_customer AND x.key IS NOT NULL),
                     shared AS (SELECT key FROM k GROUP BY key HAVING COUNT(*) BETWEEN 2 AND %s)
                SELECT DISTINCT a.partner_id, b.partner_id FROM shared
                  JOIN k a ON a.key = shared.key JOIN k b ON b.key = shared.key AND b.partner_id > a.partner_id""",
                keys,
                most,
            )
        )

    def _keys_phone(self, company):
        return SQL("SELECT p.number AS key, p.partner_id FROM dcrc_phone p WHERE p.company_id = %s", company.id)

    def _keys_email(self, company):
        return SQL(
            "SELECT p.email_normalized AS key, p.id AS partner_id FROM res_partner p WHERE p.company_id = %s",
            company.id,
        )

    def _keys_birthday(self, company):
        return SQL(
            """SELECT p.dcrc_birth_date::text || LEFT(p.name, 1) AS key, p.id AS partner_id
                 FROM res_partner p WHERE p.company_id = %s""",
            company.id,
        )

    def _keys_car(self, company):
        """Everybody around a car, told by itself, its plate and its VIN's end."""
        return SQL(
            """SELECT UNNEST(ARRAY['c' || v.id, 'p' || v.license_plate, 'v' || RIGHT(v.vin_sn, 8)]) AS key, y.partner_id
                 FROM (SELECT o.vehicle_id, o.partner_id FROM dcrc_vehicle_owner o WHERE o.company_id = %(company)s
                       UNION SELECT w.vehicle_id, w.partner_id FROM dcrc_service_visit w
                              WHERE w.company_id = %(company)s AND w.partner_id IS NOT NULL
                       UNION SELECT d.vehicle_id, d.partner_id FROM dcrc_delivery d
                              WHERE d.company_id = %(company)s) y
                 JOIN fleet_vehicle v ON v.id = y.vehicle_id""",
            company=company.id,
        )

    def _same_names(self, pairs):
        """Those of `pairs` whose names, or names before a merge, are spellings of one."""
        partners = self.env["res.partner"].sudo().browse({partner_id for pair in pairs for partner_id in pair})
        partners.fetch(["name", "dcrc_other_names"])
        keys = {p.id: {name_key(name) for name in (p.name, *(p.dcrc_other_names or []))} - {""} for p in partners}
        return [pair for pair in pairs if keys[pair[0]] & keys[pair[1]]]

    def _store(self, company, signs):
        rows = [
            {"partner_id": first, "other_id": second, "strength": len(held), **{sign: sign in held for sign in SIGNS}}
            for (first, second), held in signs.items()
        ]
        names = ["partner_id", "other_id", "strength", *SIGNS]
        model, now, uid = self.env["dcrc.duplicate"], fields.Datetime.now(), self.env.uid
        told = SQL(", ").join(SQL.identifier("r", name) for name in names)
        renewed = SQL(", ").join(
            SQL("%s = EXCLUDED.%s", SQL.identifier(name), SQL.identifier(name)) for name in ("strength", *SIGNS)
        )
        self.env.cr.execute(
            SQL(
                """WITH r AS MATERIALIZED (SELECT * FROM %(rows)s),
                        gone AS (DELETE FROM dcrc_duplicate d WHERE d.company_id = %(company)s AND d.state = 'open'
                                    AND NOT EXISTS (SELECT 1 FROM r WHERE r.partner_id = d.partner_id
                                                       AND r.other_id = d.other_id))
                INSERT INTO dcrc_duplicate
                       (%(names)s, company_id, state, create_uid, create_date, write_uid, write_date)
                SELECT %(told)s, %(company)s, 'open', %(uid)s, %(now)s, %(uid)s, %(now)s FROM r
                    ON CONFLICT (partner_id, other_id) DO UPDATE SET %(renewed)s""",
                rows=given(model, rows, names, alias="g"),
                names=SQL(", ").join(map(SQL.identifier, names)),
                told=told,
                renewed=renewed,
                company=company.id,
                uid=uid,
                now=now,
            )
        )
