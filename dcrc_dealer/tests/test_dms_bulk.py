"""Records made as copies of the first are what Odoo's own `create` would have made."""

from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..models.dms.plan import bulk
from ..models.dms.plan.bulk import LEAST, create_alike
from ..models.dms.plan.writer import CONTEXT
from .common import make_vin
from .common_dms import DmsCase

COUNT = LEAST + 2


@tagged("post_install", "-at_install")
class TestCreateAlike(DmsCase):
    def setUp(self):
        super().setUp()
        self.env = self.env(context={**self.env.context, **CONTEXT}, su=True)

    def assertAlike(self, model, vals_list, *but):
        """Each copy has the stored values that a record created by itself has."""
        model = self.env[model]
        copies = model.browse(create_alike(model, vals_list))
        names = [
            name
            for name, field in model._fields.items()
            if field.store and field.column_type and name not in ("id", "create_date", "write_date", *but)
        ]
        self.env.flush_all()
        copied = copies.read(names, load=False)
        copies.with_context(active_test=False).unlink()
        for vals, values in zip(vals_list, copied, strict=True):
            alone = model.create(vals)
            self.env.flush_all()
            expected = alone.read(names, load=False)[0]
            alone.unlink()
            own, own_alone = values.pop("id"), expected.pop("id")
            same = {
                name: own if value == own_alone and name.startswith("commercial") else value
                for name, value in expected.items()
            }
            self.assertEqual(values, same)

    def test_customers(self):
        vals_list = [
            {
                "name": f"客户{n}",
                "company_id": self.dealer.id,
                "dcrc_customer": True,
                "phone": f"+86 139 0000 {n:04d}" if n % 3 else False,
                "dcrc_birth_date": f"1990-01-{n + 1:02d}" if n % 2 else False,
                "is_company": n % 4 == 0,
                "street": f"{n}号" if n % 2 else False,
            }
            for n in range(COUNT)
        ]
        self.assertAlike("res.partner", vals_list)

    def test_cars(self):
        owner = self._create_customer()
        other = self.model.copy({"name": "CS35", "default_fuel_type": "diesel"})
        vals_list = [
            {
                "dcrc_kind": "customer",
                "company_id": self.dealer.id,
                "model_id": (other if n % 2 else self.model).id,
                "vin_sn": make_vin(5000 + n),
                "license_plate": f"渝C{n:05d}" if n % 3 else False,
                "dcrc_owner_id": owner.id if n % 2 else False,
                "color": f"{n}",
                "state_id": False,
            }
            for n in range(COUNT)
        ]
        self.assertAlike("fleet.vehicle", vals_list)

    def test_the_commercial_entity_is_the_copy_itself(self):
        vals = {"company_id": self.dealer.id, "dcrc_customer": True}
        model = self.env["res.partner"]
        copies = model.browse(create_alike(model, [{**vals, "name": f"{n}"} for n in range(COUNT)]))
        self.assertEqual(copies.commercial_partner_id, copies)

    def test_odoo_s_checks_hold_for_copies(self):
        vals = {"dcrc_kind": "customer", "company_id": self.dealer.id, "model_id": self.model.id}
        vals_list = [{**vals, "vin_sn": make_vin(6000 + n)} for n in range(COUNT)]
        vals_list[-1]["vin_sn"] = "1M8GDM9A0KP042788"
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            create_alike(self.env["fleet.vehicle"], vals_list)

    def test_a_copy_costs_no_queries_of_its_own(self):
        counts = []
        for start, size in ((0, LEAST), (100, LEAST * 4)):
            vals = {"company_id": self.dealer.id, "dcrc_customer": True}
            vals_list = [{**vals, "name": f"{n}"} for n in range(start, start + size)]
            before = self.cr.sql_log_count
            create_alike(self.env["res.partner"], vals_list)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_a_create_of_a_module_that_nobody_knows_is_done_for_each(self):
        """Odoo makes every record itself where another add-on has something to say to each."""
        vals_list = [{"name": f"客户{n}", "dcrc_customer": True, "company_id": self.dealer.id} for n in range(12)]
        copies = patch.object(bulk, "_copy_rows", side_effect=AssertionError("copied"))
        with patch.object(bulk, "KNOWN", bulk.KNOWN - {"mail"}), copies:
            ids = create_alike(self.env["res.partner"], vals_list)
        self.assertEqual(len(set(ids)), 12)
