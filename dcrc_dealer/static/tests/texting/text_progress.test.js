import { advanceTime, animationFrame, describe, expect, test } from "@odoo/hoot";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { PAUSE, TextProgress } from "@dcrc_dealer/texting/text_progress/text_progress";
import { formatFigure } from "@dcrc_dealer/foundations/figure/figure";

describe.current.tags("desktop");
defineMailModels();

/** A record as the form gives it; notes when it is read again. */
function makeRecord(data, dirty = false) {
    return {
        data: { planned: 10, waiting: 4, accepted: 1, delivered: 3, failed: 1, unknown: 1, cancelled: 0, ...data },
        isDirty: async () => dirty,
        load: async () => expect.step("load"),
    };
}

async function mountProgress(data, dirty) {
    await mountWithCleanup(TextProgress, { props: { record: makeRecord(data, dirty), readonly: false } });
}

test("the bar shows what became of the texts", async () => {
    await mountProgress({ state: "done" });
    expect(".progress-bar").toHaveCount(4);
    expect(".progress-bar.bg-success").toHaveAttribute("style", "width: 30%");
    expect(".o_dcrc_text_progress_done").toHaveText("6 of 10 texts are settled");
});

test("a running campaign is looked at again and again", async () => {
    await mountProgress({ state: "running" });
    await advanceTime(PAUSE);
    await animationFrame();
    await advanceTime(PAUSE);
    await animationFrame();
    expect.verifySteps(["load", "load"]);
});

test("a paused one is not, and nothing is read over what is typed", async () => {
    await mountProgress({ state: "stopped" });
    await mountProgress({ state: "running" }, true);
    await advanceTime(2 * PAUSE);
    expect.verifySteps([]);
});

test("a figure that does not exist is a dash, never zero", () => {
    expect(formatFigure(false)).toBe("–");
    expect(formatFigure(12.345)).toBe("12.3");
    expect(formatFigure(0)).toBe("0.0");
});
