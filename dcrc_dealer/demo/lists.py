"""The DMS's lists of the last days, given to the importer like any dealer's."""

import base64
import csv
import io
from datetime import datetime, time, timedelta

from odoo.tools import SQL

from . import cars
from .story import LIST_DAYS, next_anniversary

SALES = (
    "销售单号",
    "客户名称",
    "性别",
    "手机号码",
    "固定电话",
    "出生日期",
    "联系地址",
    "车型代码",
    "车型名称",
    "颜色",
    "VIN",
    "发动机号",
    "车牌号",
    "开票日期",
    "交车日期",
    "销售顾问",
    "保险公司",
    "保险到期日",
    "客户来源",
)
SERVICE = (
    "工单号",
    "维修类型",
    "VIN",
    "车牌号",
    "车型名称",
    "进厂时间",
    "交车时间",
    "行驶里程",
    "服务顾问",
    "主修技师",
    "送修人",
    "送修人电话",
    "维修项目",
    "工时费",
    "材料费",
    "总金额",
    "是否预约",
)
KINDS = {
    "first": "首次保养",
    "periodic": "定期保养",
    "repair": "一般维修",
    "warranty": "索赔",
    "accident": "事故维修",
    "rework": "返修",
    "other": "其他",
}


class Lists:
    """Writes one dealer's lists of the last days and imports them."""

    def __init__(self, files, user):
        self.files, self.story, self.user = files, files.story, user
        self.env, self.company, self.rng = files.env, files.company, files.rng

    def give(self):
        """Import one sales and one service list for each of the last days, oldest first."""
        for back in range(LIST_DAYS, 0, -1):
            day = self.story.today - timedelta(days=back)
            last = back == 1
            self._import("sales", "销售交车", SALES, self._sales(day, last), day)
            self._import("service", "维修工单", SERVICE, self._service(day, last), day)

    def _sales(self, day, last):
        fresh = [
            (customer, car) for customer in self.story.customers for car in customer["cars"] if car["delivered"] == day
        ]
        rows = [self._sale(customer, car, number) for number, (customer, car) in enumerate(fresh)]
        return rows + (self._bad_sales(day) if last else [])

    def _sale(self, customer, car, number):
        day = car["delivered"]
        name, code = cars.MODELS[car["model"]][:2]
        birthday = customer["details"].get("dcrc_birth_date")
        return [
            self.files.order_no("XS", day, number),
            customer["name"],
            {"female": "女", "male": "男"}.get(customer["gender"], ""),
            customer["phones"][0][0].removeprefix("+86"),
            "",
            birthday and f"{birthday:%Y/%m/%d}" or "",
            f"{customer['city']}{customer['street']}",
            code,
            name,
            car["colour"],
            car["vin"],
            car["engine"],
            car["plate"] or "",
            f"{day:%Y-%m-%d}",
            f"{day:%Y-%m-%d}",
            car["consultant"],
            car["insurer"],
            f"{next_anniversary(day, day + timedelta(days=1)):%Y-%m-%d}",
            customer["source"],
        ]

    def _bad_sales(self, day):
        """Rows as people spoil them: held back, to be mended in place."""
        wrong = []
        for number, spoil in enumerate(("vin_letter", "date", "mobile"), 90):
            person = self.story.people.person()
            customer = {
                **person,
                "city": "重庆市渝北区",
                "street": f"龙山路{number}号",
                "source": "自然来店",
                "phones": [(self.story.people.mobile(), "mobile")],
                "details": {},
            }
            car = self._new_car(day, number)
            row = self._sale(customer, car, number)
            if spoil == "vin_letter":
                row[10] = row[10][:12] + "O" + row[10][13:]
            elif spoil == "date":
                row[14] = f"{day:%Y}-02-30"
            else:
                row[3] = row[3][:-1]
            wrong.append(row)
        return wrong

    def _new_car(self, day, number):
        return {
            "delivered": day,
            "model": number % 4,
            "colour": cars.COLOURS[number % len(cars.COLOURS)],
            "vin": cars.make_vin(self.story.plant, day.year, 900000 + number),
            "engine": cars.engine_number(self.rng, "gasoline"),
            "plate": False,
            "consultant": self.rng.choice(self.story.consultants),
            "insurer": cars.INSURERS[0],
        }

    def _service(self, day, last):
        orders = [
            (customer, car, visit)
            for customer, car in self.files.cars()
            for visit in car["visits"]
            if visit["date_out"] and visit["date_out"].date() == day
        ]
        orders.sort(key=lambda row: (row[2]["date_in"], row[1]["vin"]))
        rows = [self._order(*order, number) for number, order in enumerate(orders, 500)]
        if last and len(rows) > 4:
            rows[-2][7] = "8 万多"
            rows[-4][2] = rows[-4][2][:-1]
            rows[-4][3] = ""
        return rows

    def _order(self, customer, car, visit, number):
        phone = customer["phones"][0][0].removeprefix("+86")
        who, phone = (car["user"]["name"], "") if car["user"] else (customer["name"], phone)
        total = visit["labour"] + visit["parts"]
        return [
            self.files.order_no("WX", visit["date_in"], number),
            KINDS[visit["kind"]],
            car["vin"],
            car["plate"] or "",
            cars.MODELS[car["model"]][0],
            f"{visit['date_in']:%Y-%m-%d %H:%M}",
            f"{visit['date_out']:%Y-%m-%d %H:%M}",
            f"{visit['mileage']:,} 公里",
            visit["adviser"],
            visit["technician"],
            who,
            phone,
            visit["work"],
            visit["labour"],
            visit["parts"],
            total,
            "是" if visit["booked"] else "否",
        ]

    def _import(self, kind, title, header, rows, day):
        if not rows:
            return
        stream = io.StringIO()
        csv.writer(stream).writerows([header, *rows])
        content = base64.b64encode(stream.getvalue().encode("gb18030")).decode()
        lists = self.env["dcrc.dms.import"].with_user(self.user).with_context(dcrc_no_refresh=True)
        result = lists.push_list(kind, f"{title}_{day:%Y%m%d}.csv", content, list_date=f"{day:%Y-%m-%d}")
        self._backdate(result["id"], day + timedelta(days=1))

    def _backdate(self, import_id, morning):
        """The list came at about eight in the morning."""
        moment = datetime.combine(morning, time(8, 5)) + timedelta(minutes=self.rng.randrange(20))
        moment = self.company._dcrc_to_utc(min(moment, self.story.now - timedelta(minutes=9)))
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_dms_import SET create_date = %(at)s, write_date = %(at)s, started_at = %(at)s,
                      finished_at = %(at)s::timestamp + interval '4 seconds', source = 'upload'
                WHERE id = %(id)s""",
                at=moment,
                id=import_id,
            )
        )
        self.env.invalidate_all(flush=False)
