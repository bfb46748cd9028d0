import { advanceTime, animationFrame, beforeEach, click, describe, edit, expect, mockDate, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mockService, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { ConnectionLostError } from "@web/core/network/rpc";
import { HotlineScreen } from "@dcrc_dealer/hotline/hotline_screen/hotline_screen";

describe.current.tags("desktop");
defineMailModels();
beforeEach(() => mockDate("2026-10-14 02:00:00"));

function makeRecord(values = {}) {
    return {
        id: 5,
        name: "H26-00005",
        state: "open",
        state_label: "Not Settled",
        editable: true,
        number: "+8613800138000",
        hidden: false,
        due: false,
        late: false,
        callers: [],
        partner: false,
        cars: [],
        typed: { text: "", purpose: "consultation", urgency: "1", mood: "calm", rings: 0, partner_id: false, at: 0 },
        department: "",
        answer: "",
        made: [],
        ring: false,
        departments: [{ id: 3, name: "Service" }],
        choices: {
            purpose: [["consultation", "Consultation"], ["complaint", "Complaint"]],
            urgency: [["1", "Normal"], ["2", "Pressing"]],
            mood: [["calm", "Calm"], ["angry", "Angry"]],
            item: [["phone", "Phone"]],
        },
        presets: [{ label: "In 1 hour", value: "2026-10-14 03:00:00" }],
        can: { book: false, lead: false },
        ...values,
    };
}

async function mountScreen(record = {}, answers = {}, props = {}) {
    const tell = (name) => (...args) => {
        expect.step(name === "run" ? `run ${args[1]}` : name);
        return answers[name]?.(...args);
    };
    mockService("dcrc_console", { findCaller: tell("find"), showRecord: tell("showRecord") });
    mockService("dcrc_hotline", {
        isOpen: false,
        isDeaf: () => false,
        openNew: async () => makeRecord(record),
        openRing: async () => makeRecord({ ...record, ring: { ended: false, seconds: 0 } }),
        read: async () => makeRecord(record),
        save: async (...args) => tell("save")(...args),
        beacon: () => true,
        leave: async () => true,
        run: async (...args) => (await tell("run")(...args)) || makeRecord(record),
        findArticles: async (text) => answers.findArticles?.(text) || [],
        noteMiss: async (text) => {
            expect.step(`miss ${text}`);
            return true;
        },
        readArticle: async () => ({ id: 1, name: "A", body: "<p>b</p>", owner: "O", files: [] }),
    });
    await mountWithCleanup(HotlineScreen, { props: { action: {}, actionId: 1, ...props } });
    await animationFrame();
}

test("what is typed is kept after a pause", async () => {
    const kept = [];
    await mountScreen({}, { save: (_id, draft) => kept.push(draft.text) });
    await click(".o_dcrc_hotline_text");
    await edit("no cooling");
    await advanceTime(1000);
    await animationFrame();
    expect.verifySteps(["save"]);
    expect(kept).toEqual(["no cooling"]);
    expect(".o_dcrc_mark").toHaveAttribute("data-mark", "saved");
});

test("a prompt begins a line of its own, once", async () => {
    await mountScreen();
    await click(".o_dcrc_prompt:eq(0)");
    await animationFrame();
    await click(".o_dcrc_prompt:eq(1)");
    await animationFrame();
    await click(".o_dcrc_prompt:eq(0)");
    await animationFrame();
    expect(".o_dcrc_hotline_text").toHaveValue("Which person:\nWhich matter:");
});

test("several customers with the number are offered, one is chosen", async () => {
    const rows = [1, 2].map((id) => ({ partner_id: id, name: `C${id}`, phone: "138****8000", cars: [] }));
    await mountScreen({ callers: rows });
    expect(".o_dcrc_caller_row").toHaveCount(2);
    await click(".o_dcrc_caller_row[data-partner='2']");
    await animationFrame();
    expect.verifySteps(["save", "run read_record"]);
});

test("an unknown caller is a file in two fields", async () => {
    let given;
    await mountScreen({ number: "" }, { run: (...args) => void (given = args) });
    await click(".o_dcrc_new_name");
    await edit("Zhao");
    await click(".o_dcrc_new_number");
    await edit("13986753090");
    await animationFrame();
    await click(".o_dcrc_new_customer button");
    await animationFrame();
    expect.verifySteps(["run make_customer"]);
    expect(given.slice(2)).toEqual(["Zhao", "13986753090"]);
});

test("a call back takes its time along", async () => {
    const kept = [];
    await mountScreen({}, { save: (_id, draft) => kept.push(draft.callback_at) });
    await click(".o_dcrc_call_back");
    await animationFrame();
    await click(".o_dcrc_panel button:eq(1)");
    await animationFrame();
    expect.verifySteps(["save", "run take_step"]);
    expect(kept).toEqual(["2026-10-14 03:00:00"]);
});

test("what the server refuses is told, and what is typed stays", async () => {
    const refuse = () => {
        throw Object.assign(new Error(), { data: { message: "Write a sentence." } });
    };
    await mountScreen({}, { run: refuse });
    await click(".o_dcrc_answered");
    await animationFrame();
    expect(".o_dcrc_hotline_problem").toHaveText("Write a sentence.");
    expect.verifySteps(["run take_step"]);
});

test("a lost connection is told and nothing is lost", async () => {
    const lose = () => {
        throw new ConnectionLostError("/x");
    };
    await mountScreen({}, { save: lose });
    await click(".o_dcrc_hotline_text");
    await edit("a");
    await advanceTime(1000);
    await animationFrame();
    expect.verifySteps(["save"]);
    expect(".o_dcrc_mark").toHaveAttribute("data-mark", "offline");
});

test("a question that stands without an answer is noted", async () => {
    await mountScreen();
    await click(".o_dcrc_articles input");
    await edit("charger");
    await advanceTime(300);
    await animationFrame();
    expect(".o_dcrc_note_miss").toHaveCount(1);
    await advanceTime(3100);
    await animationFrame();
    expect.verifySteps(["miss charger"]);
    expect(".o_dcrc_articles [role=status]").toHaveText("Noted: somebody writes the answer.");
});

test("a record that is done shows and takes no words", async () => {
    await mountScreen({ state: "done", editable: false });
    expect(".o_dcrc_hotline_text").toHaveAttribute("readonly");
    expect(".o_dcrc_answered").toHaveCount(0);
});
