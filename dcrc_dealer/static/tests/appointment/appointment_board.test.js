import { advanceTime, animationFrame, click, describe, expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { AppointmentBoard } from "@dcrc_dealer/appointment/appointment_board/appointment_board";
import { formatRate } from "@dcrc_dealer/appointment/appointment_rate/appointment_rate";

describe.current.tags("desktop");
defineMailModels();

const MOVES = {
    booked: ["arrive"],
    late: ["arrive", "no_show"],
    arrived: ["undo"],
    no_show: ["arrive", "undo"],
};

function makeCard(id, state) {
    return {
        id,
        time: "10:00",
        until: "11:00",
        name: "王女士",
        plate: `渝A0000${id}`,
        car: "CS75",
        kind: "First service",
        adviser: "李顾问",
        bay: "Lift 1",
        phone: "138****8000",
        items: "",
        benefits: "",
        papers: "",
        state,
        state_label: state,
        walk_in: false,
        guest: false,
        moves: MOVES[state] || [],
    };
}

function makeBoard(states = ["booked", "late", "served"], values = {}) {
    const cards = states.map((state, index) => makeCard(index + 1, state));
    const day = (title, hours) => ({
        day: title,
        label: title,
        title,
        closed_on: false,
        counts: { total: hours.length ? cards.length : 0, here: 1, late: 1 },
        hours,
    });
    return {
        day: "2026-10-14",
        dealer: "渝州长安",
        time: "10:00",
        can_edit: true,
        can_move: true,
        days: [day("Today", [{ hour: "10:00", cards }]), day("Tomorrow", []), day("After", [])],
        ...values,
    };
}

async function mountBoard(board = makeBoard()) {
    const server = { board, calls: 0, fail: false };
    const read = () => {
        server.calls++;
        if (server.fail) {
            return new Response("", { status: 502 });
        }
        return server.board;
    };
    onRpc("dcrc.appointment", "get_board", read);
    onRpc("dcrc.appointment", "move_on_board", ({ args }) => {
        expect.step(`${args[1]} ${args[0]}`);
        return server.board;
    });
    await mountWithCleanup(AppointmentBoard, { props: { action: {}, actionId: 1 } });
    return server;
}

test("cards by the hour, colour for lateness alone", async () => {
    await mountBoard();
    expect(".o_dcrc_board_card").toHaveCount(3);
    expect(".o_dcrc_board_card[data-state=late] .o_dcrc_board_plate").toHaveText("渝A00002");
    expect(".o_dcrc_board_card_over").toHaveCount(1);
    expect(".o_dcrc_board_arrive").toHaveCount(2);
});

test("arrived is one click, and the answer is the board", async () => {
    const server = await mountBoard();
    server.board = makeBoard(["arrived"]);
    await click(".o_dcrc_board_arrive:eq(0)");
    await animationFrame();
    expect.verifySteps(["arrive 1"]);
    expect(".o_dcrc_board_card").toHaveCount(1);
});

test("the service desk marks who came, and opens nothing", async () => {
    await mountBoard(makeBoard(["booked"], { can_edit: false }));
    expect(".o_dcrc_board_arrive").toHaveCount(1);
    expect(".o_dcrc_board_who").not.toBeEnabled();
});

test("who only reads marks nothing", async () => {
    await mountBoard(makeBoard(["booked", "no_show"], { can_edit: false, can_move: false }));
    expect(".o_dcrc_board_move").toHaveCount(0);
});

test("a mistake is undone where it was made", async () => {
    await mountBoard(makeBoard(["no_show"]));
    await click(".o_dcrc_board_undo");
    expect.verifySteps(["undo 1"]);
});

test("the board names who receives a guest, or that nobody is named", async () => {
    const board = makeBoard(["booked", "booked"]);
    const [first, second] = board.days[0].hours[0].cards;
    first.guest = { label: "VIP", host: "张丽", farewell: "李强", place: "贵宾室" };
    second.guest = { label: "VIP", host: "", farewell: "", place: "" };
    await mountBoard(board);
    expect(".o_dcrc_board_guest:eq(0)").toHaveText(/张丽.*李强.*贵宾室/s);
    expect(".o_dcrc_board_guest:eq(1)").toHaveText(/not named/);
});

test("the board refreshes by itself and stays when the connection is lost", async () => {
    const server = await mountBoard();
    server.board = makeBoard(["booked"]);
    await advanceTime(30000);
    await animationFrame();
    expect(".o_dcrc_board_card").toHaveCount(1);
    server.fail = true;
    await advanceTime(30000);
    await animationFrame();
    expect(".o_dcrc_board_card").toHaveCount(1);
    expect(".o_dcrc_board_stale").toHaveText(/10:00/);
});

test("the next days are a click away", async () => {
    await mountBoard();
    await click(".o_dcrc_board_day:eq(1)");
    await animationFrame();
    expect(".o_dcrc_board_card").toHaveCount(0);
    expect(".o_dcrc_board_empty").toHaveCount(1);
});

test("a rate without a base is a dash", () => {
    expect(formatRate(false)).toBe("–");
    expect(formatRate(null)).toBe("–");
    expect(formatRate(0)).toBe("0%");
    expect(formatRate(0.5)).toBe("50%");
});
