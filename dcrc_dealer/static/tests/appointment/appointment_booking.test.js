import { animationFrame, click, describe, edit, expect, mockDate, select, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { makeDialogMockEnv, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { AppointmentBooking } from "@dcrc_dealer/appointment/appointment_booking/appointment_booking";

describe.current.tags("desktop");
defineMailModels();

function makeInfo(values = {}) {
    return {
        partner: { id: 7, name: "王芳" },
        cars: [{ id: 3, name: "CS75 PLUS", plate: "渝A8K3P2" }],
        vehicle_id: 3,
        kinds: [
            { id: 1, name: "First service", duration: 60, papers: "licence", problem: "" },
            { id: 2, name: "Repair", duration: 180, papers: "", problem: "No bay" },
        ],
        kind_id: false,
        advisers: [{ id: 5, name: "李顾问" }],
        adviser_id: false,
        phone: "+8613800138000",
        items: "",
        benefits: "",
        channel: "active",
        followup_id: 9,
        appointment_id: false,
        day: "2026-10-15",
        settled: false,
        due: "",
        offered: "",
        now: "",
        offered_until: "",
        today: "2026-10-14",
        last_day: "2026-12-13",
        booked: [],
        walk_in_hours: 3,
        ...values,
    };
}

const SLOTS = [
    { start: "2026-10-15 02:00:00", label: "10:00", until: "11:00", free: true, kept: "", walk_in: false },
    { start: "2026-10-15 02:30:00", label: "10:30", until: "11:30", free: false, kept: "", walk_in: false },
    { start: "2026-10-15 03:00:00", label: "11:00", until: "12:00", free: false, kept: "14:00", walk_in: false },
];

/** Mount the dialog; `answers`: what `book` returns, one after the other. */
async function mountBooking(info = makeInfo(), answers = []) {
    mockDate("2026-10-14 02:00:00");
    const sent = [];
    onRpc("dcrc.appointment", "get_booking", () => info);
    onRpc("dcrc.appointment", "get_free_slots", ({ args }) => {
        const [, day, , , find] = args;
        expect.step(`${find || "day"} ${day}`);
        const found = { next: "2026-11-02", previous: "2026-10-14", near: "2026-10-16" }[find];
        return { day: found || day, label: "", message: "", slots: SLOTS };
    });
    onRpc("dcrc.appointment", "get_alternatives", () => ({
        message: "10:30 is fully booked.",
        alternatives: [
            { start: "2026-10-15 02:00:00", label: "10:00", day: "2026-10-15" },
            { start: "2026-10-15 04:00:00", label: "12:00", day: "2026-10-15" },
        ],
    }));
    onRpc("dcrc.appointment", "book", ({ args }) => {
        sent.push(args[0]);
        return answers.shift();
    });
    onRpc("dcrc.appointment", "invite", ({ args }) => {
        sent.push(args[0]);
        return { ok: true, appointment_id: 5, url: "https://dealer.example/x", message: "" };
    });
    const env = await makeDialogMockEnv();
    const props = {
        partnerId: 7,
        onBooked: (result) => expect.step(`booked ${result.appointment_id}`),
        close: () => expect.step("close"),
    };
    await mountWithCleanup(AppointmentBooking, { env, props });
    await animationFrame();
    return sent;
}

test("one kind of work that can be booked is chosen, its times are shown", async () => {
    await mountBooking();
    expect(".o_dcrc_booking_kind").toHaveValue("1");
    expect.verifySteps(["near 2026-10-15"]);
    expect(".o_dcrc_booking_slot").toHaveCount(3);
    expect(".o_dcrc_booking_slot:eq(1)").toHaveText(/booked up/);
    expect(".o_dcrc_booking_slot:eq(2)").toHaveText(/kept/);
    expect(".o_dcrc_booking_book").not.toBeEnabled();
    expect(".o_dcrc_booking").toHaveText(/licence/);
});

test("what cannot be booked cannot be chosen", async () => {
    await mountBooking();
    expect(".o_dcrc_booking_kind option:eq(2)").not.toBeEnabled();
    expect.verifySteps(["near 2026-10-15"]);
});

test("a time is booked with everything carried over", async () => {
    const sent = await mountBooking(makeInfo(), [{ ok: true, appointment_id: 4, message: "done" }]);
    await click(".o_dcrc_booking_slot:eq(0)");
    await click(".o_dcrc_booking_items");
    await edit("异响");
    await animationFrame();
    expect(".o_dcrc_booking_book").toHaveText("Book 10:00–11:00");
    await click(".o_dcrc_booking_book");
    await animationFrame();
    expect.verifySteps(["near 2026-10-15", "booked 4", "close"]);
    expect(sent[0]).toMatchObject({
        partner_id: 7,
        vehicle_id: 3,
        kind_id: 1,
        followup_id: 9,
        items: "异响",
        start: "2026-10-15 02:00:00",
    });
});

test("two alternatives are one click away when the place is gone", async () => {
    const alternatives = [
        { start: "2026-10-15 03:00:00", label: "11:00" },
        { start: "2026-10-15 01:00:00", label: "09:00" },
    ];
    const sent = await mountBooking(makeInfo(), [
        { ok: false, message: "fully booked", alternatives },
        { ok: true, appointment_id: 4, message: "done" },
    ]);
    await click(".o_dcrc_booking_slot:eq(0)");
    await animationFrame();
    await click(".o_dcrc_booking_book");
    await animationFrame();
    expect(".o_dcrc_booking_problem").toHaveText(/fully booked/);
    expect(".o_dcrc_booking_alternative").toHaveCount(2);
    await click(".o_dcrc_booking_alternative:eq(1)");
    await animationFrame();
    expect(sent[1].start).toBe("2026-10-15 01:00:00");
    expect.verifySteps(["near 2026-10-15", "day 2026-10-16", "booked 4", "close"]);
});

test("the waiting list takes the shown week", async () => {
    const sent = await mountBooking(makeInfo(), [{ ok: true, appointment_id: 4, message: "done" }]);
    await click(".o_dcrc_booking_wait");
    await animationFrame();
    expect(sent[0]).toMatchObject({ wanted_from: "2026-10-16", wanted_to: "2026-10-22" });
    expect.verifySteps(["near 2026-10-15", "booked 4", "close"]);
});

test("another adviser or day asks for other times", async () => {
    await mountBooking();
    await click(".o_dcrc_booking_adviser");
    await select("5");
    await animationFrame();
    await click(".o_dcrc_booking_slot:eq(0)");
    await click("[data-day='2026-10-17']");
    await animationFrame();
    expect.verifySteps(["near 2026-10-15", "near 2026-10-15", "day 2026-10-17"]);
    expect("[data-day='2026-10-17']").toHaveClass("active");
    expect(".o_dcrc_booking_book").not.toBeEnabled();
});

test("the arrows lead to days with a free time, and back to today", async () => {
    await mountBooking();
    expect("[data-day='2026-10-16']").toHaveClass("active");
    await click(".o_dcrc_booking_next");
    await animationFrame();
    expect("[data-day='2026-11-02']").toHaveClass("active");
    await click(".o_dcrc_booking_previous");
    await animationFrame();
    expect("[data-day='2026-10-14']").toHaveClass("active");
    expect(".o_dcrc_booking_previous").not.toBeEnabled();
    expect.verifySteps(["near 2026-10-15", "next 2026-10-16", "previous 2026-11-02"]);
});

test("a full time answers with two others, one of which is chosen", async () => {
    await mountBooking();
    await click(".o_dcrc_booking_slot:eq(1)");
    await animationFrame();
    expect(".o_dcrc_booking_problem").toHaveText(/fully booked/);
    expect(".o_dcrc_booking_alternative").toHaveCount(2);
    await click(".o_dcrc_booking_alternative:eq(0)");
    await animationFrame();
    expect(".o_dcrc_booking_slot:eq(0)").toHaveClass("active");
    expect(".o_dcrc_booking_problem").toHaveCount(0);
    expect(".o_dcrc_booking_book").toBeEnabled();
    expect.verifySteps(["near 2026-10-15", "day 2026-10-15"]);
});

test("an offered time is chosen from the beginning", async () => {
    await mountBooking(
        makeInfo({ settled: true, offered: "2026-10-15 02:00:00", offered_until: "Oct 15 09:00", kind_id: 1 })
    );
    expect(".o_dcrc_booking_offered").toHaveText(/Oct 15 09:00/);
    expect(".o_dcrc_booking_slot:eq(0)").toHaveClass("active");
    expect.verifySteps(["day 2026-10-15"]);
});

test("a due service shows the days around its estimated day", async () => {
    await mountBooking(makeInfo({ day: "2026-11-10", due: "Tue, Nov 10", settled: true, kind_id: 1 }));
    expect(".o_dcrc_booking_due").toHaveText(/Nov 10/);
    expect(".o_dcrc_booking_day:eq(0)").toHaveAttribute("data-day", "2026-11-07");
    expect.verifySteps(["day 2026-11-10"]);
});

test("what is booked already is said first", async () => {
    await mountBooking(makeInfo({ booked: [{ id: 1, when: "Oct 20 10:00", kind: "Repair", state: "Booked" }] }));
    expect(".alert-info").toHaveText(/Oct 20 10:00/);
    expect.verifySteps(["near 2026-10-15"]);
});

test("the customer gets a link instead", async () => {
    const sent = await mountBooking();
    await click(".o_dcrc_booking_invite");
    await animationFrame();
    expect(".o_dcrc_booking_link input").toHaveValue("https://dealer.example/x");
    expect(sent[0]).toMatchObject({ partner_id: 7, kind_id: 1, vehicle_id: 3 });
    expect.verifySteps(["near 2026-10-15"]);
});

test("the link goes out as a text, or it is said why not", async () => {
    await mountBooking();
    await click(".o_dcrc_booking_invite");
    await animationFrame();
    onRpc("dcrc.appointment", "text_link", ({ args }) => {
        expect.step(`text ${args[0]}`);
        return { ok: true, message: "The link goes to ****8000." };
    });
    await click(".o_dcrc_link_text");
    await animationFrame();
    expect(".o_dcrc_link_told").toHaveText("The link goes to ****8000.");
    expect.verifySteps(["near 2026-10-15", "text 5"]);
});
