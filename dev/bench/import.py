"""A DMS list into customers, cars, deliveries and visits, against Odoo's own ways in."""

import csv
import io
from datetime import timedelta

from odoo.addons.dcrc_dealer.tools.vin import check_digit

from ._fleet import Fleet
from ._measure import in_turn, row, seconds

ROWS = 1000  # of each list
# Of them for Odoo's import, which is much slower; rows per second are compared.
LOADED = {"small": 200, "medium": 200, "large": 20}
TURNS = 3
SALES = (
    "销售单号",
    "客户名称",
    "性别",
    "手机号码",
    "联系地址",
    "车型名称",
    "颜色",
    "VIN",
    "车牌号",
    "交车日期",
    "销售顾问",
)
SERVICE = (
    "工单号",
    "维修类型",
    "VIN",
    "车牌号",
    "进厂时间",
    "交车时间",
    "行驶里程",
    "服务顾问",
    "送修人",
    "送修人电话",
    "维修项目",
    "总金额",
)


def run(env_factory, size):
    """Sales of new cars to new customers, and repair orders of cars of the file."""
    with env_factory() as env:
        fleet = Fleet.find(env, "B")
        known = fleet.mend_vins(ROWS)
        task = Task(
            env_factory, fleet.company.id, fleet.model.id, fleet.vehicles, fleet.people, fleet.today - timedelta(days=1)
        )
        task.loaded = LOADED[size]
        task.sales = [_sale(number, task.day) for number in range(1, ROWS + 1)]
        task.service = [_order(*car, task.day) for car in known]
    task.again = []
    taken = in_turn(TURNS, first=task.load_lists, bare=task.create, plain=task.load)
    again = sorted(first / second for first, second in task.again)[len(task.again) // 2]
    count = 2 * ROWS
    return [
        row("import", "vs_load", taken["plain"] / task.loaded / (taken["first"] / ROWS), 3, size, count, "higher"),
        row("import", "vs_create", taken["first"] / taken["bare"], 1.5, size, count),
        row("import", "again", again, 5, size, count, "higher"),
    ]


def _sale(number, day):
    vin = f"LS5A2ABE0TB{number:06d}"
    return {
        "order_no": f"NEU{number:06d}",
        "name": f"新客户{number}",
        "gender": "女",
        "phone": f"1361{number:07d}",
        "street": f"金开大道{number}号",
        "model": "Bench",
        "color": "雪域白",
        "vin": vin[:8] + check_digit(vin) + vin[9:],
        "plate": f"渝Z{number:05d}",
        "date": day,
        "consultant": "销售顾问",
    }


def _order(number, vin, plate, name, phone, day):
    return {
        "order_no": f"RO{number:06d}",
        "number": number,
        "kind": "定期保养",
        "vin": vin,
        "plate": plate,
        "date_in": f"{day} 09:00",
        "date_out": f"{day} 11:00",
        "mileage": 13000,
        "adviser": "服务顾问",
        "name": name,
        "phone": phone,
        "work": "常规保养",
        "total": 360,
    }


class Task:
    """The same records in three ways; each is taken back, so that every turn finds the same file."""

    def __init__(self, env_factory, company_id, model_id, vehicles, people, day):
        self.env_factory, self.company_id, self.model_id = env_factory, company_id, model_id
        self.vehicles, self.people, self.day = vehicles, people, day

    def _in_dealer(self):
        return self.env_factory(allowed_company_ids=[self.company_id])

    # -- our own way ---------------------------------------------------------
    def load_lists(self):
        """Seconds of reading and importing both lists; the same files follow again."""
        files = [("sales", _csv(SALES, self._sales_cells())), ("service", _csv(SERVICE, self._service_cells()))]
        with self._in_dealer() as env:
            first = seconds(lambda: self._import(env, files, "created"))
            second = seconds(lambda: self._import(env, files, "unchanged"))
            env.cr.rollback()
        self.again.append((first, second))
        return first

    def _import(self, env, files, verdict):
        for kind, content in files:
            record = env["dcrc.dms.import"]._take_file(f"{kind}.csv", content, kind, self.day)
            record._queue()
            record._run_all()
            env.flush_all()
            groups = env["dcrc.dms.row"]._read_group([("import_id", "=", record.id)], ["verdict"], ["__count"])
            if record.state != "done" or groups != [(verdict, ROWS)]:
                raise AssertionError(f"{kind}: {record.state} {groups} {record.problem_text or ''}")

    def _sales_cells(self):
        names = (
            "order_no",
            "name",
            "gender",
            "phone",
            "street",
            "model",
            "color",
            "vin",
            "plate",
            "date",
            "consultant",
        )
        return [[sale[name] for name in names] for sale in self.sales]

    def _service_cells(self):
        names = (
            "order_no",
            "kind",
            "vin",
            "plate",
            "date_in",
            "date_out",
            "mileage",
            "adviser",
            "name",
            "phone",
            "work",
            "total",
        )
        return [[order[name] for name in names] for order in self.service]

    # -- bare ORM creates ----------------------------------------------------
    def create(self):
        """Seconds of bare creates of the same records."""
        with self._in_dealer() as env:
            taken = seconds(lambda: self._create(env))
            env.cr.rollback()
        return taken

    def _create(self, env):
        company = self.company_id
        people = env["res.partner"].create(
            [
                {
                    "name": sale["name"],
                    "dcrc_customer": True,
                    "company_id": company,
                    "dcrc_gender": "female",
                    "street": sale["street"],
                    "dcrc_phone_ids": [(0, 0, {"number": sale["phone"]})],
                }
                for sale in self.sales
            ]
        )
        cars = env["fleet.vehicle"].create(
            [
                {
                    "dcrc_kind": "customer",
                    "company_id": company,
                    "model_id": self.model_id,
                    "vin_sn": sale["vin"],
                    "license_plate": sale["plate"],
                    "color": sale["color"],
                    "dcrc_owner_id": person.id,
                    "dcrc_delivery_date": self.day,
                    "dcrc_consultant": sale["consultant"],
                }
                for sale, person in zip(self.sales, people)
            ]
        )
        env["dcrc.delivery"].create(
            [
                {
                    "company_id": company,
                    "order_no": sale["order_no"],
                    "vehicle_id": car.id,
                    "partner_id": person.id,
                    "date": self.day,
                    "consultant": sale["consultant"],
                    "list_date": self.day,
                }
                for sale, car, person in zip(self.sales, cars, people)
            ]
        )
        env["dcrc.service.visit"].create(
            [
                {
                    "company_id": company,
                    "order_no": order["order_no"],
                    "vehicle_id": self.vehicles + order["number"],
                    "partner_id": self.people + order["number"],
                    "kind": "periodic",
                    "date_in": f"{self.day} 01:00:00",
                    "date_out": f"{self.day} 03:00:00",
                    "mileage": order["mileage"],
                    "adviser": order["adviser"],
                    "work": order["work"],
                    "amount_total": order["total"],
                    "list_date": self.day,
                }
                for order in self.service
            ]
        )
        env.flush_all()

    # -- Odoo's import -------------------------------------------------------
    def load(self):
        """Seconds of Odoo's own `load()` of the same records.

        One file a model; new records are tied together by external ids. Cars and customers of
        the file are named as the list names them: `load()` has to find them, as our import has.
        """
        with self._in_dealer() as env:
            taken = seconds(lambda: self._load(env))
            env.cr.rollback()
        return taken

    def _load(self, env):
        company, day = str(self.company_id), str(self.day)
        sales, service = self.sales[: self.loaded], self.service[: self.loaded]
        _load(
            env["res.partner"],
            ("id", "name", "dcrc_customer", "company_id/.id", "dcrc_gender", "street", "dcrc_phone_ids/number"),
            [[_xmlid("person", s), s["name"], "1", company, "female", s["street"], s["phone"]] for s in sales],
        )
        _load(
            env["fleet.vehicle"],
            (
                "id",
                "dcrc_kind",
                "company_id/.id",
                "model_id/.id",
                "vin_sn",
                "license_plate",
                "color",
                "dcrc_owner_id/id",
                "dcrc_delivery_date",
                "dcrc_consultant",
            ),
            [
                [
                    _xmlid("car", s),
                    "customer",
                    company,
                    str(self.model_id),
                    s["vin"],
                    s["plate"],
                    s["color"],
                    _xmlid("person", s),
                    day,
                    s["consultant"],
                ]
                for s in sales
            ],
        )
        _load(
            env["dcrc.delivery"],
            ("company_id/.id", "order_no", "vehicle_id/id", "partner_id/id", "date", "consultant"),
            [[company, s["order_no"], _xmlid("car", s), _xmlid("person", s), day, s["consultant"]] for s in sales],
        )
        _load(
            env["dcrc.service.visit"],
            (
                "company_id/.id",
                "order_no",
                "vehicle_id",
                "partner_id",
                "kind",
                "date_in",
                "date_out",
                "mileage",
                "adviser",
                "work",
                "amount_total",
            ),
            [
                [
                    company,
                    o["order_no"],
                    f"Bench/{o['plate']}",
                    o["name"],
                    "periodic",
                    f"{day} 01:00:00",
                    f"{day} 03:00:00",
                    str(o["mileage"]),
                    o["adviser"],
                    o["work"],
                    str(o["total"]),
                ]
                for o in service
            ],
        )
        env.flush_all()


def _xmlid(what, sale):
    return f"bench.{what}_{sale['order_no']}"


def _load(model, names, rows):
    result = model.load(list(names), rows)
    if not result["ids"]:
        raise AssertionError(f"{model._name}: {result['messages'][:2]}")
    return result["ids"]


def _csv(header, rows):
    stream = io.StringIO()
    csv.writer(stream).writerows([header, *rows])
    return stream.getvalue().encode("utf-8-sig")
