"""A campaign's choice of customers sees what its author may see (SMS-1)."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_texting import TextingCase


@tagged("post_install", "-at_install")
class TestAudienceRights(TextingCase):
    def _campaign(self, domain, user=None):
        model = self._as(user or self.manager, "dcrc.text.campaign")
        return model.create({"name": "?", "template_id": self.template.id, "audience_domain": repr(domain)})

    def test_a_choice_answers_no_question_about_another_dealer(self):
        tag = self.env["res.partner.category"].create({"name": "共用"})
        mine = self._create_customer("自己的客户", category_id=[Command.link(tag.id)])
        self._create_customer("欧阳秘密", company=self.other_dealer, category_id=[Command.link(tag.id)])
        for name, found in (("欧阳", 0), ("自己的", 1)):
            campaign = self._campaign([("category_id.partner_ids.name", "ilike", name)])
            with self.subTest(name=name):
                self.assertEqual(len(campaign.sudo()._get_audience()), found)
        self.assertTrue(mine)

    def test_a_choice_goes_through_no_field_that_its_author_may_not_read(self):
        with self.assertRaises(UserError):
            self._campaign([("signup_type", "!=", False)])

    def test_who_types_the_choice_is_its_author(self):
        campaign = self._campaign([("id", "=", 0)])
        self.assertEqual(campaign.domain_author_id, self.manager)
        with self.assertRaises(UserError):
            campaign.domain_author_id = self.specialist
