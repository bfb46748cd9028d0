import { animationFrame, click, describe, edit, expect, queryAllTexts, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { DmsCellsField } from "@dcrc_dealer/dms/dms_cells/dms_cells_field";

describe.current.tags("desktop");
defineMailModels();

const CELLS = [
    { column: "name", label: "Customer", text: "王芳", original: "王芳", reasons: [] },
    { column: "date", label: "Delivery date", text: "2026-02-30", original: "2026-02-31", reasons: ["no such day"] },
];

async function mountCells(readonly = false) {
    const record = {
        data: { sheet: CELLS, extra: { Remark: "急" } },
        update: (changes) => expect.step(changes.sheet.map((cell) => cell.text).join()),
    };
    await mountWithCleanup(DmsCellsField, { props: { name: "sheet", readonly, record } });
}

test("what is wrong comes first, with its reason and the file's own text", async () => {
    await mountCells();
    expect(queryAllTexts(".o_dcrc_cell label")).toEqual(["Delivery date", "Customer"]);
    expect(".o_dcrc_wrong .text-danger").toHaveText("no such day");
    expect(".o_dcrc_wrong .text-muted").toHaveText("In the file: 2026-02-31");
});

test("a cell is mended in place", async () => {
    await mountCells();
    await click("[data-column=date]");
    await edit("2026-02-28", { confirm: "blur" });
    await animationFrame();
    expect.verifySteps(["王芳,2026-02-28"]);
});

test("a row that went in is only shown", async () => {
    await mountCells(true);
    expect("input").toHaveCount(0);
});
