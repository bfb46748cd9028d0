"""The lists that the bench `import` gives: sales of new cars, repair orders of known ones."""

import csv
import io

from odoo.addons.dcrc_dealer.tools.vin import check_digit

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


def sale(number, day):
    """A new car's sale to a new customer."""
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


def order(number, vin, plate, name, phone, day):
    """A repair order of a car of the file."""
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


def sales_file(sales):
    """The list of sales as a file of its DMS."""
    names = ("order_no", "name", "gender", "phone", "street", "model", "color", "vin", "plate", "date", "consultant")
    return _csv(SALES, [[sale[name] for name in names] for sale in sales])


def service_file(service):
    """The list of repair orders as a file of its DMS."""
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
    return _csv(SERVICE, [[order[name] for name in names] for order in service])


def _csv(header, rows):
    stream = io.StringIO()
    csv.writer(stream).writerows([header, *rows])
    return stream.getvalue().encode("utf-8-sig")
