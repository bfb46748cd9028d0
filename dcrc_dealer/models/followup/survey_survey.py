from odoo import api, fields, models
from odoo.exceptions import UserError


class SurveySurvey(models.Model):
    """A questionnaire of the center (handbook FUP-6), in versions.

    Answers belong to the version they were given to; what stays comparable from
    one version to the next is the question's code.
    """

    _inherit = "survey.survey"

    dcrc_kind = fields.Selection(
        [("sales", "Sales"), ("service", "Service"), ("other", "Other")],
        "Questionnaire of the center",
        index="btree_not_null",
        help="Empty: a survey that has nothing to do with the customer center.",
    )
    dcrc_version = fields.Integer("Version", default=1, readonly=True, copy=False)
    dcrc_root_id = fields.Many2one(
        "survey.survey", "First version", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    dcrc_company_id = fields.Many2one(
        "res.company",
        "Dealer",
        index="btree_not_null",
        help="Empty: shared by all dealers of the group, changed by the administrator only.",
    )
    dcrc_answered = fields.Boolean("Has answers", compute="_compute_dcrc_answered")

    _dcrc_version_once = models.UniqueIndex(
        "(dcrc_root_id, dcrc_version, COALESCE(dcrc_company_id, 0)) WHERE dcrc_root_id IS NOT NULL",
        "This version exists already.",
    )

    def _compute_dcrc_answered(self):
        groups = self.env["survey.user_input"].sudo()._read_group([("survey_id", "in", self.ids)], ["survey_id"])
        answered = {survey.id for (survey,) in groups}
        for survey in self:
            survey.dcrc_answered = survey._origin.id in answered

    @api.depends("dcrc_kind", "dcrc_version")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for survey in self.filtered("dcrc_kind"):
            survey.display_name = self.env._(
                "%(title)s (v%(version)s)", title=survey.title or "", version=survey.dcrc_version
            )
        return result

    def write(self, vals):
        if "dcrc_kind" in vals:
            self._dcrc_check_structure()
        return super().write(vals)

    def action_dcrc_new_version(self):
        """Button: copy the questionnaire as its next version and open the copy."""
        self.ensure_one()
        new = self._dcrc_new_version()
        return {
            "type": "ir.actions.act_window",
            "res_model": "survey.survey",
            "res_id": new.id,
            "views": [(self.env.ref("dcrc_dealer.survey_survey_view_form").id, "form")],
        }

    def _dcrc_new_version(self):
        """Return the next version, a copy of this one; rules of the dealer follow by themselves.

        A dealer's copy of a shared questionnaire is the dealer's own.
        """
        self.ensure_one()
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_manager"):
            raise UserError(self.env._("Only a manager makes a new version of a questionnaire."))
        self.check_access("read")
        root = self._dcrc_root()
        source = self.sudo()
        newest = source._dcrc_versions().sorted("dcrc_version")[-1:]
        new = source.copy(
            {
                "dcrc_root_id": root.id,
                "dcrc_version": newest.dcrc_version + 1,
                "dcrc_company_id": self._dcrc_owner().id,
                "user_id": self.env.uid,
            }
        )
        # en_US is the source of all translations, installed or not
        langs = {"en_US", *(lang for lang, _name in self.env["res.lang"].get_installed())}
        titles = {lang: source.with_context(lang=lang).title for lang in langs}
        new.update_field_translations("title", titles)
        return new.sudo(False)

    def _dcrc_owner(self):
        """The dealer that a new version belongs to; the administrator keeps shared ones shared."""
        if self.dcrc_company_id or not self.env.user.has_group("base.group_system"):
            return self.dcrc_company_id or self.env.company
        return self.dcrc_company_id

    def _dcrc_root(self):
        return self.dcrc_root_id or self

    def _dcrc_versions(self):
        """All versions of these questionnaires, archived ones too."""
        roots = self.sudo().mapped(lambda survey: survey._dcrc_root())
        domain = ["|", ("id", "in", roots.ids), ("dcrc_root_id", "in", roots.ids)]
        return self.sudo().with_context(active_test=False).search(domain)

    def _dcrc_newest(self, company):
        """Return the newest active version that `company` uses (may be empty)."""
        if not self:
            return self
        root = self.sudo()._dcrc_root()
        return self.sudo().search(
            ["|", ("id", "=", root.id), ("dcrc_root_id", "=", root.id), ("dcrc_company_id", "in", [False, company.id])],
            order="dcrc_version desc, dcrc_company_id",
            limit=1,
        )

    def _dcrc_check_structure(self):
        """Refuse to change what people have answered already."""
        for survey in self.filtered(lambda s: s.dcrc_kind and s.dcrc_answered):
            raise UserError(
                self.env._(
                    "“%(title)s” already has answers, which would no longer be comparable."
                    " Make a new version and change that one.",
                    title=survey.title,
                )
            )
