import { animationFrame, click, describe, edit, expect, mockDate, select, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { makeDialogMockEnv, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { AppointmentBooking } from "@dcrc_dealer/appointment_booking/appointment_booking";

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
        today: "2026-10-14",
        last_day: "2026-12-13",
        booked: [],
        walk_in_hours: 3,
        ...values,
    };
}

const SLOTS = [
    { start: "2026-10-15 02:00:00", label: "10:00", until: "11:00", free: true, walk_in: false },
    { start: "2026-10-15 02:30:00", label: "10:30", until: "11:30", free: false, walk_in: false },
];

/** Mount the dialog; `answers`: what `book` returns, one after the other. */
async function mountBooking(info = makeInfo(), answers = []) {
    mockDate("2026-10-14 02:00:00");
    const sent = [];
    onRpc("dcrc.appointment", "get_booking", () => info);
    onRpc("dcrc.appointment", "get_free_slots", ({ args }) => ({
        day: args[1],
        label: "",
        message: "",
        slots: SLOTS,
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
    return sent;
}

test("one kind of work that can be booked is chosen, its times are shown", async () => {
    await mountBooking();
    expect(".o_dcrc_booking_kind").toHaveValue("1");
    expect(".o_dcrc_booking_slot").toHaveCount(2);
    expect(".o_dcrc_booking_slot:eq(1)").not.toBeEnabled();
    expect(".o_dcrc_booking_book").not.toBeEnabled();
    expect(".o_dcrc_booking").toHaveText(/licence/);
});

test("what cannot be booked cannot be chosen", async () => {
    await mountBooking();
    expect(".o_dcrc_booking_kind option:eq(2)").not.toBeEnabled();
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
    expect.verifySteps(["booked 4", "close"]);
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
    expect.verifySteps(["booked 4", "close"]);
});

test("the waiting list takes the shown week", async () => {
    const sent = await mountBooking(makeInfo(), [{ ok: true, appointment_id: 4, message: "done" }]);
    await click(".o_dcrc_booking_wait");
    await animationFrame();
    expect(sent[0]).toMatchObject({ wanted_from: "2026-10-15", wanted_to: "2026-10-21" });
    expect.verifySteps(["booked 4", "close"]);
});

test("another adviser or day asks for other times", async () => {
    await mountBooking();
    await click(".o_dcrc_booking_adviser");
    await select("5");
    await animationFrame();
    await click(".o_dcrc_booking_slot:eq(0)");
    await click("[data-day='2026-10-17']");
    await animationFrame();
    expect("[data-day='2026-10-17']").toHaveClass("active");
    expect(".o_dcrc_booking_book").not.toBeEnabled();
});

test("what is booked already is said first", async () => {
    await mountBooking(makeInfo({ booked: [{ id: 1, when: "Oct 20 10:00", kind: "Repair", state: "Booked" }] }));
    expect(".alert-info").toHaveText(/Oct 20 10:00/);
});

test("the customer gets a link instead", async () => {
    const sent = await mountBooking();
    await click(".o_dcrc_booking_invite");
    await animationFrame();
    expect(".o_dcrc_booking_link input").toHaveValue("https://dealer.example/x");
    expect(sent[0]).toMatchObject({ partner_id: 7, kind_id: 1, vehicle_id: 3 });
});
