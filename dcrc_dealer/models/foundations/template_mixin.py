from odoo import fields, models


class TemplateMixin(models.AbstractModel):
    """Records of a dealer that start as a copy of a shipped template.

    Templates have no dealer and are never shown beside dealers' own records;
    `_copy_templates_to` gives a dealer what it has not yet got. Once copied, a
    record is the dealer's: an update of the add-on does not change it.
    """

    _name = "dcrc.template.mixin"
    _description = "Copied from a shipped template"

    is_template = fields.Boolean("Shipped template", default=False, copy=False)
    template_ref = fields.Integer("Template", copy=False, readonly=True)
    company_id = fields.Many2one("res.company", "Dealer", index=True, default=lambda self: self.env.company, copy=False)

    _template_or_dealer = models.Constraint(
        "CHECK (is_template OR company_id IS NOT NULL)", "Choose the dealer that this record belongs to."
    )
    _template_once = models.UniqueIndex(
        "(company_id, template_ref) WHERE template_ref > 0", "The dealer already has a copy of this template."
    )

    def _copy_templates_to(self, company):
        """Copy to `company` the templates of this model that it lacks; return the copies."""
        # In the source language, so that a copy's translations stand beside the same source.
        model = self.sudo().with_context(active_test=False, lang="en_US")
        langs = [code for code, _name in self.env["res.lang"].get_installed() if code != "en_US"]
        have = model.search([("company_id", "=", company.id), ("template_ref", ">", 0)])
        templates = model.search([("is_template", "=", True), ("id", "not in", have.mapped("template_ref"))])
        copies = self.browse()
        for template in templates:
            copy = template.copy(template._prepare_template_copy(company))
            # Odoo leaves out the translations of what was given explicitly: the name.
            copy._take_translations(template, "name", langs)
            copies += copy
        return copies.with_env(self.env)

    def _prepare_template_copy(self, company):
        """Values of a dealer's copy; extend where a template names other templates."""
        return {"company_id": company.id, "is_template": False, "template_ref": self.id, "name": self.name}

    def _dcrc_copy_for(self, company):
        """Return the dealer's copy of this template (empty when there is none)."""
        if not self:
            return self
        return self.sudo().search([("company_id", "=", company.id), ("template_ref", "=", self.id)], limit=1)

    def _sync_template_translations(self, langs):
        """Give copies the translations of a language loaded after they were made.

        Only terms whose English source is still the template's are touched.
        """
        names = [n for n, f in self._fields.items() if f.store and f.translate is True]
        copies = self.sudo().with_context(active_test=False).search([("template_ref", ">", 0)])
        templates = self.sudo().browse(copies.mapped("template_ref")).exists()
        by_id = {template.id: template for template in templates}
        for copy in copies.filtered(lambda c: c.template_ref in by_id):
            template = by_id[copy.template_ref]
            for name in names:
                copy._take_translations(template, name, langs)

    def _take_translations(self, template, name, langs):
        source = template.with_context(lang="en_US")[name]
        if not source or self.with_context(lang="en_US")[name] != source:
            return
        values = {lang: template.with_context(lang=lang)[name] for lang in langs}
        mine = {lang: self.with_context(lang=lang)[name] for lang in langs}
        new = {lang: v for lang, v in values.items() if mine[lang] == source and v != source}
        if new:
            self.update_field_translations(name, new)
