from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .warranty_limit import KINDS

WARNINGS = KINDS[:4]


class WarrantyCase(models.Model):
    """A car that comes near a limit of the statutory warranty, or is beyond it.

    Opened by the judging, with the figure and the source of its limit; ends by itself when the figure falls. What
    the customer demands is noted and has the law's clocks: a reply, and an end.
    """

    _name = "dcrc.warranty.case"
    _description = "Statutory Warranty Case"
    _inherit = ["mail.thread", "dcrc.clock.mixin", "dcrc.case.mixin", "dcrc.matter.mixin"]
    _order = "state, level desc, id desc"
    _check_company_auto = True

    _number_prefix = "W%(y)s-"
    _moves = {"open": ("done", "gone"), "gone": ("open",), "done": ("open",)}
    _stamps = {"done": ("closed_on", "closed_by"), "gone": ("closed_on",)}

    vehicle_id = fields.Many2one(required=True, readonly=True)
    partner_id = fields.Many2one(readonly=True)
    kind = fields.Selection(WARNINGS, "Warning", required=True, readonly=True)
    fault_id = fields.Many2one(
        "dcrc.warranty.fault", readonly=True, index="btree_not_null", ondelete="cascade", check_company=True
    )
    visit_id = fields.Many2one(
        "dcrc.service.visit",
        "Repair order",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
    )
    part = fields.Char("Main Part", readonly=True)
    figure = fields.Integer(readonly=True, tracking=True)
    confirmed = fields.Integer("Of These Confirmed", readonly=True)
    limit_id = fields.Many2one(
        "dcrc.warranty.limit", "Limit by Law", readonly=True, ondelete="set null", check_company=True
    )
    limit_words = fields.Char("Figure and Limit", compute="_compute_limit_words")
    source = fields.Char("Source in Law", related="limit_id.source")
    level = fields.Selection(
        [("1", "Near the limit"), ("2", "Limit reached")], required=True, readonly=True, default="1", tracking=True
    )
    # what is done about it
    user_id = fields.Many2one(
        "res.users", "Responsible", tracking=True, domain="[('share', '=', False), ('company_ids', 'in', company_id)]"
    )
    department_id = fields.Many2one(
        "dcrc.department", index="btree_not_null", check_company=True, domain="[('company_id', '=', company_id)]"
    )
    seen_on = fields.Datetime("Taken in Hand On", readonly=True, copy=False)
    seen_by = fields.Many2one("res.users", "Taken in Hand By", readonly=True, copy=False)
    remedy = fields.Selection(
        [("loaner", "Loaner car"), ("allowance", "Allowance"), ("declined", "Customer wants neither")],
        "Loaner or Allowance",
        tracking=True,
        help="Of a stay that takes longer: the law's choice for the customer.",
    )
    claimed_on = fields.Datetime("Customer's Claim On", readonly=True, copy=False)
    claim = fields.Text("Customer's Claim", dcrc_personal="words", help="What the customer demands.")
    replied_on = fields.Datetime(readonly=True, copy=False)
    reply = fields.Text("Reply to the Customer", dcrc_personal="words")
    result = fields.Text(dcrc_personal="words")
    state = fields.Selection(
        [("open", "Open"), ("done", "Settled"), ("gone", "No longer so")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    closed_on = fields.Datetime(readonly=True, copy=False)
    closed_by = fields.Many2one("res.users", readonly=True, copy=False)

    _subject_once = models.UniqueIndex(
        "(vehicle_id, kind, COALESCE(fault_id, 0), COALESCE(visit_id, 0), COALESCE(part, ''))",
        "There is a case of this already.",
    )
    _number_once = models.UniqueIndex("(company_id, name) WHERE name <> '/'", "This number is taken.")
    _settled_has_result = models.Constraint(
        "CHECK (state <> 'done' OR (closed_on IS NOT NULL AND result IS NOT NULL))",
        "A settled case needs its result and the time.",
    )

    @api.depends("figure", "limit_id")
    @api.depends_context("lang")
    def _compute_limit_words(self):
        for case in self:
            limit = case.sudo().limit_id
            case.limit_words = f"{case.figure} / {limit.limit}" if limit else str(case.figure)

    @api.model
    def _domains(self):
        """Named lists of the room; tiles, menus and filters use only these."""
        opened = Domain("state", "=", "open")
        return {"open": opened, "reached": opened & Domain("level", "=", "2")}

    @api.model
    def _get_clocks(self):
        """A claim is replied to within 10 working days and settled within 20 (三包, order 43 of 2021)."""
        claimed = Domain("state", "=", "open") & Domain("claimed_on", "!=", False)
        unseen = Domain("state", "=", "open") & Domain("seen_on", "=", False)
        waits = claimed & Domain("replied_on", "=", False)
        return {**super()._get_clocks(), "warranty_seen": unseen, "warranty_reply": waits, "warranty_done": claimed}

    # -- actions -------------------------------------------------------------------

    def action_seen(self):
        """Somebody has it in hand: nobody further is told of the warning."""
        self._check_centre()
        self.filtered(lambda case: not case.seen_on)._dcrc_step(
            {"seen_on": fields.Datetime.now(), "seen_by": self.env.uid}
        )

    def action_claim(self):
        """The customer demands what the law gives: the clocks begin."""
        self._check_centre()
        for case in self:
            if case.state != "open" or case.claimed_on:
                raise UserError(self.env._("%(number)s: a claim is noted once, on an open case.", number=case.name))
            if not (case.claim or "").strip():
                raise UserError(self.env._("Write what the customer demands first."))
        self._dcrc_step({"claimed_on": fields.Datetime.now()})

    def action_reply(self):
        """The customer has the reply."""
        self._check_centre()
        for case in self:
            if not case.claimed_on or case.replied_on or case.state != "open":
                raise UserError(self.env._("%(number)s: there is no claim that waits for a reply.", number=case.name))
            if not (case.reply or "").strip():
                raise UserError(self.env._("Write the reply first."))
        self._dcrc_step({"replied_on": fields.Datetime.now()})

    def action_done(self):
        """Settled: what came of it is written down, and a long stay has its loaner or allowance."""
        self._check_centre()
        self._check_move("done")
        for case in self:
            if case.kind == "stay" and not case.remedy:
                raise UserError(self.env._("Say whether the customer got a loaner car or an allowance."))
            if not (case.result or "").strip():
                raise UserError(self.env._("Write what came of it first."))
        self._move("done")

    def action_reopen(self):
        """Take it up again."""
        self._check_centre()
        self._check_move("open")
        self._dcrc_step({"state": "open", "closed_on": False, "closed_by": False})

    def action_open_repairs(self):
        """Button: the repair orders behind the figure."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.warranty_repair_action")
        domain = [("vehicle_id", "=", self.vehicle_id.id)]
        if self.fault_id:
            domain.append(("fault_id", "=", self.fault_id.id))
        return {**action, "domain": domain, "context": {}}

    def _check_centre(self):
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_user"):
            raise AccessError(self.env._("This is decided by the customer center."))
