import {
    advanceTime,
    animationFrame,
    beforeEach,
    click,
    describe,
    edit,
    expect,
    manuallyDispatchProgrammaticEvent,
    mockDate,
    test,
} from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { ConnectionLostError } from "@web/core/network/rpc";
import { key, mountCall } from "../call_fixtures";
import { makePayload } from "../console_fixtures";

describe.current.tags("desktop");
defineMailModels();
beforeEach(() => mockDate("2026-10-14 02:00:00"));

test("without an outcome nothing is saved, and it says so", async () => {
    await mountCall();
    await key("Control+Enter");
    expect(".o_dcrc_problems").toHaveText("Choose how the call went.");
    await key("n");
    expect(".o_dcrc_problems").toHaveCount(0);
});

test("a call back needs its time; a preset is one click", async () => {
    await mountCall();
    await key("l");
    await key("Control+Enter");
    expect(".o_dcrc_problems").toHaveText("Choose when to call back.");
    expect(".o_dcrc_callback").toHaveClass("o_dcrc_wanted");
    await click(".o_dcrc_callback .o_dcrc_choice:first");
    await animationFrame();
    await key("Control+Enter");
    expect.verifySteps(["finishCall"]);
});

test("the server's refusal is shown and nothing is lost", async () => {
    await mountCall({
        finishCall: () => {
            throw Object.assign(new Error(), { data: { message: "Open a complaint first." } });
        },
    });
    await key("5");
    await key("Control+Enter");
    expect.verifySteps(["finishCall"]);
    expect(".o_dcrc_problems").toHaveText("Open a complaint first.");
    expect("[data-question='11:1'] [data-level='5']").toHaveClass("o_dcrc_answer_given");
});

test("a connection lost while saving is told; saving again works", async () => {
    let lost = true;
    await mountCall({
        finishCall: () => {
            if (lost) {
                throw new ConnectionLostError("/x");
            }
            return { next: false, messages: [] };
        },
    });
    await key("n");
    await key("Control+Enter");
    expect(".o_dcrc_problems").toHaveText(/nothing is lost/);
    lost = false;
    await key("Control+Enter");
    expect.verifySteps(["finishCall", "finishCall"]);
    expect("[data-phase=empty]").toHaveText(/Customers rest now/);
});

test("typed words show as saved after a pause", async () => {
    await mountCall({ saveDraft: (callId, draft) => expect.step(`saved ${draft.note}`) });
    await click("#o_dcrc_note");
    await edit("calls from work");
    await animationFrame();
    expect(".o_dcrc_mark").toHaveAttribute("data-mark", "saving");
    await advanceTime(800);
    expect.verifySteps(["saved calls from work"]);
    await animationFrame();
    expect(".o_dcrc_mark").toHaveAttribute("data-mark", "saved");
});

test("closing the page hands over what was typed last", async () => {
    await mountCall({ beaconDraft: (callId, draft) => expect.step(draft.note) });
    await click("#o_dcrc_note");
    await edit("half a word");
    await manuallyDispatchProgrammaticEvent(window, "pagehide");
    expect.verifySteps(["half a word"]);
    await advanceTime(800);
});

test("a draft from before is on the screen again", async () => {
    const draft = { answers: { 11: { 1: { answer_id: 14, text: "fine" } } }, note: "later", at: 5 };
    await mountCall({ openContact: () => makePayload({ draft }) });
    expect("[data-question='11:1'] [data-level='4']").toHaveClass("o_dcrc_answer_given");
    expect("[data-question='11:1'] textarea").toHaveValue("fine");
    expect("#o_dcrc_note").toHaveValue("later");
});

test("skipping puts the customer back and takes another", async () => {
    await mountCall();
    await click(".o_dcrc_skip");
    await animationFrame();
    expect.verifySteps(["releaseContact", "claimNext", "openContact"]);
});

test("save alone goes back to Today", async () => {
    await mountCall({
        finishCall: (callId, values, wantNext) => {
            expect(wantNext).toBe(false);
            return { next: false, messages: [] };
        },
    });
    await key("n");
    await click(".o_dcrc_save");
    await animationFrame();
    expect.verifySteps(["finishCall", "showToday"]);
});

test("correction and 'do not contact' are handed in", async () => {
    await mountCall({
        finishCall: (callId, values) => {
            expect(values.corrections[0]).toMatchObject({
                item: "phone",
                phone_id: 1,
                wrong_value: "+8613800138000",
                new_value: "13900000000",
            });
            expect(values.do_not_contact.reason_id).toBe(1);
            return { next: false, messages: [] };
        },
    });
    await key("n");
    await click(".o_dcrc_add_correction");
    await animationFrame();
    await click(".o_dcrc_correction_value");
    await edit("13900000000");
    await click(".o_dcrc_add_block");
    await animationFrame();
    await click(".o_dcrc_save_next");
    await animationFrame();
    expect(".o_dcrc_problems").toHaveText(/not to be contacted/);
    document.querySelector(".o_dcrc_block_reason").value = "1";
    await manuallyDispatchProgrammaticEvent(document.querySelector(".o_dcrc_block_reason"), "change");
    await animationFrame();
    await click(".o_dcrc_save_next");
    await animationFrame();
    expect.verifySteps(["finishCall"]);
});

test("letters open complaint and correction, digits choose the time to call back", async () => {
    await mountCall();
    await key("c");
    expect(".o_dcrc_complaint_text").toBeFocused();
    await key("Escape");
    await key("d");
    expect(".o_dcrc_correction").toHaveCount(1);
    await click(".o_dcrc_complaint_remove");
    await animationFrame();
    await key("l");
    await key("1");
    expect(".o_dcrc_callback .o_dcrc_choice:first").toHaveClass("o_dcrc_choice_given");
});

test("what came of a call is told in the bar of the next, where it covers no button", async () => {
    await mountCall({ finishCall: { next: 2, messages: ["Next attempt from 14:00 on."] } });
    await key("n");
    await key("Control+Enter");
    await animationFrame();
    expect(".o_dcrc_call_bar .o_dcrc_told").toHaveText(/Next attempt from 14:00 on/);
    expect(".o_notification").toHaveCount(0);
    expect.verifySteps(["finishCall", "openContact"]);
});
