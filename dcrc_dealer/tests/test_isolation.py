"""Two dealers in one database: neither ever sees anything of the other's.

Every model of ours is tried by itself (`FilledCase` makes a row in each), in every
way that a client has to look: search, count, groups, names, export, reading by id.
"""

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .filled import FilledCase

SECRET = "欧阳秘密"
# Kept by all dealers of a database together: words and questions, nobody's data.
GUARDED = {"dcrc.dms.import", "dcrc.dms.row"}  # their `write` takes a few fields only
SHARED = {"dcrc.reason", "dcrc.call.outcome"}


@tagged("post_install", "-at_install")
class TestIsolation(FilledCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = cls._fill(cls.dealer, SECRET)
        cls.customer = cls.rows["res.partner"]
        cls.customer.write({"email": "secret@example.com"})
        cls.customer.message_post(body=SECRET)
        cls.stranger.group_ids |= cls.env.ref("base.group_allow_export")
        cls.own = cls._create_customer("自己的客户", company=cls.other_dealer)

    def _theirs(self):
        """(model as the other dealer's manager sees it, rows that must not show)."""
        for name, records in sorted(self.rows.items()):
            # Vocabulary that all dealers share has no company; it holds nobody's data.
            if "company_id" in records._fields and name != "res.users" and records.company_id:
                model = self._as(self.stranger, name)
                if model.has_access("read"):  # what a manager may not read at all shows nothing
                    yield model, records

    def _looks(self, model, ids):
        """What each way of looking finds of `ids`: {way: something false when blind}."""
        domain = [("id", "in", ids)]
        return {
            "search": model.search(domain),
            "search_count": model.search_count(domain),
            "search_read": model.search_read(domain, ["id"]),
            "web_search_read": model.web_search_read(domain, {"display_name": {}})["records"],
            "_read_group": [row for row in model._read_group(domain, [], ["__count"]) if row[0]],
            "formatted_read_group": [
                row
                for row in model.formatted_read_group(
                    domain, ["company_id"] if "company_id" in model._fields else ["create_uid"], ["__count"]
                )
                if row["__count"]
            ],
            "name_search": [row for row in model.name_search("") if row[0] in ids],
            "archived": model.with_context(active_test=False).search(domain),
        }

    # -- looking ------------------------------------------------------------------

    def test_no_way_of_searching_finds_another_dealers_rows(self):
        for model, records in self._theirs():
            for way, found in self._looks(model, records.ids).items():
                with self.subTest(model=model._name, way=way):
                    self.assertFalse(found)

    def test_no_id_opens_another_dealers_rows(self):
        for model, records in self._theirs():
            mine = model.browse(records.ids)
            with self.subTest(model=model._name):
                with self.assertRaises(AccessError):
                    mine.read(["display_name"])
                with self.assertRaises(AccessError):
                    mine.export_data(["display_name"])

    def test_a_client_can_not_name_a_dealer_it_does_not_work_for(self):
        for name in ("res.partner", "dcrc.complaint", "dcrc.followup"):
            model = self._as(self.stranger, name).with_context(
                allowed_company_ids=[self.dealer.id, self.other_dealer.id]
            )
            with self.subTest(model=name), self.assertRaises(AccessError):
                model.search([])

    def test_the_timeline_stays_within_the_dealer(self):
        lines = self.env["dcrc.timeline"].search([("partner_id", "=", self.customer.id)])
        self.assertGreater(len(lines), 3)
        theirs = self._as(self.stranger, "dcrc.timeline")
        self.assertFalse(theirs.search([("partner_id", "=", self.customer.id)]))
        with self.assertRaises(AccessError):
            theirs.browse(lines.ids).read(["title"])

    def test_searching_through_links_shows_nothing(self):
        phone = self.customer.dcrc_phone_ids[:1].number
        partners = self._as(self.stranger, "res.partner")
        for domain in (
            [("dcrc_phone_ids.number", "=", phone)],
            [("phone", "=", phone)],
            [("dcrc_vehicle_ids.vin_sn", "=", self.rows["fleet.vehicle"].vin_sn)],
            [("dcrc_complaint_ids.text", "!=", False)],
            [("name", "ilike", SECRET)],
        ):
            with self.subTest(domain=domain):
                self.assertNotIn(self.customer.id, partners.search(domain).ids)

    def test_no_duplicate_warning_crosses_dealers(self):
        twin = self._create_customer("同号", company=self.other_dealer, phone=self.customer.dcrc_phone_ids[:1].number)
        self.assertFalse(self._as(self.stranger, twin).dcrc_duplicate_ids)

    # -- mail ---------------------------------------------------------------------

    def test_mails_suggestions_know_no_other_dealers_customers(self):
        partners = self._as(self.stranger, "res.partner")
        for ask in (
            lambda: partners.get_mention_suggestions("秘密"),
            lambda: partners.get_mention_suggestions("secret@"),
            lambda: partners.search_for_channel_invite("秘密"),
            lambda: partners.name_search("秘密"),
            lambda: partners.name_search("secret@example.com"),
        ):
            self.assertNotIn(SECRET, str(ask()))

    def test_mails_suggestions_know_the_own_customers(self):
        found = self._as(self.stranger, "res.partner").get_mention_suggestions("自己的客户")
        self.assertIn("自己的客户", str(found))

    def test_messages_on_another_dealers_file_stay_there(self):
        messages = self.customer.message_ids
        self.assertTrue(messages)
        theirs = self._as(self.stranger, "mail.message")
        self.assertFalse(theirs.search([("id", "in", messages.ids)]))
        with self.assertRaises(AccessError):
            theirs.browse(messages.ids).read(["body"])

    def test_texts_to_customers_are_nobody_elses(self):
        """Not another dealer's, and those outside the centre not even the own dealer's."""
        texts = self.env["sms.sms"].create(
            [
                {"number": "13800138000", "body": SECRET},
                {"number": "13800138000", "body": SECRET, "dcrc_company_id": self.dealer.id},
            ]
        )
        for user, visible in ((self.stranger, 0), (self.specialist, 1)):
            found = self._as(user, "sms.sms").search([("body", "=", SECRET)])
            self.assertEqual(found, texts[1] if visible else texts.browse())
        with self.assertRaises(AccessError):
            self._as(self.outsider, texts).read(["body"])

    # -- writing ------------------------------------------------------------------

    def test_nothing_can_be_hung_on_another_dealers_customer(self):
        customer, car = self.customer.id, self.rows["fleet.vehicle"].id
        tries = {
            "dcrc.phone": {"partner_id": customer, "number": "13700137000"},
            "dcrc.do.not.contact": {
                "partner_id": customer,
                "reason_id": self.env["dcrc.reason"].search([], limit=1).id,
            },
            "dcrc.complaint": {"partner_id": customer, "text": "?"},
            "dcrc.correction": {"partner_id": customer, "item": "other"},
            "dcrc.service.visit": {
                "partner_id": customer,
                "vehicle_id": car,
                "order_no": "X",
                "kind": "repair",
                "company_id": self.other_dealer.id,
                "date_in": "2026-10-14 02:00:00",
            },
            "fleet.vehicle": {"dcrc_kind": "customer", "model_id": self.model.id, "dcrc_owner_id": customer},
        }
        for name, vals in tries.items():
            with self.subTest(model=name), self.assertRaises(UserError), mute_logger("odoo.sql_db"):
                self._as(self.stranger, name).create(vals)
                self.env.flush_all()

    def test_every_link_that_a_client_may_write_stays_within_the_dealer(self):
        """A link into another dealer's file would show the customer's name."""
        writable = self.env["ir.model.access"].search(["|", ("perm_create", "=", True), ("perm_write", "=", True)])
        loose = [
            f"{model._name}.{name}"
            for model in self._our_models()
            if model._name in set(writable.mapped("model_id.model")) - GUARDED and "company_id" in model._fields
            for name, field in model._fields.items()
            if field.type == "many2one" and field.store and not (field.related or field.compute)
            # a row that takes its dealer from the linked one is refused by the rules
            if name != self._source_of_company(model)
            if self._belongs_to_a_dealer(field.comodel_name)
            if not (field.check_company and model._check_company_auto)
        ]
        self.assertFalse(loose)

    def _source_of_company(self, model):
        return (model._fields["company_id"].related or "").split(".")[0]

    def test_rows_of_lists_are_not_bent_to_another_customer(self):
        for name in sorted(GUARDED):
            record = self._as(self.manager, self.rows[name])
            with self.subTest(model=name), self.assertRaises(UserError):
                record.write({"company_id": self.other_dealer.id, "partner_id": self.own.id})

    def _belongs_to_a_dealer(self, name):
        ours = name.startswith("dcrc.") and "company_id" in self.env[name]._fields
        return name in ("res.partner", "fleet.vehicle") or ours

    def test_no_button_works_on_another_dealers_rows(self):
        tries = [
            ("dcrc.complaint", "action_judge"),
            ("dcrc.complaint", "action_reveal_phone"),
            ("dcrc.correction", "action_verify"),
            ("dcrc.correction", "action_close_unresolved"),
            ("dcrc.change.proposal", "action_accept"),
            ("dcrc.change.proposal", "action_reject"),
            ("dcrc.contact", "action_reassign"),
            ("dcrc.followup", "action_cancel"),
        ]
        for name, method in tries:
            with self.subTest(button=f"{name}.{method}"), self.assertRaises(AccessError):
                getattr(self._as(self.stranger, self.rows[name]), method)()
                # a dialog may open on nothing; doing it must not
                self._as(self.stranger, self.rows[name]).write({"write_uid": self.stranger.id})

    def test_no_call_is_opened_with_another_dealers_customer(self):
        console = self._as(self.stranger, "dcrc.console")
        with self.assertRaises(UserError):
            console.open_contact(self.rows["dcrc.contact"].id)
        self.assertNotEqual(console.claim_next(), self.rows["dcrc.contact"].id)

    def test_today_counts_the_own_dealers_work_only(self):
        screen = self._as(self.stranger, "dcrc.console").get_today(team=True)
        self.assertFalse(sum(tile["count"] for tile in screen["tiles"]))
        self.assertNotIn(SECRET, str(screen))
        self.assertFalse(screen["next_up"])

    # -- headquarters, strangers, administrators --------------------------------------

    def test_headquarters_reads_the_dealers_among_its_companies(self):
        customers = self._as(self.auditor, "res.partner").search([("dcrc_customer", "=", True)])
        self.assertLessEqual(self.customer | self.own, customers)
        self.auditor.company_ids = [Command.set(self.dealer.ids)]
        customers = self._as(self.auditor, "res.partner").search([("dcrc_customer", "=", True)])
        self.assertNotIn(self.own, customers)

    def test_a_user_of_a_company_that_is_no_dealer_sees_empty_lists(self):
        company = self.env["res.company"].create({"name": "总部"})
        user = self._create_user("headless", "dcrc_dealer.group_dcrc_manager", company)
        self.assertFalse(company.dcrc_dealer)
        for model, records in self._theirs():
            with self.subTest(model=model._name):
                self.assertFalse(self._as(user, model._name).search([]) & records)
        self._as(user, "dcrc.console").get_today()

    def test_no_company_in_the_context_means_the_users_own(self):
        model = self.env["res.partner"].with_user(self.stranger).with_context(allowed_company_ids=False)
        found = model.search([("dcrc_customer", "=", True)])
        self.assertEqual(found, self.own)

    def test_an_administrator_without_role_keeps_working(self):
        admin = self._create_user("admin", "base.group_system", self.dealer)
        partners = self._as(admin, "res.partner")
        supplier = partners.create({"name": "供应商", "phone": "023 6788 1234"})
        supplier.write({"name": "供应商有限公司", "phone": "023 6788 4321"})
        self.assertTrue(partners.name_search("供应商有限公司"))
        self._as(admin, "res.company").browse(self.dealer.id).write({"phone": "023 6788 0000"})
        supplier.unlink()
        with self.assertRaises(AccessError):
            self._as(admin, "dcrc.complaint").search([])

    def test_odoos_own_screens_open_for_people_without_role(self):
        """A field of ours that needs our rights must not break them."""
        supplier = self.env["res.partner"].create({"name": "供应商"})
        car = self.env["fleet.vehicle"].create({"model_id": self.model.id, "company_id": self.dealer.id})
        officer = self._create_user("officer", "fleet.fleet_group_manager", self.dealer)
        screens = [(self.outsider, supplier), (self.outsider, self.outsider), (officer, car)]
        for user, record in screens:
            for kind in ("form", "list", "kanban"):
                mine = self._as(user, record)
                arch = etree.fromstring(mine.get_view(view_type=kind)["arch"])
                # As the client: what the user gets to see, without what stands in lists of other models.
                names = {node.get("name") for node in arch.xpath("//field[not(ancestor::field)]")}
                with self.subTest(model=record._name, view=kind):
                    self.assertGreater(len(names), 3)
                    mine.web_read({name: {} for name in names if name in mine.fields_get()})

    def test_department_contacts_see_no_customer_by_any_way(self):
        for name in ("res.partner", "fleet.vehicle", "dcrc.phone"):
            records = self.rows[name]
            model = self._as(self.workshop, name)
            with self.subTest(model=name):
                if model.has_access("read"):
                    for way, found in self._looks(model, records.ids).items():
                        self.assertFalse(found, way)
        found = self._as(self.workshop, "res.partner").get_mention_suggestions("秘密")
        self.assertNotIn(SECRET, str(found))
