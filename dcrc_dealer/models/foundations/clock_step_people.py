from odoo import api, fields, models


class ClockStep(models.Model):
    """Whom a step would tell today, in words: a ladder that ends at nobody is seen before it is needed."""

    _inherit = "dcrc.clock.step"

    people_note = fields.Char("Today that is", compute="_compute_people_note", compute_sudo=True)
    tells_nobody = fields.Boolean(compute="_compute_people_note", compute_sudo=True)

    @api.depends("target", "user_id.active", "user_id.company_ids", "email", "rule_id.kind", "rule_id.company_id")
    @api.depends_context("lang")
    def _compute_people_note(self):
        for step in self:
            step.people_note, step.tells_nobody = step._get_people_note()

    def _get_people_note(self):
        """``(words, whether somebody is missing)``."""
        company, target = self.rule_id.company_id, self.target
        if target == "email":
            return self.email or "", False
        if not self.rule_id.kind:
            return "", False
        if self._is_nobodys():
            return self.env._("nobody would be told"), True
        if target == "responsible":
            return self.env._("whoever has the matter"), False
        if target == "department":
            return self._get_heads_note(company)
        users = self.user_id._origin if target == "user" else company._dcrc_users_of(target)
        names = users._dcrc_here(company).mapped("name")
        return ", ".join(names) or self.env._("nobody would be told"), not names

    def _get_heads_note(self, company):
        """The heads of the dealer's departments; those without one are named."""
        departments = self.env["dcrc.department"].search([("company_id", "=", company.id)])
        headless = departments.filtered(
            lambda d: not d.responsible_id.active or company not in d.responsible_id.company_ids
        )
        if headless == departments:
            return self.env._("nobody would be told"), True
        if headless:
            names = ", ".join(headless.mapped("name"))
            return self.env._("nobody would be told in: %(departments)s", departments=names), True
        return ", ".join(dict.fromkeys(departments.responsible_id.mapped("name"))), False

    def _is_nobodys(self):
        """Whether no record of the rule's kind has anybody for this step."""
        kind, target = self.rule_id.kind, self.target
        if target not in ("responsible", "department"):
            return False
        return not any(
            model._has_clock_people(kind, target)
            for model in self.env.values()
            if model._auto and hasattr(model, "_get_clocks") and kind in model._get_clocks()
        )
