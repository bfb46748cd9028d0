from odoo import api, models
from odoo.tools import SQL

from .self_check import Check

PAPERS = ("dcrc.delivery", "dcrc.service.visit")
SHARED = ("res.users", "res.company")  # their company is where somebody works now


class SelfCheck(models.Model):
    """What holds of the file itself: dealers apart, ledgers, numbers, papers, cases, time limits."""

    _inherit = "dcrc.self.check"

    @api.model
    def _self_checks(self):
        return {
            **super()._self_checks(),
            "apart": Check("CUS", self.env._("Nothing of one dealer points to another's"), self._rows_apart()),
            "owner": Check(
                "CUS-2", self.env._("A car's owner is the ledger's"), {"fleet.vehicle": self._select_owner()}
            ),
            "owner_turns": Check(
                "CUS-2",
                self.env._("A car's owners follow one another"),
                {"dcrc.vehicle.owner": self._select_two_owners()},
            ),
            "last_visit": Check(
                "CUS-2",
                self.env._("A car's last visit is that of its repair orders"),
                {"fleet.vehicle": self._select_other_visit()},
            ),
            "number": Check(
                "CUS-1", self.env._("The state of a number is the same for all"), {"dcrc.phone": self._select_num()}
            ),
            "void": Check("FUP-12", self.env._("A paper is made void by two people"), self._rows_void()),
            "stamp": Check("CMP-3", self.env._("Who took a step when is noted"), self._rows_stamp()),
            "clock": Check(
                "CMP-2", self.env._("A time limit stands as its state says"), {"dcrc.clock": self._select_clock()}
            ),
            "clock_over": Check(
                "CMP-2", self.env._("No time limit runs for what is done"), {"dcrc.clock": self._select_clock_over()}
            ),
            "climb": Check(
                "CMP-2",
                self.env._("Nobody is told of a time limit twice or once it is met"),
                {"dcrc.clock": self._select_climb()},
            ),
        }

    # -- dealers apart -----------------------------------------------------------

    @api.model
    def _get_dealer_column(self, model):
        """The stored field that says whose a row of `model` is, None where it is nobody's."""
        if not model._auto or model._abstract or model._transient or model._name in SHARED:
            return None
        ours = model._name.startswith("dcrc.") or any(name.startswith("dcrc_") for name in model._fields)
        for name in ("dcrc_company_id", "company_id"):
            field = model._fields.get(name)
            if ours and field and field.store and field.type == "many2one":
                return name
        return None

    @api.model
    def _rows_apart(self):
        """Links of our models and our links of others, of whatever room, between what has a dealer."""
        found = {}
        for name, model in sorted(self.env.items()):
            column = self._get_dealer_column(model)
            links = [
                field
                for field in model._fields.values()
                if column
                and field.store
                and field.type in ("many2one", "many2many")
                and (name.startswith("dcrc.") or field.name.startswith("dcrc_"))
                and self._get_dealer_column(self.env[field.comodel_name])
            ]
            if links:
                found[name] = SQL(" UNION ALL ").join(self._select_apart(model, column, field) for field in links)
        return found

    def _select_apart(self, model, column, field):
        target = self.env[field.comodel_name]
        link = SQL("a.%s = b.id", SQL.identifier(field.name))
        between = SQL()
        if field.type == "many2many":
            one, other = SQL.identifier("m", field.column1), SQL.identifier("m", field.column2)
            between = SQL("JOIN %s m ON %s = a.id", SQL.identifier(field.relation), one)
            link = SQL("%s = b.id", other)
        return SQL(
            "SELECT a.id, a.%(mine)s AS company_id FROM %(table)s a %(between)s JOIN %(target)s b ON %(link)s"
            " WHERE a.%(mine)s != b.%(theirs)s",
            mine=SQL.identifier(column),
            table=SQL.identifier(model._table),
            between=between,
            target=SQL.identifier(target._table),
            link=link,
            theirs=SQL.identifier(self._get_dealer_column(target)),
        )

    # -- the file ----------------------------------------------------------------

    def _select_owner(self):
        return SQL(
            """SELECT v.id, v.company_id FROM fleet_vehicle v
                 LEFT JOIN dcrc_vehicle_owner o ON o.vehicle_id = v.id AND o.role = 'owner' AND o.date_to IS NULL
                WHERE v.dcrc_kind = 'customer' AND v.dcrc_owner_id IS DISTINCT FROM o.partner_id"""
        )

    def _select_two_owners(self):
        """Two owners at a time; who owned it since nobody knows when is taken at the word."""
        return SQL(
            """SELECT b.id, b.company_id FROM dcrc_vehicle_owner a
                 JOIN dcrc_vehicle_owner b ON b.vehicle_id = a.vehicle_id AND b.role = 'owner' AND b.id != a.id
                WHERE a.role = 'owner' AND b.date_from > a.date_from
                  AND b.date_from < COALESCE(a.date_to, 'infinity')"""
        )

    def _select_other_visit(self):
        return SQL(
            """SELECT v.id, v.company_id FROM fleet_vehicle v JOIN res_company k ON k.id = v.company_id
                 LEFT JOIN (SELECT vehicle_id, MAX(date_in) AS last FROM dcrc_service_visit
                             WHERE void IS NOT TRUE GROUP BY 1) s ON s.vehicle_id = v.id
                WHERE v.dcrc_kind = 'customer' AND v.dcrc_last_visit_date IS DISTINCT FROM
                      (s.last AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date"""
        )

    def _select_num(self):
        return SQL(
            """SELECT p.id, p.company_id FROM dcrc_phone p
                 JOIN (SELECT number, company_id FROM dcrc_phone GROUP BY 1, 2 HAVING COUNT(DISTINCT state) > 1) d
                   ON d.number = p.number AND d.company_id = p.company_id"""
        )

    def _rows_void(self):
        return {
            model: SQL(
                """SELECT p.id, p.company_id FROM %s p WHERE p.void AND p.void_cause = 'hand'
                      AND (p.void_by IS NULL OR p.void_confirmed_by IS NULL OR p.void_by = p.void_confirmed_by)""",
                SQL.identifier(self.env[model]._table),
            )
            for model in PAPERS
        }

    def _rows_stamp(self):
        found = {}
        for name, model in sorted(self.env.items()):
            if not model._auto or model._abstract or not getattr(model, "_stamps", None):
                continue
            missing = [
                SQL("c.state = %s AND c.%s IS NULL", state, SQL.identifier(stamp))
                for state, stamps in model._stamps.items()
                for stamp in stamps
            ]
            found[name] = SQL(
                "SELECT c.id, c.company_id FROM %s c WHERE %s", SQL.identifier(model._table), SQL(" OR ").join(missing)
            )
        return found

    # -- time limits ---------------------------------------------------------------

    def _select_clock(self):
        """Running: with a day, and no pause under way. Paused: with one. Met: with its moment, telling nobody."""
        return SQL(
            """SELECT c.id, c.company_id FROM dcrc_clock c
                 LEFT JOIN (SELECT DISTINCT clock_id FROM dcrc_clock_pause WHERE ended_on IS NULL) p
                   ON p.clock_id = c.id
                WHERE c.state = 'running' AND (c.due_on IS NULL OR p.clock_id IS NOT NULL)
                   OR c.state = 'paused' AND p.clock_id IS NULL
                   OR c.state = 'met' AND c.met_on IS NULL
                   OR c.state IN ('met', 'ended') AND c.next_on IS NOT NULL"""
        )

    def _select_clock_over(self):
        parts = [SQL("SELECT c.id, c.company_id FROM dcrc_clock c WHERE FALSE")]
        for name, model in sorted(self.env.items()):
            if not model._auto or model._abstract or not hasattr(model, "_get_clocks"):
                continue
            for kind, domain in model._get_clocks().items():
                query = model.sudo()._search(domain)
                parts.append(
                    SQL(
                        """SELECT c.id, c.company_id FROM dcrc_clock c WHERE c.res_model = %s AND c.kind = %s
                              AND c.state IN ('running', 'paused') AND c.res_id NOT IN %s""",
                        name,
                        kind,
                        query.subselect(),
                    )
                )
        return SQL(" UNION ALL ").join(parts)

    def _select_climb(self):
        return SQL(
            """SELECT c.id, c.company_id FROM dcrc_clock c JOIN dcrc_clock_climb l ON l.clock_id = c.id
                WHERE l.told_on > c.met_on
               UNION ALL
               SELECT c.id, c.company_id FROM dcrc_clock c JOIN dcrc_clock_climb l ON l.clock_id = c.id
                GROUP BY c.id, c.company_id, l.step_id, l.warning, l.user_id, l.email HAVING COUNT(*) > 1"""
        )
