"""Papers that count no more (FUP-12)."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError

STEP_FIELDS = {
    "void",
    "void_cause",
    "void_reason",
    "void_by",
    "void_on",
    "void_confirmed_by",
    "void_asked",
    "void_asked_by",
    "void_asked_reason",
}


class VoidMixin(models.AbstractModel):
    """A paper of the DMS (delivery, repair order) that may turn out void.

    It becomes void by the list (a word in its status, a red order) or by a manager,
    confirmed by somebody else; it stays visible and counts nowhere. The same two steps
    bring it back. What follows from either stands in `_void_changed`.
    """

    _name = "dcrc.void.mixin"
    _description = "Paper that may be void"

    void = fields.Boolean(readonly=True, copy=False, help="Cancelled, returned or reversed: it counts nowhere.")
    void_cause = fields.Selection(
        [("status", "Status in the DMS list"), ("red", "Red order"), ("hand", "By the manager")],
        "Void by",
        readonly=True,
        copy=False,
    )
    void_reason = fields.Char("Void because", readonly=True, copy=False)
    void_by = fields.Many2one("res.users", "Found void by", readonly=True, copy=False)
    void_confirmed_by = fields.Many2one("res.users", "Void confirmed by", readonly=True, copy=False)
    void_on = fields.Datetime("Void since", readonly=True, copy=False)
    void_asked = fields.Selection(
        [("void", "Make void"), ("undo", "Count again")], "Waits for confirmation", readonly=True, copy=False
    )
    void_asked_by = fields.Many2one("res.users", "Asked by", readonly=True, copy=False)
    void_asked_reason = fields.Char("Asked because", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_void_steps(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_void_steps(vals)
        changed = self.filtered(lambda paper: paper.void != bool(vals["void"])) if "void" in vals else self.browse()
        result = super().write(vals)
        if changed:
            changed._void_changed()
        return result

    def _check_void_steps(self, vals):
        if not self.env.su and not STEP_FIELDS.isdisjoint(vals):
            raise AccessError(self.env._("Use the buttons: a void paper needs a reason and a second person."))

    def action_ask_void(self):
        """Button: ask for the reason, then for the second person."""
        self._check_void_role()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Count again") if self[:1].void else self.env._("Make void"),
            "res_model": "dcrc.paper.void",
            "view_mode": "form",
            "target": "new",
            "context": {"default_res_model": self._name, "default_res_ids": self.ids},
        }

    def action_confirm_void(self):
        """Button: the second person agrees."""
        self._check_void_role()
        for paper in self.filtered("void_asked"):
            paper._check_second_person()
            paper.sudo()._settle_void()

    def action_refuse_void(self):
        """Button: it stays as it is (also for whoever asked, to take it back)."""
        self._check_void_role()
        self.sudo().write({"void_asked": False, "void_asked_by": False, "void_asked_reason": False})

    def _ask_void(self, reason):
        """Note who wants a paper void (or a void one back), and why; UserError without a reason."""
        self._check_void_role()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why: the second person reads it."))
        for paper in self.sudo():
            paper.write(
                {
                    "void_asked": "undo" if paper.void else "void",
                    "void_asked_by": self.env.uid,
                    "void_asked_reason": reason,
                }
            )

    def _check_void_role(self):
        self.check_access("read")
        roles = ("dcrc_dealer.group_dcrc_manager", "dcrc_dealer.group_dcrc_director")
        if not any(self.env.user.has_group(role) for role in roles):
            raise AccessError(self.env._("Only a manager or the general manager decides that a paper is void."))

    def _check_second_person(self):
        if self.env.uid != SUPERUSER_ID and self.sudo().void_asked_by == self.env.user:
            raise UserError(self.env._("You asked for it yourself: another manager or the general manager confirms."))

    def _settle_void(self):
        """Carry out what was asked for; the present user is the second person."""
        back = self.void_asked == "undo"
        self.write(
            {
                "void": not back,
                "void_cause": False if back else "hand",
                "void_reason": self.void_asked_reason,
                "void_by": self.void_asked_by.id,
                "void_confirmed_by": self.env.uid,
                "void_on": fields.Datetime.now(),
                "void_asked": False,
                "void_asked_by": False,
                "void_asked_reason": False,
            }
        )

    def _void_changed(self):
        """Hook: these papers have become void, or count again; rooms draw their conclusions."""
