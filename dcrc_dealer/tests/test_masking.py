"""What is marked as personal is given to nobody who may not read it, on whatever path (issue 7, §5).

The fields are found by their mark, the models and paths by introspection: a new field is
tested as soon as it is marked, a new path (a many2one, a related field) as soon as it exists.
"""

import json
from datetime import timedelta

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from .common import NOW, ROLES, TODAY
from .filled import FilledCase

NUMBER = "+8613986753090"
BIRTHDAY = "1986-07-05"
HIDDEN = ("86753", BIRTHDAY)  # what of them is in no answer, blanks left out
KINDS = ("number", "about")  # names and words of a case are what a department works with
# What a department reads on its own cases by design.
MEANT = {
    ("dcrc.correction", "new_value"): "the value that the department itself finds and writes",
    ("fleet.vehicle", "license_plate"): "a case names its car, and people know a car by its plate",
    ("fleet.vehicle", "vin_sn"): "a car without plate is named by its VIN",
    ("dcrc.appointment", "plate"): "the board names the car",
}
# Odoo's own fields of a contact, which invoices need (issue 7, §1); no number is among them, no birthday.
ORDINARY = {
    f"res.partner.{name}" for name in ("email", "function", "ref", "street", "street2", "vat", "website", "zip")
}
REFUSED = (AccessError, UserError, ValueError, KeyError, psycopg2.Error)


class MaskingCase(FilledCase):
    """A dealer with the secret in every marked column, and users who may not see it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = cls._fill(cls.dealer)
        cls.personal = cls._personal_fields()
        for name in ("dcrc.complaint", "dcrc.correction", "dcrc.appointment"):
            cls.rows[name].sudo().department_id = cls.service
        cls.rows["dcrc.correction"].item = "phone"
        cls._hide_secrets()
        for user in (cls.workshop, cls.outsider, cls.stranger):
            user.group_ids |= cls.env.ref("base.group_allow_export")

    @classmethod
    def _personal_fields(cls):
        """{model name: [fields]} that are marked, whatever add-on they are of."""
        found = {}
        for name, model in cls.env.items():
            fields = [f for f in model._fields.values() if getattr(f, "dcrc_personal", None) in KINDS]
            # a company's and a user's own address is on every letter
            if fields and not model._abstract and name not in ("res.company", "res.users"):
                found[name] = [f for f in fields if (name, f.name) not in MEANT]
        return found

    @classmethod
    def _hide_secrets(cls):
        """Put the secret into every marked column of the customer's rows."""
        cls.env.flush_all()
        for name, fields in cls.personal.items():
            for field in fields:
                if not field.store or not field.column_type or name not in cls.rows:
                    continue
                if (name, field.name) == ("res.partner", "phone"):
                    continue  # Odoo's own field: a customer's is empty (`dcrc_share_phone`)
                values = {"date": BIRTHDAY, "json": json.dumps({"phone": NUMBER})}
                cls.env.cr.execute(
                    SQL(
                        "UPDATE %s SET %s = %s WHERE id = ANY(%s)",
                        SQL.identifier(cls.env[name]._table),
                        SQL.identifier(field.name),
                        values.get(field.type, NUMBER),
                        cls.rows[name].ids,
                    )
                )
        appointment = cls.rows["dcrc.appointment"].id  # on the department's board of the next days
        query = SQL(
            "UPDATE dcrc_appointment SET state = 'confirmed', day = %s, start = %s, stop = %s WHERE id = %s",
            TODAY,
            NOW,
            NOW + timedelta(hours=1),
            appointment,
        )
        cls.env.cr.execute(query)
        cls.env.invalidate_all()

    # -- the paths -------------------------------------------------------------

    def _paths(self, model):
        """Names and many2one paths of a model that end in a marked field.

        Hundreds of many2ones lead to a customer, all judged by the same rules of contacts:
        there a number and a birthday stand for the others.
        """
        paths = [field.name for field in self.personal.get(model._name, ())]
        for field in model._fields.values():
            if field.type == "many2one" and field.comodel_name in self.personal:
                ends = [last.name for last in self.personal[field.comodel_name]]
                paths += [f"{field.name}.{name}" for name in ends if name in ("phone", "number", "dcrc_birth_date")]
            leads = field.related and self._related_end(model, field)
            if leads and not field.store:
                paths.append(field.name)
        return paths

    def _related_end(self, model, field):
        """Whether a related field ends in a marked one."""
        *steps, last = field.related.split(".")
        for step in steps:
            model = self.env[model._fields[step].comodel_name]
        return last in [f.name for f in self.personal.get(model._name, ())]

    def _ask(self, model, path):
        """Every question about a path, as (what it's called, answer)."""
        first, _dot, rest = path.partition(".")
        grain = ":day" if path.endswith("birth_date") else ""
        spec = {first: {"fields": {rest: {}}} if rest else {}}
        rows = model.browse(model.sudo().search([], limit=20).ids)
        questions = {
            "web_read": lambda: rows.web_read(spec),
            "export_data": lambda: rows.export_data([path.replace(".", "/")]),
            "formatted_read_group": lambda: model.formatted_read_group([], [path + grain], ["__count"]),
            "mapped": lambda: rows.mapped(path),
            "filter": lambda: rows.filtered_domain([(path, "ilike", "86753")]),
            "search": lambda: self._tells(model, path),
        }
        if not rest:
            partner = self.rows["res.partner"]
            given = model.with_context(default_partner_id=partner.id, default_phone_id=partner.dcrc_phone_ids.id)
            questions |= {
                "read": lambda: rows.read([first]),
                "search_read": lambda: model.search_read([], [first]),
                "web_search_read": lambda: model.web_search_read([], spec),
                "web_read_group": lambda: model.web_read_group([], [path + grain]),
                "aggregate": lambda: model.formatted_read_group([], [], [f"{first}:array_agg"]),
                "onchange": lambda: rows[:1].onchange({}, [], spec),
                "default_get": lambda: given.default_get([first]),
                "copy": lambda: rows[:1].copy_data(),
                "name_search": lambda: model.name_search("86753"),
                "order": lambda: self._orders(model, first),
            }
        for name, question in questions.items():
            yield name, self._answer(question)

    def _answer(self, question):
        try:
            with mute_logger("odoo.sql_db", "odoo.models", "odoo.http"), self.env.cr.savepoint():
                return question()
        except REFUSED:
            return None

    def _tells(self, model, path):
        """Whether a search tells the right value from a wrong one: then the value itself."""
        if path.endswith("birth_date"):
            found = [model.search_count([(path, "=", day)]) for day in (BIRTHDAY, "1986-07-06")]
        else:
            found = [model.search_count([(path, "ilike", text)]) for text in ("86753", "97531")]
        return NUMBER if found[0] != found[1] else None

    def _orders(self, model, name):
        """Whether the row that shows can be ordered by a marked field: then the value itself."""
        marked = name in [field.name for field in self.personal.get(model._name, ())]
        if not marked or not any((model.search([]) & self.rows.get(model._name, model)).sudo().mapped(name)):
            return None  # nothing is in it that an order could tell
        model.search([], order=name)
        return NUMBER

    def _readable(self, user):
        """Models with rows that a person may read at all."""
        for name, model in sorted(self.env.items()):
            if model._abstract or model._transient or not self._as(user, name).has_access("read"):
                continue
            if model._table_query is not None or model.sudo().with_context(active_test=False).search([], limit=1):
                yield self._as(user, name)

    def _assert_hidden(self, user, allowed=()):
        asked, told = 0, []
        for model in self._readable(user):
            self.env.invalidate_all()
            for path in self._paths(model):
                if f"{model._name}.{path}" in allowed:
                    continue
                for question, answer in self._ask(model, path):
                    asked += 1
                    text = str(answer).replace(" ", "")
                    if any(secret in text for secret in HIDDEN):
                        told.append(f"{model._name}.{path} by {question}")
        self.assertFalse(told, user.login)
        return asked


@tagged("post_install", "-at_install")
class TestMasking(MaskingCase):
    def test_a_department_contact_gets_no_number_on_any_path(self):
        self.assertGreater(self._assert_hidden(self.workshop), 100)

    def test_whoever_has_no_role_gets_nothing_on_any_path(self):
        self.rows["res.partner"]._dcrc_sync_phone()  # as the dealer sets it: numbers stay in the centre
        self.assertGreater(self._assert_hidden(self.outsider, ORDINARY), 50)

    def test_another_dealers_manager_gets_nothing_on_any_path(self):
        self.assertGreater(self._assert_hidden(self.stranger), 100)

    def test_no_role_of_another_dealer_gets_anything_on_any_path(self):
        for role in ("specialist", "director", "auditor", "workshop"):
            user = self._create_user(f"other_{role}", ROLES[role], self.other_dealer)
            user.group_ids |= self.env.ref("base.group_allow_export")
            with self.subTest(role=role):
                self.assertGreater(self._assert_hidden(user), 50)

    def test_people_outside_get_nothing_on_any_path(self):
        portal = new_test_user(self.env, "dcrc_masked_portal", "base.group_portal", company_id=self.dealer.id)
        for user in (portal, self.env.ref("base.public_user")):
            with self.subTest(user=user.login):
                self._assert_hidden(user, ORDINARY)

    def test_who_reads_the_files_finds_the_number(self):
        # else the tests above would prove nothing
        model = self._as(self.specialist, "dcrc.phone")
        self.assertEqual(self._tells(model, "number"), NUMBER)
        self.assertIn(NUMBER, str(self._answer(lambda: model.formatted_read_group([], ["number"], ["__count"]))))

    def test_the_case_that_was_tried_is_handed_to_the_department(self):
        for name in ("dcrc.complaint", "dcrc.correction", "dcrc.appointment"):
            with self.subTest(model=name):
                self.assertIn(self.rows[name], self._as(self.workshop, name).search([]))

    def test_every_text_of_ours_is_marked_or_named_here(self):
        """A new text on a row with a customer is personal, unless somebody says why not."""
        unmarked = set()
        for model in self._our_models():
            if "partner_id" not in model._fields:
                continue
            for field in model._fields.values():
                typed = field.type in ("char", "text", "html", "json") and field.store and not field.related
                if typed and not field.name.startswith("message_") and not getattr(field, "dcrc_personal", None):
                    unmarked.add(f"{model._name}.{field.name}")
        self.assertLessEqual(unmarked, HARMLESS, unmarked - HARMLESS)


# Texts on rows of a customer that tell nothing about a person: codes, numbers of papers, words of the house.
HARMLESS = {
    "dcrc.warranty.case.name",
    "dcrc.warranty.case.part",
    "dcrc.appointment.access_token",
    "dcrc.appointment.benefits",
    "dcrc.appointment.host_place",
    "dcrc.appointment.items",
    "dcrc.appointment.name",
    "dcrc.change.proposal.field_name",
    "dcrc.change.proposal.follow_raw",
    "dcrc.change.proposal.res_model",
    "dcrc.complaint.authority_no",
    "dcrc.complaint.culprit",
    "dcrc.complaint.manufacturer_no",
    "dcrc.complaint.name",
    "dcrc.correction.name",
    "dcrc.hotline.hour",
    "dcrc.hotline.lead_model",
    "dcrc.hotline.name",
    "dcrc.delivery.consultant",
    "dcrc.delivery.insurer",
    "dcrc.delivery.order_no",
    "dcrc.delivery.source",
    "dcrc.delivery.void_asked_reason",
    "dcrc.delivery.void_reason",
    "dcrc.digest.line.answered_by",
    "dcrc.dms.difference.field_name",
    "dcrc.dms.difference.order_no",
    "dcrc.dms.difference.res_model",
    "dcrc.dms.row.digest",
    "dcrc.dms.row.order_no",
    "dcrc.dms.row.sheet_name",
    "dcrc.followup.elsewhere_place",
    "dcrc.followup.occurrence",
    "dcrc.followup.source_model",
    "dcrc.privacy.log.kind",
    "dcrc.retention.case.helped",
    "dcrc.reveal.res_model",
    "dcrc.service.visit.adviser",
    "dcrc.service.visit.order_no",
    "dcrc.service.visit.technician",
    "dcrc.service.visit.void_asked_reason",
    "dcrc.service.visit.void_reason",
    "dcrc.service.visit.work",
}
