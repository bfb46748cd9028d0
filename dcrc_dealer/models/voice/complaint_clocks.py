from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

BEFORE_DONE = ("received", "investigate", "propose", "approve", "carry")


class Complaint(models.Model):
    """Time limits side by side (CMP-2): first contact, solution, callback; the manufacturer's and an authority's."""

    _inherit = "dcrc.complaint"

    waits_for = fields.Selection(
        [
            ("customer", "Waits for the customer"),
            ("parts", "Waits for parts"),
            ("manufacturer", "Waits for the manufacturer"),
            ("expert", "Waits for an expert's opinion"),
        ],
        "Stands Still",
        readonly=True,
        copy=False,
        tracking=True,
        help="The time for the solution stands still meanwhile.",
    )
    waits_words = fields.Text("Why It Stands Still", readonly=True, copy=False, dcrc_personal="words")
    turn = fields.Char("Whose Turn", compute="_compute_turn", compute_sudo=True)
    turn_user_id = fields.Many2one("res.users", "Next", compute="_compute_turn", compute_sudo=True)
    listed = fields.Char("Stands in the list", compute="_compute_listed", search="_search_listed")

    def _compute_listed(self):
        """Only for searching: tiles and filters take the named domains by it."""
        self.listed = False

    @api.model
    def _search_listed(self, operator, value):
        """Complaints of a named list (see `_domains`)."""
        if operator != "in":
            return NotImplemented
        domains = self._domains()
        return Domain.OR(domains[name] for name in value if name in domains)

    @api.model
    def _domain_late(self, kind):
        """Complaints whose clock of a kind runs and is over."""
        late = Domain("res_model", "=", self._name) & Domain("kind", "=", kind)
        late &= Domain("state", "=", "running") & Domain("due_on", "<", fields.Datetime.now())
        return Domain("id", "in", self.env["dcrc.clock"].sudo()._search(late).subselect("res_id"))

    @api.model
    def _get_clocks(self):
        """FUP-7: what a call brought up is with the department the same day; CMP-2: contact, solution, callback."""
        opened = Domain("state", "!=", "closed")
        authority = opened & Domain("source", "=", "authority")
        return {
            **super()._get_clocks(),
            "handing": opened & Domain("department_id", "=", False) & Domain("source", "in", ("call", "link")),
            "complaint_contact": opened & Domain("contacted_on", "=", False),
            "complaint_solution": Domain("state", "in", BEFORE_DONE),
            "complaint_callback": Domain("state", "=", "callback"),
            "complaint_manufacturer": opened & Domain("manufacturer_due", "!=", False),
            "authority_accept": authority & Domain("authority_accepted_on", "=", False),
            "authority_mediation": authority & Domain("authority_accepted_on", "!=", False),
        }

    @api.model
    def _get_clock_pauses(self):
        """Only the solution waits; who complains hears of us, whatever is missing."""
        reasons = self._fields["waits_for"].get_values(self.env)
        return {"complaint_solution": {reason: Domain("waits_for", "=", reason) for reason in reasons}}

    @api.model
    def _get_clock_fields(self):
        return super()._get_clock_fields() | {"manufacturer_due"}

    def _get_clock_given(self, kind):
        """The manufacturer's deadline is a moment of its own."""
        return self.manufacturer_due if kind == "complaint_manufacturer" else super()._get_clock_given(kind)

    @api.model
    def _get_clock_people(self, target, ids):
        """Nobody's matter is the manager's: who left, and a department without a head, is passed over."""
        complaints = self.sudo().browse(ids)
        find = type(self)._get_in_charge if target == "responsible" else type(self)._get_head
        managers = complaints._get_managers()
        return {complaint.id: find(complaint, managers).ids for complaint in complaints}

    def _get_managers(self):
        """``{dealer: its managers}``: asked once for many complaints."""
        return {company: company._dcrc_managers() for company in self.company_id}

    def _get_in_charge(self, managers):
        """Who has the matter now: the person in charge, else the department's head, else who took it."""
        for user in (self.handler_id, self.department_id.responsible_id, self.user_id):
            if user and user.active and self.company_id in user.company_ids:
                return user
        return managers[self.company_id]

    def _get_head(self, managers):
        head = self.department_id.responsible_id
        return head if head.active and self.company_id in head.company_ids else managers[self.company_id]

    # -- standing still ----------------------------------------------------------

    def action_wait(self):
        """Button: the solution waits for something; what is asked."""
        self._check_centre()
        return self._ask_step("wait")

    def action_go_on(self):
        """Button: what was waited for is there."""
        self._check_centre()
        self._check_step()
        self.check_access("write")
        self._step(self.env._("Goes on"), waits_for=False, waits_words=False)

    def _take_wait(self, vals):
        self._check_centre()
        self._check_step(BEFORE_DONE)
        self.check_access("write")
        words = self._check_words(
            vals, self.env._("Write why it has to wait: time limits stand still for a reason only.")
        )
        if not vals.get("waits_for"):
            raise UserError(self.env._("Say what it waits for."))
        self._step(self.env._("Stands still"), words, waits_for=vals["waits_for"], waits_words=words)

    # -- in words ------------------------------------------------------------------

    @api.depends("state", "handler_id", "contacted_on", "department_id", "user_id", "cost", "waits_for")
    @api.depends_context("lang")
    def _compute_turn(self):
        managers = self._get_managers()
        for complaint in self:
            done = complaint.state == "closed" or not complaint.company_id
            complaint.turn_user_id = False if done else complaint._get_in_charge(managers)[:1]
            complaint.turn = complaint._get_turn()

    def _get_turn(self):
        """What is to be done next, in a few words."""
        state = self.state or "received"
        if state != "closed" and not self.contacted_on:
            return self.env._("Call the customer")
        if state == "approve":
            over = self.cost > self.company_id.dcrc_grant_manager
            return self.env._("General manager approves") if over else self.env._("Manager approves")
        return {
            "received": self.env._("Judge whether it is founded"),
            "investigate": self.env._("Find the cause"),
            "propose": self.env._("Propose a solution"),
            "carry": self.env._("Carry out") if self.consent else self.env._("Get the customer's consent"),
            "callback": self.env._("Center calls the customer back"),
        }.get(state, "–")
