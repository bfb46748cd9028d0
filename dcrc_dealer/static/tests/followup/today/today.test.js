import { advanceTime, animationFrame, beforeEach, click, describe, edit, expect, mockDate, press, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mockService, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { Today } from "@dcrc_dealer/followup/today/today/today";
import { makeToday, mockConsole } from "../console_fixtures";

describe.current.tags("desktop");
defineMailModels();
beforeEach(() => mockDate("2026-10-14 02:00:00"));

async function mountToday(data = makeToday(), answers = {}) {
    mockConsole({ getToday: () => data, ...answers });
    mockService("action", { doAction: (action) => expect.step(`open ${action.name}`) });
    await mountWithCleanup(Today, { props: { action: {} } });
}

test("counts, progress and the day's lists", async () => {
    await mountToday();
    expect(".o_dcrc_today_done").toHaveText("23 of 41 done");
    expect("[data-tile=late] .o_dcrc_tile_count").toHaveText("3");
    expect("[data-tile=late]").toHaveClass("o_dcrc_tile_late");
    expect("[data-tile=due]").not.toHaveClass("o_dcrc_tile_late");
    expect(".o_dcrc_stale_note").toHaveCount(0);
});

test("no colour where there is nothing", async () => {
    await mountToday();
    expect("[data-tile=problems]").not.toHaveClass("o_dcrc_tile_mood");
});

test("a tile opens the list it counted", async () => {
    await mountToday();
    await click("[data-tile=due]");
    expect.verifySteps(["open due"]);
});

test("Enter is the next call", async () => {
    await mountToday();
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["showCall"]);
});

test("a customer in the queue opens her call", async () => {
    await mountToday(makeToday(), { showCall: (contactId) => expect(contactId).toBe(31) });
    expect(".o_dcrc_queue_row").toHaveText(/王女士/);
    expect(".o_dcrc_queue_reasons").toHaveText(/First call \+ Insurance/);
    expect(".o_dcrc_queue_when").toHaveText(/2 days late/);
    await click(".o_dcrc_queue_row");
    expect.verifySteps(["showCall"]);
});

test("old lists are warned of, with the way to load new ones", async () => {
    const data = makeToday();
    data.lists.stale = true;
    await mountToday(data);
    expect(".o_dcrc_stale_note").toHaveCount(1);
    await click(".o_dcrc_stale_note button");
    expect.verifySteps(["open lists"]);
});

test("nothing due: it says so and offers the lists", async () => {
    await mountToday(makeToday({ next_up: [] }));
    expect(".o_dcrc_empty").toHaveText(/Nobody is due now/);
    await click(".o_dcrc_empty_lists");
    expect.verifySteps(["open lists"]);
});

test("figures are fresh every minute", async () => {
    const data = makeToday();
    await mountToday(data, { getToday: () => ({ ...data }) });
    data.progress = { done: 24, total: 41 };
    await advanceTime(60000);
    await animationFrame();
    expect(".o_dcrc_today_done").toHaveText("24 of 41 done");
});

test("a manager sees the team and moves work", async () => {
    const action = { name: "queue of 张丽" };
    const team = [{ user_id: 2, name: "张丽", done: 12, late: 3, due: 9, callback: 2, action }];
    await mountToday(makeToday(), {
        getToday: (ofTeam) => makeToday({ is_manager: true, team_view: Boolean(ofTeam), team: ofTeam ? team : [] }),
    });
    await click(".o_dcrc_today_team_tab");
    await animationFrame();
    expect("[data-user='2']").toHaveText(/张丽.*12.*3.*9.*2/s);
    await click(".o_dcrc_team_move");
    expect.verifySteps(["open queue of 张丽"]);
});

test("a specialist has no team", async () => {
    await mountToday();
    expect(".o_dcrc_today_scope").toHaveCount(0);
});

test("my day opens calls and problems", async () => {
    const my_day = [
        { time: "2026-10-14 06:30:00", label: "Call back", res_model: "dcrc.contact", res_id: 3, kind: "callback" },
        { time: false, label: "Rattles", res_model: "dcrc.complaint", res_id: 4, kind: "problem" },
    ];
    await mountToday(makeToday({ my_day }));
    await click("[data-kind=callback]");
    await click("[data-kind=problem]");
    expect.verifySteps(["showCall", "showRecord"]);
});

test("the caller is found while typing, and Enter opens the page", async () => {
    const row = {
        partner_id: 5,
        name: "王晓燕",
        title: "王女士",
        phone: "138****8642",
        cars: ["渝A8K3P2"],
        contact_id: 31,
        reasons: ["First call"],
        due: "2026-10-14",
        late: false,
    };
    await mountToday(makeToday(), { findCaller: [row] });
    await click(".o_dcrc_search input");
    await edit("8642");
    await advanceTime(300);
    await animationFrame();
    expect(".o_dcrc_search_row").toHaveText(/王晓燕.*138\*{4}8642.*渝A8K3P2.*First call/s);
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["findCaller", "findCaller", "showRecord"]);
});

test("nobody found is said, Escape begins anew", async () => {
    await mountToday(makeToday(), { findCaller: [] });
    await click(".o_dcrc_search input");
    await edit("0000");
    await advanceTime(300);
    await animationFrame();
    expect(".o_dcrc_search_found").toHaveText(/Nobody found/);
    await press("Escape");
    await animationFrame();
    expect(".o_dcrc_search_found").toHaveCount(0);
    expect.verifySteps(["findCaller"]);
});

test("what came of the call before stands above the tiles", async () => {
    mockConsole();
    await mountWithCleanup(Today, { props: { action: {}, messages: ["Call back at 14:00."] } });
    expect(".o_dcrc_told").toHaveText("Call back at 14:00.");
});
