"""The world that tests live in: two dealers, a persona for each role, a frozen clock."""

from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.sql_db import BaseCursor
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tests.test_cursor import TestCursor

from ..tools.vin import check_digit

NOW = datetime(2026, 10, 14, 2, 0)  # Wednesday 10:00 in Shanghai
TODAY = fields.Date.to_date("2026-10-14")
DEALERS = {"dealer": "渝州长安4S店", "other_dealer": "江北长安4S店"}
ROLES = {
    "specialist": "dcrc_dealer.group_dcrc_user",
    "colleague": "dcrc_dealer.group_dcrc_user",
    "manager": "dcrc_dealer.group_dcrc_manager",
    "workshop": "dcrc_dealer.group_dcrc_department",
    "director": "dcrc_dealer.group_dcrc_director",
    "auditor": "dcrc_dealer.group_dcrc_auditor",
    "outsider": "base.group_user",
}

WORLD = "__test__"  # the module in the external ids of what `make_world` makes


def make_vin(number):
    """Return a valid VIN whose serial is `number` (0 … 999999)."""
    body = f"LS5A2ABE0TA{number:06d}"
    return body[:8] + check_digit(body) + body[9:]


def database_now(_cursor):
    """The clock of a cursor that follows the frozen one, at once and inside one transaction."""
    return datetime.now()


def frozen_clocks(moment=NOW):
    """Context managers that hold Python's clock and the database's; `with freeze_time(…)` moves both."""
    return [freeze_time(moment), *(patch.object(cursor, "now", database_now) for cursor in (BaseCursor, TestCursor))]


def find_world(env):
    """Return {name: record} of what `make_world` has left in the database, {} when nothing."""
    rows = env["ir.model.data"].search([("module", "=", WORLD)])
    return {row.name: env[row.model].browse(row.res_id) for row in rows}


def make_world(env):
    """Make what every test starts with: two dealers with their templates, and a persona for each role.

    `./dcrc test` keeps it in the database that it copies; elsewhere each class makes it for itself.

    :return: {name: record}, as `find_world`.
    """
    env = env(context=dict(env.context, tracking_disable=True))
    world = {name: env["res.company"].create({"name": title}) for name, title in DEALERS.items()}
    dealer, other_dealer = world.values()
    (dealer | other_dealer)._dcrc_open_centre()
    env.user.company_ids |= dealer | other_dealer
    env = env(context=dict(env.context, allowed_company_ids=[dealer.id]))
    for login, group in ROLES.items():
        world[login] = create_persona(env, login, group, dealer)
    world["auditor"].company_ids = [Command.link(other_dealer.id)]
    world["stranger"] = create_persona(env, "stranger", ROLES["manager"], other_dealer)
    for code in ("sales", "service"):
        world[code] = env["dcrc.department"]._get_for(code, dealer)
    world["service"].member_ids = world["workshop"]
    brand = env["fleet.vehicle.model.brand"].create({"name": "长安"})
    world["model"] = env["fleet.vehicle.model"].create({"name": "CS75PLUS 1.5T 尊贵型", "brand_id": brand.id})
    env["ir.model.data"]._update_xmlids(
        [{"xml_id": f"{WORLD}.{name}", "record": record, "noupdate": True} for name, record in world.items()]
    )
    return world


def create_persona(env, login, group, company):
    """A user with one role at one dealer."""
    return new_test_user(
        env,
        f"dcrc_{login}",
        group,
        name=login.capitalize(),
        company_id=company.id,
        company_ids=[Command.set(company.ids)],
        tz="Asia/Shanghai",
    )


@tagged("post_install", "-at_install")
class DcrcCase(TransactionCase):
    """Base of all tests: `self.dealer` works, `self.other_dealer` must never show.

    The clock stands at `NOW` in Python and in the database, for HTTP requests, too: rows made here are
    written then.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for clock in frozen_clocks():
            cls.startClassPatcher(clock)
        cls.serial = 0
        world = find_world(cls.env) or make_world(cls.env)
        context = dict(cls.env.context, tracking_disable=True, allowed_company_ids=world["dealer"].ids)
        cls.env = cls.env(context=context)
        for name, record in world.items():
            setattr(cls, name, record.with_env(cls.env))

    @classmethod
    def _create_user(cls, login, group, company):
        return create_persona(cls.env, login, group, company)

    @classmethod
    def _next(cls):
        cls.serial += 1
        return cls.serial

    @classmethod
    def _create_customer(cls, name="王芳", company=None, phone=None, **vals):
        """A customer with one mobile number (phone=False: none)."""
        company = company or cls.dealer
        if phone is None:
            phone = f"+86138{cls._next():08d}"
        numbers = [Command.create({"number": phone})] if phone else []
        return cls.env["res.partner"].create(
            {
                "name": name,
                "dcrc_customer": True,
                "dcrc_gender": "female",
                "company_id": company.id,
                "dcrc_phone_ids": numbers,
                **vals,
            }
        )

    @classmethod
    def _create_car(cls, owner=None, company=None, **vals):
        """A customer's car with a valid VIN and plate."""
        number = cls._next()
        return cls.env["fleet.vehicle"].create(
            {
                "dcrc_kind": "customer",
                "model_id": cls.model.id,
                "company_id": (company or owner and owner.company_id or cls.dealer).id,
                "vin_sn": make_vin(number),
                "license_plate": f"渝A{number:05d}",
                "dcrc_owner_id": owner.id if owner else False,
                **vals,
            }
        )

    @classmethod
    def _create_delivery(cls, car=None, date=TODAY, **vals):
        """A delivery; makes customer and car where none is given."""
        car = car or cls._create_car(cls._create_customer(), dcrc_delivery_date=date)
        return cls.env["dcrc.delivery"].create(
            {
                "company_id": car.company_id.id,
                "order_no": f"XS{cls._next():06d}",
                "vehicle_id": car.id,
                "partner_id": car.dcrc_contact_id.id,
                "date": date,
                **vals,
            }
        )

    @classmethod
    def _create_visit(cls, car=None, date_in=NOW, **vals):
        """A finished service visit of one hour; makes customer and car where none is given."""
        car = car or cls._create_car(cls._create_customer())
        return cls.env["dcrc.service.visit"].create(
            {
                "company_id": car.company_id.id,
                "order_no": f"WX{cls._next():06d}",
                "vehicle_id": car.id,
                "partner_id": car.dcrc_contact_id.id,
                "kind": "periodic",
                "date_in": date_in,
                "date_out": fields.Datetime.add(date_in, hours=1),
                "mileage": 12000,
                **vals,
            }
        )

    def _as(self, user, record_or_model):
        """The record or model as a persona sees it, in the own dealer(s)."""
        records = self.env[record_or_model] if isinstance(record_or_model, str) else record_or_model
        return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    def _count_queries(self, function):
        """Queries of `function` with an empty record cache and warm access caches."""
        function()
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        function()
        return self.cr.sql_log_count - start
