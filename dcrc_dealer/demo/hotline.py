"""Calls to the hotline of the last weeks, those of today still open, and the answers at hand."""

from datetime import datetime, time, timedelta

DAYS = 20
CALLS = (  # purpose, urgency, mood, words, answer
    (
        "consultation",
        "1",
        "calm",
        "何人：车主本人\n何事：问首保要多少钱、多长时间",
        "首保工时与材料按首保政策，约一小时。",
    ),
    ("consultation", "1", "calm", "何事：问空调滤芯的价格，能否自己换", "告知配件价格和更换周期。"),
    ("appointment", "1", "calm", "何事：想约周六上午做保养\n何时：周六九点", "已说明周六可约时段。"),
    ("roadside", "3", "upset", "何事：轮胎扎了，停在路边\n何地：机场高速出口", "已联系救援，约四十分钟到达。"),
    ("lead", "1", "calm", "何人：老客户的朋友\n何事：想看新款混动，问优惠", "转销售部，约到店看车。"),
    ("consultation", "2", "upset", "何事：发动机灯亮，问还能不能开", "建议停驶，安排进厂检查。"),
    ("consultation", "1", "calm", "何事：问三包期怎么算，出险后保险怎么报", "说明三包期限和报案步骤。"),
    ("other", "1", "calm", "何事：问周末几点下班、地址在哪", "告知营业时间和地址。"),
)
ARTICLES = (  # topic, title, words
    ("models", "CS75PLUS 车型与指导价", "1.5T 尊贵型、2.0T 旗舰型，指导价以当月价格表为准；试驾请预约。"),
    ("parts", "常用配件价格", "机油滤芯、空气滤芯、空调滤芯、刹车片：价格见附表，工时另计。"),
    ("promotion", "本月保养活动", "到店保养赠送全车检测一次，活动名额与期限以店内公示为准。"),
    ("warranty", "整车质保怎么算", "按购车发票日期起算，时间和里程先到为准；易损件另有规定。"),
    ("statutory", "三包期限与退换条件", "三包有效期与包修期不同；退换条件见三包凭证，疑难情况转服务经理。"),
    ("insurance", "出险以后怎么办", "先报案再移车，保留现场照片；定损可在本店进行，理赔材料由保险专员协助。"),
    ("roadside", "道路救援电话", "全天可拨打道路救援电话；请客户说明位置、车型和故障，并提示注意安全。"),
    ("address", "门店地址与营业时间", "地址、停车入口、地铁站和营业时间；节假日以公告为准。"),
)
MISSES = (("充电桩安装", 4), ("二手车置换补贴", 2))


class Hotline:
    """Writes calls, articles and questions of one dealer."""

    def __init__(self, env, company, plot, specialists):
        self.env, self.company, self.rng = env, company, plot.rng
        self.specialists = specialists
        self.now = company._dcrc_now().replace(tzinfo=None, microsecond=0)
        customers = env["res.partner"].search(
            [("company_id", "=", company.id), ("dcrc_customer", "=", True), ("dcrc_vehicle_ids", "!=", False)],
            order="id",
            limit=200,
        )
        self.customers = customers.filtered("dcrc_phone_ids")

    def fill(self):
        """Write everything; what is left open today waits for its department."""
        self._write_articles()
        for back in range(DAYS, 0, -1):
            for _call in range(self.rng.randrange(1, 4)):
                self._close(self._call(back))
        today = [self._call(0) for _call in range(3)]
        handed = today[1]
        handed.department_id = self.env["dcrc.department"]._get_for("service", self.company)
        self._ring_in_vain()

    def _call(self, back):
        rng, customer = self.rng, self.rng.choice(self.customers)
        purpose, urgency, mood, text, _answer = rng.choice(CALLS)
        hour = time(rng.randrange(8, 18), rng.randrange(60))
        moment = datetime.combine(self.now.date() - timedelta(days=back), hour)
        moment = min(moment, self.now - timedelta(minutes=rng.randrange(2, 12)))
        phone = customer.dcrc_phone_ids[:1]
        return self.env["dcrc.hotline"].create(
            {
                "company_id": self.company.id,
                "partner_id": customer.id,
                "vehicle_id": customer.dcrc_vehicle_ids[:1].id,
                "number": phone.number,
                "date": self.company._dcrc_to_utc(moment),
                "user_id": rng.choice(self.specialists).id,
                "purpose": purpose,
                "urgency": urgency,
                "mood": mood,
                "text": text,
                "rings": rng.choice((1, 1, 2, 2, 2, 3, 3, 5)),
            }
        )

    def _close(self, record):
        """Most are answered at once; some were called back, a few of them late."""
        answers = {text: answer for _purpose, _urgency, _mood, text, answer in CALLS}
        vals = {"state": "done", "answer": answers[record.text], "answer_kind": "at_once"}
        ended = record.date + timedelta(minutes=self.rng.randrange(2, 9))
        if self.rng.random() < 0.3:
            late = self.rng.random() < 0.2
            called = record.date + timedelta(minutes=75 if late else self.rng.randrange(8, 29))
            vals.update(answer_kind="called_back", promised_on=ended, called_on=called)
            vals["callback_result"] = "late" if late else "in_time"
            ended = called
        record.sudo().write({**vals, "closed_on": ended, "closed_by": record.user_id.id})

    def _ring_in_vain(self):
        """A number that nobody knows, before the house opened."""
        records = self.env["dcrc.hotline"].with_user(self.specialists[0]).with_company(self.company)
        reference = f"demo-{self.company.id}"
        records.announce_call(reference, number="13900001234")
        records.end_call(reference)

    def _write_articles(self):
        for place, (topic, title, words) in enumerate(ARTICLES):
            self.env["dcrc.article"].create(
                {
                    "company_id": self.company.id,
                    "topic_id": self.env.ref(f"dcrc_dealer.reason_article_{topic}").id,
                    "name": title,
                    "body": f"<p>{words}</p>",
                    "user_id": self.specialists[place % len(self.specialists)].id,
                    "date_to": self.now.date() + timedelta(days=9) if topic == "promotion" else False,
                }
            )
        misses = self.env["dcrc.article.miss"].with_user(self.specialists[0]).with_company(self.company)
        for text, count in MISSES:
            for _time in range(count):
                misses.note_miss(text)
