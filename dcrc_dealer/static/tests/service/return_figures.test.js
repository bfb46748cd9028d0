import { click, describe, expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mockService, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { ReturnFigures } from "@dcrc_dealer/service/return_figures/return_figures";

describe.current.tags("desktop");
defineMailModels();

const FIGURES = {
    start: "2026-05-01",
    stop: "2026-10-31",
    months: "2026-05 – 2026-10",
    figures: [
        { code: "return", name: "Return of Cars", value: 81.25, numerator: 13, denominator: 16, words: "", company_id: 1, formula: "came ÷ due" },
        { code: "return_published", name: "Return as Published", value: null, numerator: 1, denominator: 2, words: "Too few cases", company_id: 1, formula: "cars ÷ cars" },
    ],
};

async function mountFigures() {
    onRpc("dcrc.return.report", "get_return_figures", () => FIGURES);
    await mountWithCleanup(ReturnFigures);
}

test("both rates stand side by side; too few cases are a dash", async () => {
    await mountFigures();
    expect("[data-figure=return] b").toHaveText("81.3%");
    expect("[data-figure=return_published] b").toHaveText("–");
    expect("[data-figure=return_published]").toHaveText(/Too few cases/);
});

test("a click opens what was counted", async () => {
    onRpc("dcrc.measure", "get_rows_action", ({ args }) => {
        expect(args).toEqual(["return", "numerator", "2026-05-01", "2026-10-31", [1]]);
        return { type: "ir.actions.act_window", name: "rows" };
    });
    mockService("action", { doAction: (action) => expect.step(action.name) });
    await mountFigures();
    await click("[data-figure=return] [data-part=numerator]");
    await expect.waitForSteps(["rows"]);
});
