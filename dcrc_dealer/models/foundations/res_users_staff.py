from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

# what a manager gives and takes; higher roles are the administrator's to give
GIVEN = ("user", "department")


class ResUsers(models.Model):
    """A manager leads the center's people without the administrator: narrow steps, each logged.

    Never another dealer's people, never more rights than a role of ours, never the roles of managers.
    """

    _inherit = "res.users"

    def action_dcrc_edit_staff(self):
        """Button: role, share and absence of this person."""
        self.ensure_one()
        self._dcrc_check_staff(self.env.company)
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.staff_edit_action")
        return {**action, "context": {"default_user_id": self.id}}

    def _dcrc_check_staff(self, company):
        """Refuse whoever is no manager of `company`, and people who aren't this dealer's alone."""
        if company not in self.env.companies or not self.env.user.has_group("dcrc_dealer.group_dcrc_manager"):
            raise AccessError(self.env._("Only the manager of the customer center does this."))
        for person in self.sudo():
            inside = company in person.company_ids and person.company_ids <= self.env.user.company_ids
            if person.share or not person.active or not inside:
                raise AccessError(self.env._("%(name)s doesn't work for this dealer alone.", name=person.name))

    def _dcrc_edit_staff(self, company, vals):
        """Change what `vals` names of one person of `company`, and log it.

        :param vals: any of ``{"role": "user", "department" or False, "dcrc_weight", "dcrc_absent_from",
            "dcrc_absent_to"}``
        :raise AccessError: not the present user's to change.
        """
        self.ensure_one()
        self._dcrc_check_staff(company)
        begin, end = vals.get("dcrc_absent_from"), vals.get("dcrc_absent_to")
        if end and (not begin or end < begin):
            raise UserError(self.env._("The last day of an absence cannot lie before its first."))
        person, before = self.sudo(), self._dcrc_tell_staff()
        if "role" in vals and (vals["role"] or False) != person.dcrc_role:
            person._dcrc_give_role(vals["role"])
        names = ("dcrc_weight", "dcrc_absent_from", "dcrc_absent_to")
        person.write({name: vals[name] for name in names if name in vals})
        after = self._dcrc_tell_staff()
        changed = [what for what in before if before[what] != after[what]]
        log = {"company_id": company.id, "user_id": self.env.uid, "person_id": self.id}
        self.env["dcrc.staff.log"].sudo().create(
            [{**log, "what": what, "old": before[what], "new": after[what]} for what in changed]
        )
        if changed:
            self._dcrc_staff_changed(company)

    def _dcrc_give_role(self, role):
        """Called as root: make somebody a specialist, a department contact, or neither."""
        if role and role not in GIVEN or self.dcrc_role and self.dcrc_role not in GIVEN:
            raise UserError(self.env._("This role is given and taken by the administrator."))
        if self.has_group("base.group_erp_manager"):
            raise UserError(self.env._("%(name)s administrates this Odoo: the administrator decides.", name=self.name))
        groups = {name: self.env.ref(f"dcrc_dealer.group_dcrc_{name}") for name in GIVEN}
        self.group_ids = [
            Command.link(group.id) if name == role else Command.unlink(group.id) for name, group in groups.items()
        ]

    def _dcrc_tell_staff(self):
        """What the log says of a person, in words."""
        person = self.sudo()
        roles = dict(self._fields["dcrc_role"]._description_selection(self.env))
        days = [str(day) for day in (person.dcrc_absent_from, person.dcrc_absent_to) if day]
        return {
            "role": roles.get(person.dcrc_role, "–"),
            "share": f"{person.dcrc_weight:g}",
            "absence": " – ".join(days) or "–",
        }
