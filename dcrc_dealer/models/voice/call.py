from odoo import SUPERUSER_ID, api, models


class Call(models.Model):
    _inherit = "dcrc.call"

    @api.model
    def _open_complaints(self, vals_list):
        """Write down what customers complained of in calls (FUP-7); return the complaints.

        What is said in the callback of a complaint belongs to that complaint.
        """
        complaints = self.env["dcrc.complaint"]
        if self.env.user.share:  # an answer through the link: nobody of the house took it
            complaints = complaints.with_user(SUPERUSER_ID)
        known = [self.env["dcrc.followup"].browse(vals.get("followup_id"))._get_complaint() for vals in vals_list]
        for complaint, vals in zip(known, vals_list, strict=True):
            complaint._add_words(vals["text"])
        new = complaints.create(
            [
                complaints._prepare_from_call(vals)
                for vals, complaint in zip(vals_list, known, strict=True)
                if not complaint
            ]
        )
        waiting = iter(new)
        return complaints.concat(*(complaint.with_env(new.env) or next(waiting) for complaint in known))
