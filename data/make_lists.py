"""Makes the sample lists of this folder and `key.json`, always the same ones.

    python data/make_lists.py

Needs xlsxwriter and xlwt. Names, numbers and cars are made up.
"""

import csv
import io
import json
import random
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter
import xlwt

HERE = Path(__file__).parent
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = "伟芳娜敏静磊军洋勇艳杰娟涛明超霞平刚桂英华"
MODELS = [("AVATR07", "阿维塔07 后驱Max"), ("QY-A05", "启源A05 智驾版"), ("UNIV20", "UNI-V 2.0T 领潮型")]
KINDS = ["首次保养", "定保", "小修", "三包", "内返", "钣喷", "其他"]
VALUES = dict(
    zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", [*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)], strict=True)
)
WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


class Lists:
    """Rows and what is special about some of them."""

    def __init__(self):
        self.random = random.Random(20261122)
        self.key = {}

    def vin(self, number):
        body = f"LS6B2CDF0TF{number:06d}"
        rest = sum(VALUES[c] * w for c, w in zip(body, WEIGHTS, strict=True)) % 11
        return body[:8] + ("X" if rest == 10 else str(rest)) + body[9:]

    def name(self):
        pick = self.random.choice
        return pick(SURNAMES) + "".join(pick(GIVEN) for _ in range(pick((1, 2))))

    def plate(self, number):
        return f"川A{'ABCDEFGH'[number % 8]}{number:04d}" if number % 3 else f"川AD{number:05d}"

    def sales(self, count):
        """Deliveries of ``count`` cars."""
        rows = []
        for number in range(1, count + 1):
            code, model = self.random.choice(MODELS)
            day = date(2026, 9, 1) + timedelta(days=self.random.randrange(60))
            rows.append(
                {
                    "Order No.": f"SO-26-{number:05d}",
                    "Customer Name": self.name(),
                    "Mobile": f"159{self.random.randrange(10**8):08d}",
                    "Model Code": code,
                    "Model": model,
                    "Chassis No": self.vin(number),
                    "Plate No": self.plate(number),
                    "Delivery Date": day,
                    "Sales Consultant": self.random.choice(("何平", "高敏")),
                    "Remark": "",
                }
            )
        return rows

    def service(self, sales, count):
        """Visits of sold and of other cars."""
        rows = []
        for number in range(1, count + 1):
            car = self.random.randrange(1, len(sales) * 2)
            sold = sales[car - 1] if car <= len(sales) else None
            came = datetime(2026, 11, 1, 8) + timedelta(minutes=self.random.randrange(18 * 24 * 60))
            name, phone = (sold["Customer Name"], sold["Mobile"]) if sold else (self.name(), f"158{car:08d}")
            rows.append(
                {
                    "维修单号": f"RO26{number:06d}",
                    "业务类型": self.random.choice(KINDS),
                    "车架号": self.vin(car),
                    "车牌号码": self.plate(car),
                    "开单时间": came,
                    "结算时间": came + timedelta(hours=3),
                    "公里数": 1000 + number * 37,
                    "联系人": name,
                    "联系电话": phone,
                    "维修内容": "检查，调整",
                    "结算金额": number * 10.5,
                }
            )
        return rows

    def spoil(self, file, rows, header_line, faults):
        """Change rows; the key says what was done to which line."""
        self.key[file] = {"header_row": header_line, "rows": len(rows), "spoiled": []}
        for place, what, changes in faults:
            if what == "fine: exact duplicate":
                rows.append(dict(rows[place]))
                place = len(rows) - 1
                self.key[file]["rows"] += 1
            rows[place].update(changes)
            entry = {"row": header_line + 1 + place, "what": what}
            self.key[file]["spoiled"].append(entry)
        return rows


def write_sales_xlsx(lists, rows):
    """A title, a blank line, then English headings; real dates and numbers in the cells."""
    faults = [
        (2, "fine: number cell", {"Mobile": 15912345678}),
        (5, "correct: mobile missing", {"Mobile": ""}),
        (7, "fine: text date", {"Delivery Date": "2026年9月8日"}),
        (9, "delivery date impossible", {"Delivery Date": "2026/09/31"}),
        (11, "fine: formula text in name", {"Customer Name": '=CMD("calc","李四")'}),
        (13, "vin with letter Q", {"Chassis No": "LS6B2CDFQTF000014"}),
        (15, "vin check digit wrong", {"Chassis No": lists.vin(16)[:8] + "Y" + lists.vin(16)[9:]}),
        (17, "customer name missing", {"Customer Name": " "}),
        (19, "correct: plate wrong", {"Plate No": "川O-12"}),
        (21, "order number missing", {"Order No.": ""}),
        (23, "fine: extra column filled", {"Remark": "老客户"}),
        (25, "fine: exact duplicate", {}),
    ]
    file = "sales_20261119.xlsx"
    lists.spoil(file, rows, 3, faults)
    options = {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(HERE / file, options) as book:
        book.set_properties({"created": datetime(2026, 11, 19)})
        sheet = book.add_worksheet("Deliveries")
        sheet.write(0, 0, "交车清单 2026-09 – 2026-10")
        sheet.write_row(2, 0, list(rows[0]))
        for line, row in enumerate(rows, 3):
            for column, value in enumerate(row.values()):
                write = sheet.write_datetime if isinstance(value, date) else sheet.write
                write(line, column, value)


def write_service_csv(lists, rows):
    """UTF-8 with mark, semicolons, the heading repeated in the middle, a sum at the end."""
    faults = [
        (3, "fine: full-width mileage", {"公里数": "２，３４５ 公里"}),
        (6, "unknown kind", {"业务类型": "洗澡"}),
        (8, "mileage negative", {"公里数": "-1"}),
        (10, "fine: not out yet", {"结算时间": ""}),
        (12, "out before in", {"结算时间": "2019/1/1"}),
        (14, "vin of 18 characters", {"车架号": lists.vin(3) + "1"}),
        (16, "vin and plate empty", {"车架号": "", "车牌号码": ""}),
        (18, "plate unknown", {"车架号": "", "车牌号码": "川AZ9Z99"}),
        (20, "in time missing", {"开单时间": ""}),
        (22, "fine: mileage not known", {"公里数": "不详"}),
        (24, "fine: vin empty, plate known", {"车架号": "", "车牌号码": lists.plate(1)}),
    ]
    file = "service_20261119.csv"
    lists.spoil(file, rows, 1, faults)
    rows[30]["车架号"], rows[30]["车牌号码"] = lists.vin(1), lists.plate(1)
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow(format(v, "%Y/%m/%d %H:%M") if isinstance(v, datetime) else v for v in row.values())
    writer.writerow(rows[0])
    writer.writerow(["合计", "", "", "", "", "", "", "", "", "", "99999"])
    (HERE / file).write_bytes(b"\xef\xbb\xbf" + stream.getvalue().encode())


def write_service_xls(lists, rows):
    """An old .xls whose dates are date cells and whose heading stands in line five."""
    file = "service_old.xls"
    faults = [
        (1, "in time missing", {"开单时间": ""}),
        (4, "fine: vin in small letters", {"车架号": lists.vin(41).lower()}),
    ]
    lists.spoil(file, rows, 5, faults)
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("维修")
    moment = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
    sheet.write(0, 0, "维修业务明细")
    for column, header in enumerate(rows[0]):
        sheet.write(4, column, header)
    for line, row in enumerate(rows, 5):
        for column, value in enumerate(row.values()):
            style = (moment,) if isinstance(value, datetime) else ()
            sheet.write(line, column, value, *style)
    book.save(str(HERE / file))


def main():
    lists = Lists()
    sales = lists.sales(60)
    service = lists.service(sales, 80)
    write_sales_xlsx(lists, sales)
    write_service_csv(lists, service)
    later = lists.service(sales, 12)
    for number, row in enumerate(later, 1):
        row["维修单号"] = f"RO25{number:06d}"
    write_service_xls(lists, later)
    (HERE / "key.json").write_text(json.dumps(lists.key, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
