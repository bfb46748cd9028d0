"""What tests of DMS lists share: rows as a DMS writes them, and lists made of them."""

import csv
import io

import xlsxwriter

from .common import DcrcCase, make_vin

SALES = {
    "order_no": "销售单号",
    "name": "客户名称",
    "gender": "性别",
    "phone": "手机号码",
    "landline": "固定电话",
    "address": "联系地址",
    "model_name": "车型名称",
    "color": "颜色",
    "vin": "VIN",
    "plate": "车牌号",
    "date": "交车日期",
    "consultant": "销售顾问",
}
SERVICE = {
    "order_no": "工单号",
    "kind": "维修类型",
    "vin": "VIN",
    "plate": "车牌号",
    "date_in": "进厂时间",
    "date_out": "交车时间",
    "mileage": "行驶里程",
    "name": "送修人",
    "phone": "送修人电话",
    "work": "维修项目",
}
HEADERS = {"sales": SALES, "service": SERVICE}


def sales_row(number, **changes):
    """A good row of a sales list; ``number`` makes order, car and person."""
    return {
        "order_no": f"XS{number:06d}",
        "name": f"客户{number}",
        "gender": "女",
        "phone": f"139{number:08d}",
        "address": "重庆市渝北区",
        "model_name": "CS75PLUS 1.5T 尊贵型",
        "color": "星云灰",
        "vin": make_vin(number),
        "plate": f"渝B{number:05d}",
        "date": "2026-10-01",
        "consultant": "曹宇",
        **changes,
    }


def service_row(number, **changes):
    """A good row of a repair order list, brought by the buyer of `sales_row`."""
    return {
        "order_no": f"WX{number:06d}",
        "kind": "首保",
        "vin": make_vin(number),
        "plate": f"渝B{number:05d}",
        "date_in": "2026-10-10 09:00",
        "date_out": "2026-10-10 11:00",
        "mileage": "3,210 公里",
        "name": f"客户{number}",
        "phone": f"139{number:08d}",
        "work": "更换机油机滤",
        **changes,
    }


def csv_file(kind, rows, headers=None, encoding="utf-8"):
    """A list as bytes; ``headers`` replaces the usual column names."""
    names = headers or HEADERS[kind]
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(names.values())
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return stream.getvalue().encode(encoding)


class DmsCase(DcrcCase):
    """Lists of `self.dealer`, given by its manager: key fields change at once (CUS-7)."""

    def _give(self, kind, rows, user=None, **options):
        """A list read for the preview."""
        data = rows if isinstance(rows, bytes) else csv_file(kind, rows)
        model = self._as(user or self.manager, "dcrc.dms.import")
        return model._take_file(options.pop("name", f"{kind}.csv"), data, **options)

    def _import(self, kind, rows, user=None, **options):
        """A list given and imported."""
        record = self._give(kind, rows, user, **options)
        self.assertEqual(record.state, "preview", record.problem_text)
        record.action_import()
        record.sudo()._run_all()
        return record

    def _states(self, record):
        return record.row_ids.sorted("line").mapped("verdict")

    def _reasons(self, row):
        return [finding[0] for finding in row.findings or []]

    def _car(self, number):
        return self.env["fleet.vehicle"].search([("vin_sn", "=", make_vin(number))])

    def _counted(self):
        """How many facts the dealer has, to see that nothing was lost or doubled."""
        models = (
            "res.partner",
            "fleet.vehicle",
            "dcrc.phone",
            "dcrc.delivery",
            "dcrc.service.visit",
            "dcrc.vehicle.owner",
            "dcrc.correction",
        )
        domain = [("company_id", "=", self.dealer.id)]
        return {model: self.env[model].sudo().search_count(domain) for model in models}

    def _one(self, which, **changes):
        """The row of a list of one (``sales`` or ``service``), imported."""
        row = sales_row if which == "sales" else service_row
        return self._import(which, [row(1, **changes)]).row_ids

    def _workbook(self, fill, **options):
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, options) as book:
            fill(book)
        return stream.getvalue()

    def _numbers(self, partner):
        return partner.dcrc_phone_ids.mapped("number")
