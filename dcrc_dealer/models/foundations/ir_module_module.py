from odoo import models


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def _load_module_terms(self, modules, langs, overwrite=False):
        """A language loaded later reaches the dealers' copies of shipped templates too."""
        result = super()._load_module_terms(modules, langs, overwrite=overwrite)
        if any(name.startswith("dcrc_") for name in modules) and "dcrc.template.mixin" in self.env.registry:
            children = self.env.registry["dcrc.template.mixin"]._inherit_children
            for name in sorted(children & set(self.env.registry)):
                self.env[name]._sync_template_translations(langs)
        return result
