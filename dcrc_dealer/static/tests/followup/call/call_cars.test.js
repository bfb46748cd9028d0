import { beforeEach, describe, expect, mockDate, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { CallCars } from "@dcrc_dealer/followup/call/call_cars/call_cars";
import { makePayload, mockConsole } from "../console_fixtures";

describe.current.tags("desktop");
defineMailModels();
beforeEach(() => mockDate("2026-10-14 02:00:00"));

test("what is noted of a car stands below it; what is late is red", async () => {
    mockConsole({});
    const [car] = makePayload().cars;
    const notes = [
        { text: "First service: by October", late: true },
        { text: "Annual inspection by November", late: false },
    ];
    await mountWithCleanup(CallCars, {
        props: { cars: [{ ...car, notes }], partnerId: 5, partnerName: "王晓燕" },
    });
    expect(".o_dcrc_car_note").toHaveCount(2);
    expect(".o_dcrc_car_note:first").toHaveText("First service: by October");
    expect(".o_dcrc_car_note.text-danger").toHaveCount(1);
});
