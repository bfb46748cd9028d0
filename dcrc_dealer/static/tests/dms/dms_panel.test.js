import { advanceTime, animationFrame, click, describe, expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { DmsPanel } from "@dcrc_dealer/dms/dms_panel/dms_panel";

describe.current.tags("desktop");
defineMailModels();

const ROWS = [
    { id: 1, line: 2, verdict: "created", state: "pending", reason_text: "", order_no: "XS1", name: "王芳", plate: "", vin: "" },
    { id: 2, line: 3, verdict: "held", state: "pending", reason_text: "no date", order_no: "XS2", name: "李娜", plate: "", vin: "" },
];
const COUNTS = { created: 1, updated: 0, unchanged: 0, duplicate: 0, held: 1 };

const VERDICTS = [
    ["created", "Created"],
    ["updated", "Updated"],
    ["unchanged", "Unchanged"],
    ["duplicate", "Duplicate"],
    ["held", "Held back"],
];

async function mountPanel(data = {}) {
    onRpc("dcrc.dms.row", "fields_get", () => ({ verdict: { name: "verdict", type: "selection", selection: VERDICTS } }));
    onRpc("dcrc.dms.row", "web_search_read", ({ kwargs }) => {
        const verdict = kwargs.domain[1]?.[2];
        const records = ROWS.filter((row) => !verdict || row.verdict === verdict);
        return { records, length: records.length };
    });
    const record = {
        resId: 7,
        data: { state: "preview", counts: COUNTS, row_count: 2, done_count: 0, ...data },
        load: () => {
            record.data.state = "done";
            expect.step("load");
        },
    };
    await mountWithCleanup(DmsPanel, { props: { record } });
}

test("counts filter the rows", async () => {
    await mountPanel();
    expect("tbody tr").toHaveCount(2);
    expect("[data-verdict=held] .o_dcrc_dms_count").toHaveText("1");
    await click("[data-verdict=held]");
    await animationFrame();
    expect("tbody tr").toHaveCount(1);
    expect("tbody .o_dcrc_reason").toHaveText("no date");
});

test("a run is followed until it ends", async () => {
    const answers = [
        { state: "running", total: 2, done: 1, counts: COUNTS },
        { state: "done", total: 2, done: 2, counts: COUNTS },
    ];
    onRpc("dcrc.dms.import", "get_progress", () => answers.shift());
    await mountPanel({ state: "running" });
    expect(".progress-bar").toHaveText("0%");
    await advanceTime(1100);
    await animationFrame();
    expect(".progress-bar").toHaveText("50%");
    await advanceTime(1100);
    await animationFrame();
    expect.verifySteps(["load"]);
    await advanceTime(1100);
    expect(answers).toHaveLength(0);
});
