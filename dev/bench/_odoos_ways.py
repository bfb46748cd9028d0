"""Odoo's own ways in, that the bench `import` is compared with."""


def create(env, task):
    """Bare creates of the records of a task's lists."""
    company = task.company_id
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
            for sale in task.sales
        ]
    )
    cars = env["fleet.vehicle"].create(
        [
            {
                "dcrc_kind": "customer",
                "company_id": company,
                "model_id": task.model_id,
                "vin_sn": sale["vin"],
                "license_plate": sale["plate"],
                "color": sale["color"],
                "dcrc_owner_id": person.id,
                "dcrc_delivery_date": task.day,
                "dcrc_consultant": sale["consultant"],
            }
            for sale, person in zip(task.sales, people)
        ]
    )
    env["dcrc.delivery"].create(
        [
            {
                "company_id": company,
                "order_no": sale["order_no"],
                "vehicle_id": car.id,
                "partner_id": person.id,
                "date": task.day,
                "consultant": sale["consultant"],
                "list_date": task.day,
            }
            for sale, car, person in zip(task.sales, cars, people)
        ]
    )
    env["dcrc.service.visit"].create(
        [
            {
                "company_id": company,
                "order_no": order["order_no"],
                "vehicle_id": task.vehicles + order["number"],
                "partner_id": task.people + order["number"],
                "kind": "periodic",
                "date_in": f"{task.day} 01:00:00",
                "date_out": f"{task.day} 03:00:00",
                "mileage": order["mileage"],
                "adviser": order["adviser"],
                "work": order["work"],
                "amount_total": order["total"],
                "list_date": task.day,
            }
            for order in task.service
        ]
    )
    env.flush_all()


def load(env, task):
    """Odoo's own `load()` of the first records of a task's lists."""
    company, day = str(task.company_id), str(task.day)
    sales, service = task.sales[: task.loaded], task.service[: task.loaded]
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
                str(task.model_id),
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
