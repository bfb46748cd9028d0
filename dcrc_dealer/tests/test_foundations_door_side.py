"""Odoo's own models: whoever puts a customer into an order, a meeting or a message may read it.

Found by introspection: every field of every model that leads to what dealers keep. With
other applications installed, theirs are tried, too.
"""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.foundations.base_door import Door, SideDoor
from .test_foundations_door import NOBODY, REFUSED, DoorCase


@tagged("post_install", "-at_install")
class TestDoorSide(DoorCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # somebody at the other dealer with every right that applications give
        outside = cls.env.ref("base.group_portal") | cls.env.ref("base.group_public")
        groups = cls.env["res.groups"].search([]).filtered(lambda g: not (g | g.all_implied_ids) & outside)
        ours = groups.filtered(lambda g: "dcrc_dealer." in (g.get_external_id()[g.id] or ""))
        cls.stranger.group_ids = groups - ours + cls.env.ref("dcrc_dealer.group_dcrc_manager")
        cls.customer = cls.theirs["res.partner"]
        cls.own = cls.mine["res.partner"]

    def _side_models(self):
        for name, model in sorted(self.env.items()):
            if isinstance(model, SideDoor) and not isinstance(model, Door):
                mine = self._as(self.stranger, name)
                if mine.has_access("create"):
                    yield mine

    def _shapes(self, field):
        if field.type == "many2one":
            return [lambda one: one, str]
        return [lambda one: [Command.link(one)], lambda one: [Command.set([one])], lambda one: [one]]

    def test_every_field_that_leads_to_a_customer_is_looked_at(self):
        tried = 0
        for model in self._side_models():
            for name, field in model._fields.items():
                foreign = field.relational and name not in ("id",) and self._foreign_id(field.comodel_name)
                if not foreign or field.comodel_name not in ("res.partner", "fleet.vehicle") or field.related:
                    continue
                for shape in self._shapes(field):
                    tried += 1
                    with self.subTest(model=model._name, field=name):
                        self._assert_same_answer(lambda one, m=model, n=name, s=shape: m.create({n: s(one)}), foreign)
                        self._assert_same_answer(
                            lambda one, m=model, n=name, s=shape: m.with_context(
                                **{f"default_{n}": s(one)}
                            ).default_get([n]),
                            foreign,
                        )
        self.assertGreater(tried, 20)

    def test_every_number_with_the_name_of_a_model_is_looked_at(self):
        tried = 0
        for model in self._side_models():
            for name, field in model._fields.items():
                if field.type != "many2one_reference" or field.readonly:
                    continue
                for kept in ("res.partner", "fleet.vehicle", "dcrc.complaint", "dcrc.phone"):
                    tried += 1
                    for shape in (int, str):
                        given = {field.model_field: kept}
                        if model._name == "mail.activity":
                            given = {"res_model_id": self.env["ir.model"]._get_id(kept)}
                        with self.subTest(model=model._name, field=name, kept=kept):
                            self._assert_same_answer(
                                lambda one, m=model, n=name, g=given, s=shape: m.create({**g, n: s(one)}),
                                self.theirs[kept][:1].id,
                            )
        self.assertGreater(tried, 8)

    def test_another_model_is_not_put_before_a_number_that_stands(self):
        files = self._as(self.stranger, "ir.attachment")
        foreign = self.theirs["dcrc.phone"][:1].id
        for target in (foreign, NOBODY):
            file = files.create({"name": "?", "raw": b"?"})
            file.sudo().write({"res_model": "res.country", "res_id": target})
            with self.assertRaisesRegex(AccessError, REFUSED):
                file.write({"res_model": "dcrc.phone"})

    def test_who_is_named_in_a_message_is_looked_up(self):
        foreign = self.customer.id
        own = self._as(self.stranger, self.own)
        channel = self._as(self.stranger, "discuss.channel").create({"name": "?", "channel_type": "group"})
        for way, ask in {
            "post": lambda one: own.message_post(body="?", partner_ids=[one]),
            "author": lambda one: own.message_post(body="?", author_id=one),
            "notify": lambda one: own.message_notify(body="?", partner_ids=[one]),
            "subscribe": lambda one: own.message_subscribe([one]),
            "subscribe by name": lambda one: own.message_subscribe(partner_ids=[one]),
            "unsubscribe": lambda one: own.message_unsubscribe([one]),
            "channel": lambda one: channel.add_members(partner_ids=[one]),
            "followers": lambda one: own.write({"message_partner_ids": [Command.link(one)]}),
        }.items():
            with self.subTest(way=way):
                self._assert_same_answer(ask, foreign)

    def test_a_composer_sends_nothing_to_and_about_another_dealers_customer(self):
        own = {"composition_mode": "comment", "model": "res.partner", "res_ids": str(self.own.ids), "body": "?"}
        composer = self._as(self.stranger, "mail.compose.message")
        self._assert_same_answer(lambda one: composer.create({**own, "partner_ids": [one]}), self.customer.id)
        about = {**own, "subject": "{{ object.name }}", "body": "{{ object.name }}"}

        def send(one):
            composer.create({**about, "res_ids": str([one])})._action_send_mail()

        self._assert_same_answer(send, self.customer.id)

    def test_what_dealers_do_not_keep_is_odoos_business(self):
        supplier = self.env["res.partner"].create({"name": "供应商", "company_id": self.dealer.id})
        mine = self._as(self.stranger, self.own)
        self.assertTrue(mine.message_post(body="?", partner_ids=supplier.ids))
        mine.message_subscribe(self.stranger.partner_id.ids)
        self.assertIn(self.stranger.partner_id, self.own.message_partner_ids)

    def test_the_own_customer_is_put_where_one_likes(self):
        own = self._as(self.stranger, self.own)
        self.assertTrue(own.message_post(body="?", partner_ids=own.ids))
        activity = self._as(self.stranger, "mail.activity").create(
            {"res_model_id": self.env["ir.model"]._get_id("res.partner"), "res_id": own.id, "summary": "?"}
        )
        self.assertEqual(activity.res_id, own.id)
        file = self._as(self.stranger, "ir.attachment").create(
            {"name": "?", "raw": b"?", "res_model": "res.partner", "res_id": own.id}
        )
        self.assertEqual(file.res_id, own.id)
