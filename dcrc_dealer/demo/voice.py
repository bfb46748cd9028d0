"""Complaints of the year: most are settled, the newest are open; and how matters reach a department."""

from datetime import datetime, time, timedelta

from odoo.tools import SQL

from .complaints import Complaints

DIRECT = (  # complaints that reached the centre otherwise: source, kind, severity, words, result
    (
        "hotline",
        "service",
        "2",
        "热线来电：配件等了十天还没有到，一直没有人给说法。",
        "配件加急空运，提供代步车三天，工时减半。",
    ),
    ("hotline", "service", "1", "热线来电：昨天取车后发现备胎盖没有装回去。", "当天派人送件上门安装并致歉。"),
    ("visit", "service", "1", "到店反映：休息区的饮水机坏了一个星期。", "已维修更换，增加每日点检。"),
    (
        "manufacturer",
        "service",
        "3",
        "厂家转来：客户投诉变速箱顿挫，两次维修未解决，要求换车。",
        "厂家技术专家到店会诊，升级控制程序，客户试驾三天确认正常。",
    ),
    ("social", "sales", "2", "网上发帖：定金收了两个月，交车时间一推再推。", "协调到现车，补偿保养两次，客户删帖。"),
    ("visit", "sales", "1", "到店反映：合同上的颜色和实车不一致。", "核对合同为录入错误，调换同款车辆。"),
    (
        "letter",
        "service",
        "1",
        "来信：保险定损后维修时间太长，没有主动告知进度。",
        "建立事故车每日短信通报，客户认可。",
    ),
    ("hotline", "sales", "1", "热线来电：答应的首保工时券没有到账。", "补发电子券，短信确认。"),
)
FRESH_DAYS = 9  # younger matters may still be open


class Voice:
    """Writes complaints of one dealer."""

    def __init__(self, history, story):
        self.history, self.story, self.rng = history, story, story.rng
        self.env, self.company, self.today = history.env, history.company, history.today
        self._handed = {}
        Department = self.env["dcrc.department"]
        self.departments = {kind: Department._get_for(kind, self.company) for kind in ("sales", "service")}

    def fill(self):
        """Write the whole year."""
        rows = [self.complaint_of(c) for c in self.history.conversations if c.gripe]
        rows += self._direct_complaints(len(rows) // 3)
        self.create_complaints(rows)

    def complaint_of(self, conversation):
        """The complaint that a dissatisfied answer became: dict, see `create_complaints`."""
        gripe = conversation.gripe
        return {
            "moment": conversation.closed,
            "kind": gripe["kind"],
            "result": gripe["result"],
            "vals": {
                "source": "call",
                "severity": self.rng.choices("12", (80, 20))[0],
                "text": gripe["words"],
                "partner_id": conversation.partner.id,
                "vehicle_id": gripe["followup"].vehicle_id.id,
                "user_id": conversation.user.id,
                "followup_id": gripe["followup"].id,
                "question_id": gripe["question"].id,
                "call_id": conversation.contact.call_ids.sorted("id")[-1:].id,
            },
        }

    def _direct_complaints(self, count):
        cars = [(c, k) for c in self.story.customers for k in c["cars"] if k.get("record")]
        rows = []
        for number in range(min(count, len(cars))):
            source, kind, severity, text, result = DIRECT[number % len(DIRECT)]
            customer, car = self.rng.choice(cars)
            first = max(car["delivered"], self.today - timedelta(days=350))
            day = first + timedelta(days=self.rng.randrange(max(1, (self.today - first).days - 1)))
            rows.append(
                {
                    "moment": datetime.combine(day, time(9)) + timedelta(minutes=self.rng.randrange(500)),
                    "kind": kind,
                    "result": result,
                    "vals": {
                        "source": source,
                        "severity": severity,
                        "text": text,
                        "partner_id": customer["record"].id,
                        "vehicle_id": car["record"].id,
                        "user_id": customer["record"].dcrc_specialist_id.id,
                    },
                }
            )
        return rows

    def create_complaints(self, rows):
        """Create complaints oldest first; ``rows``: dicts moment (local), kind, result, vals."""
        rows = sorted(rows, key=lambda row: row["moment"])
        Complaint, roads = self.env["dcrc.complaint"], Complaints(self)
        for year in sorted({row["moment"].year for row in rows}):
            of_year = [row for row in rows if row["moment"].year == year]
            numbered = Complaint.with_context(ir_sequence_date=f"{year}-06-30")
            records = numbered.create([self._prepare_complaint(row) for row in of_year])
            for record, row in zip(records, of_year, strict=True):
                self._hand_over(record, row)
                roads.settle(record, row)
        self._backdate("dcrc_complaint")
        roads.backdate_clocks()

    def _prepare_complaint(self, row):
        return {**row["vals"], "company_id": self.company.id, "date": self.history.utc(row["moment"])}

    def get_end(self, row):
        """When a complaint was closed; None: it is open today."""
        rng, moment = self.rng, row["moment"]
        age = (self.today - moment.date()).days
        closed = moment + timedelta(hours=rng.uniform(1, 30), days=rng.uniform(0.5, 6))
        return closed if age > FRESH_DAYS and closed < self.history.now else None

    def _hand_over(self, record, row):
        """Give it to the department; about what is new, its people are told as in real life."""
        department = self.departments[row["kind"]]
        if (self.today - row["moment"].date()).days < 2:
            record.department_id = department
        else:
            self._handed.setdefault(department.id, []).append(record.id)

    def _backdate(self, table):
        """Handed over when it was taken; nothing of the past was written today."""
        self.env.flush_all()
        for department_id, ids in self._handed.items():
            self.env.cr.execute(
                SQL("UPDATE %s SET department_id = %s WHERE id = ANY(%s)", SQL.identifier(table), department_id, ids)
            )
        handed = self.env[table.replace("_", ".", 1)].browse(id_ for ids in self._handed.values() for id_ in ids)
        handed.invalidate_recordset()
        handed._sync_clocks()  # time limits for the handing over are met
        self.env.flush_all()
        self._handed = {}
        self.env.cr.execute(
            SQL(
                """UPDATE %s SET create_date = date, handed_on = CASE WHEN department_id IS NOT NULL
                      THEN date + interval '3 minutes' END,
                      write_date = COALESCE(closed_on, date) WHERE company_id = %s""",
                SQL.identifier(table),
                self.company.id,
            )
        )
        self.env.invalidate_all(flush=False)
