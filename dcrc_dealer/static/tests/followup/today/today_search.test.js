import { advanceTime, animationFrame, click, describe, edit, expect, press, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { TodaySearch } from "@dcrc_dealer/followup/today/today_search/today_search";
import { mockConsole } from "../console_fixtures";

describe.current.tags("desktop");
defineMailModels();

function makeRow(values = {}) {
    return {
        partner_id: 5,
        name: "王晓燕",
        title: "王女士",
        phone: "138****8000",
        cars: ["渝A8K3P2"],
        contact_id: 31,
        can_take: true,
        reasons: ["First call"],
        due: "2026-10-12",
        late: false,
        ...values,
    };
}

async function search(row, answers = {}) {
    mockConsole({ findCaller: () => [row], ...answers });
    await mountWithCleanup(TodaySearch);
    await click("input");
    await edit("8000", { confirm: false });
    await advanceTime(300);
    await animationFrame();
    expect.verifySteps(["findCaller"]);
}

test("the caller's page is a click away", async () => {
    await search(makeRow());
    await click(".o_dcrc_search_row");
    expect.verifySteps(["showRecord"]);
});

test("Enter opens the first found", async () => {
    await search(makeRow());
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["findCaller", "showRecord"]);
});

test("the call about what is open is taken with the customer on the line", async () => {
    await search(makeRow(), { takeCall: (contactId) => expect(contactId).toBe(31) });
    await click(".o_dcrc_search_take");
    expect.verifySteps(["takeCall"]);
});

test("who makes no calls takes none", async () => {
    await search(makeRow({ can_take: false }));
    expect(".o_dcrc_search_take").toHaveCount(0);
});
