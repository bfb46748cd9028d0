import { advanceTime, animationFrame, click, describe, edit, expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { Timeline } from "@dcrc_dealer/followup/timeline/timeline/timeline";
import { mockConsole } from "../console_fixtures";

describe.current.tags("desktop");
defineMailModels();

const KINDS = [
    { kind: "call", label: "Call", count: 250 },
    { kind: "visit", label: "Visit", count: 250 },
];

/** 500 entries on the server; tells which page was asked for. */
function serve(partnerId, { kind, text, offset, limit, with_kinds }) {
    expect.step(`${offset}+${limit} ${kind || "*"} ${text || "*"}`);
    const entries = Array.from({ length: limit }, (_, index) => ({
        id: offset + index + 1,
        date: "2026-10-14 02:00:00",
        kind: kind || "call",
        kind_label: "Call",
        title: `Entry ${offset + index + 1}`,
        detail: "",
        vehicle: "",
        user: "",
        res_model: "dcrc.call",
        res_id: 1,
    }));
    return { entries, total: 500, kinds: with_kinds ? KINDS : null };
}

async function mountTimeline(props = {}, answers = {}) {
    mockConsole({ getTimeline: serve, ...answers });
    await mountWithCleanup(Timeline, { props: { partnerId: 5, ...props } });
    await animationFrame();
}

test("five hundred entries come forty at a time", async () => {
    await mountTimeline();
    expect(".o_dcrc_timeline_entry").toHaveCount(40);
    expect(".o_dcrc_timeline_next").toHaveText("Show more (460 left)");
    await click(".o_dcrc_timeline_next");
    await animationFrame();
    expect(".o_dcrc_timeline_entry").toHaveCount(80);
    expect.verifySteps(["0+40 * *", "40+40 * *"]);
});

test("a chip shows one kind, again all", async () => {
    await mountTimeline();
    await click(".o_dcrc_chip[data-kind=visit]");
    await animationFrame();
    expect(".o_dcrc_chip[data-kind=visit]").toHaveAttribute("aria-pressed", "true");
    await click(".o_dcrc_chip[data-kind=visit]");
    await animationFrame();
    expect.verifySteps(["0+40 * *", "0+40 visit *", "0+40 * *"]);
});

test("the search waits until typing pauses", async () => {
    await mountTimeline();
    await click(".o_dcrc_timeline_search");
    await edit("rattle");
    await advanceTime(250);
    await animationFrame();
    expect.verifySteps(["0+40 * *", "0+40 * rattle"]);
});

test("beside a call it is short and never in the way", async () => {
    await mountTimeline({ compact: true, limit: 5 });
    expect(".o_dcrc_timeline_entry").toHaveCount(5);
    expect(".o_dcrc_chip").toHaveCount(0);
    expect.verifySteps(["0+5 * *"]);
});

test("beside a call a failure stays small", async () => {
    await mountTimeline(
        { compact: true },
        {
            getTimeline: () => {
                throw new Error("no");
            },
        }
    );
    await animationFrame();
    expect(".o_dcrc_timeline").toHaveText("The history can't be shown now");
});

test("an entry opens its record", async () => {
    await mountTimeline();
    await click(".o_dcrc_timeline_entry:first button");
    expect.verifySteps(["0+40 * *", "showRecord"]);
});

test("a new customer has no history and asks for none", async () => {
    await mountTimeline({ partnerId: false });
    expect(".o_dcrc_timeline_entry").toHaveCount(0);
    expect.verifySteps([]);
});
