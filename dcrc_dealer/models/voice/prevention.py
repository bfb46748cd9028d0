from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

BY_DEPARTMENT = {"root_cause", "measure"}


class Prevention(models.Model):
    """What keeps a problem from coming back: a line of 回访问题预防措施表 (FUP-11).

    open → done, once its effect is written down; dropped, with the reason. The figure that started it is kept.
    """

    _name = "dcrc.prevention"
    _description = "Prevention of a Problem"
    _inherit = ["mail.thread", "dcrc.case.mixin"]
    _order = "state desc, deadline, id"
    _check_company_auto = True

    _number_prefix = "P%(y)s-"
    _moves = {"open": ("done", "dropped"), "done": ("open",), "dropped": ("open",)}
    _stamps = {"done": ("done_on", "done_by"), "dropped": ("done_on", "done_by")}

    name = fields.Char("Number", readonly=True, copy=False, default="/")
    company_id = fields.Many2one(
        "res.company", "Dealer", required=True, index=True, readonly=True, default=lambda self: self.env.company
    )
    problem_id = fields.Many2one(
        "dcrc.problem",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('company_id', '=', company_id)]",
    )
    # what started it
    week = fields.Date("Week from", help="The week whose figures started it.")
    frequency = fields.Integer(help="How often it came up in that week.")
    share = fields.Float("Of All Problems (%)", digits=(5, 1))
    # what is done
    root_cause = fields.Text(help="Why it happens, not who did it.")
    measure = fields.Text("Prevention", required=True)
    department_id = fields.Many2one(
        "dcrc.department", index="btree_not_null", check_company=True, domain="[('company_id', '=', company_id)]"
    )
    user_id = fields.Many2one(
        "res.users", "Responsible", tracking=True, domain="[('share', '=', False), ('company_ids', 'in', company_id)]"
    )
    deadline = fields.Date(tracking=True)
    effect = fields.Text("Result", help="How often it has come up since, and what else was seen.")
    state = fields.Selection(
        [("open", "Under Way"), ("done", "Done"), ("dropped", "Dropped")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    done_on = fields.Date(readonly=True, copy=False)
    done_by = fields.Many2one("res.users", readonly=True, copy=False)
    is_late = fields.Boolean("Overdue", compute="_compute_is_late", search="_search_is_late")
    is_centre = fields.Boolean("For Center Staff", compute="_compute_is_centre")

    _number_once = models.UniqueIndex("(company_id, name) WHERE name <> '/'", "This number is taken.")
    _figures_sane = models.Constraint(
        "CHECK (frequency >= 0 AND share >= 0 AND share <= 100)",
        "A frequency cannot be negative, a share not over 100 %.",
    )
    _over_is_stamped = models.Constraint(
        "CHECK (state = 'open' OR done_on IS NOT NULL)", "A measure that is over needs the day on which it ended."
    )

    @api.depends("deadline", "state")
    def _compute_is_late(self):
        for prevention in self:
            today = prevention.company_id._dcrc_today()
            prevention.is_late = (
                prevention.state == "open" and bool(prevention.deadline) and prevention.deadline < today
            )

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", "open") & Domain("deadline", "<", self.env.company._dcrc_today())

    @api.depends_context("uid")
    def _compute_is_centre(self):
        self.is_centre = self.env.user.has_group("dcrc_dealer.group_dcrc_user")

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._prepare_create(dict(vals)) for vals in vals_list]
        preventions = super().create(vals_list)
        preventions._tell_responsible()
        return preventions

    def write(self, vals):
        self._check_writable(vals)
        before = {prevention: prevention.user_id for prevention in self} if "user_id" in vals else {}
        result = super().write(vals)
        self.filtered(lambda p: p in before and p.user_id != before[p])._tell_responsible()
        return result

    def _prepare_create(self, vals):
        company = self.env["res.company"].browse(vals.get("company_id")) or self.env.company
        problem = self.env["dcrc.problem"].browse(vals.get("problem_id"))
        vals["company_id"] = company.id
        if vals.get("name", "/") == "/":
            vals["name"] = self._next_number(company)
        if "department_id" not in vals and problem.department_kind:
            vals["department_id"] = self.env["dcrc.department"]._get_for(problem.department_kind, company).id
        if not vals.get("user_id"):
            vals["user_id"] = self.env["dcrc.department"].browse(vals.get("department_id")).sudo().responsible_id.id
        return vals

    def _check_writable(self, vals):
        """What is over stays as it was written down; a department writes what it found and does."""
        if self.env.su:
            return
        over = self.filtered(lambda p: p.state != "open")
        if over and vals:
            raise UserError(self.env._("%(number)s is closed: nothing in it changes any more.", number=over[0].name))
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_user") and not BY_DEPARTMENT.issuperset(vals):
            raise AccessError(self.env._("Only the customer center changes this. Write the cause and the measure."))

    def _tell_responsible(self):
        """Whoever is responsible follows it; nobody is told of the own work."""
        for prevention in self.filtered(lambda p: p.user_id.active):
            partner = prevention.user_id.partner_id
            prevention.message_subscribe(partner.ids)
            if prevention.user_id != self.env.user:
                body = self.env._(
                    "%(number)s: you are responsible until %(day)s.",
                    number=prevention.name,
                    day=prevention.deadline or "–",
                )
                prevention.message_post(body=body, partner_ids=partner.ids, subtype_xmlid="mail.mt_note")

    # -- actions ----------------------------------------------------------------

    def action_done(self):
        """It is carried out, and what came of it is written down."""
        self._check_centre()
        self._check_move("done")
        if any(not (prevention.effect or "").strip() for prevention in self):
            raise UserError(self.env._("Write first what came of it."))
        self._move("done")

    def action_drop(self):
        """It is not carried out; the result says why."""
        self._check_centre()
        self._check_move("dropped")
        if any(not (prevention.effect or "").strip() for prevention in self):
            raise UserError(self.env._("Write first why it is dropped."))
        self._move("dropped")

    def action_reopen(self):
        """Take it up again."""
        self._check_centre()
        self._check_move("open")
        self._dcrc_step({"state": "open", "done_on": False, "done_by": False})

    def _check_centre(self):
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_user"):
            raise AccessError(self.env._("This is decided by the customer center."))

    def _prepare_improvement(self):
        """This as a cause, see `dcrc.problem._open_improvements`."""
        return {
            "problem": self.problem_id,
            "cause": self.root_cause or "",
            "measure": self.measure,
            "figure": self.share or None,
            "department": self.department_id,
            "source": self,
        }

    def _get_file_name(self):
        """Name of the PDF, without ending."""
        return self.env._("Prevention of problems")
