import { expect } from "@odoo/hoot";
import { mockService } from "@web/../tests/web_test_helpers";

const WORDS = ["Very dissatisfied", "Dissatisfied", "So-so", "Satisfied", "Very satisfied"];

/** A five-level question; its answers come best first, as questionnaires have them. */
export function makeQuestion(id, values = {}) {
    return {
        id,
        code: `Q${id}`,
        title: `Question ${id}`,
        type: "level",
        comments: true,
        short: false,
        asked_after: [],
        department_id: 1,
        answers: [5, 4, 3, 2, 1].map((level) => ({
            id: id * 10 + level,
            label: WORDS[level - 1],
            level,
        })),
        ...values,
    };
}

export function makeFollowup(id, questionIds, values = {}) {
    return {
        id,
        rule: `Reason ${id}`,
        due: "2026-10-14",
        anchor: "2026-10-11",
        source_label: "First service",
        vehicle_id: 7,
        script: {
            opening: "Good day, Ms Wang",
            closing_satisfied: "Thank you",
            closing_dissatisfied: "We are sorry",
            reminder: "Next service in May",
        },
        questions: questionIds.map((questionId) => makeQuestion(questionId)),
        ...values,
    };
}

const OUTCOMES = [
    { code: "answered", key: "r", reached: true, effective: true, final: true },
    { code: "later", key: "l", reached: true, asks_callback: true },
    { code: "no_answer", key: "n", retry: true },
    { code: "wrong", key: "w", reached: true, opens_correction: true },
].map((outcome, index) => ({
    id: index + 1,
    name: outcome.code,
    reached: false,
    effective: false,
    asks_callback: false,
    opens_correction: false,
    retry: false,
    final: false,
    ...outcome,
}));

/** What `dcrc.console.open_contact` answers: six questions about one service visit. */
export function makePayload(values = {}) {
    return {
        call_id: 100,
        elapsed: 0,
        draft: null,
        claimed_by_other: false,
        contact: { id: 1, attempt: 2, max_attempts: 3, due: "2026-10-14", late: false },
        partner: {
            id: 5,
            name: "王晓燕",
            title: "王女士",
            grade: "a",
            tags: ["VIP"],
            preferred_time: "",
            warnings: [],
            phones: [
                { id: 1, number: "+8613800138000", role: "mobile", state: "ok", state_label: "Verified", last_check: false },
                { id: 2, number: "+862367001122", role: "work", state: "wrong", state_label: "Wrong number", last_check: false },
            ],
        },
        cars: [{ id: 7, model: "CS75", plate: "渝A·8K3P2", vin: "", mileage: 3214, last_visit: false, notes: [] }],
        followups: [makeFollowup(11, [1, 2, 3, 4, 5, 6])],
        outcomes: OUTCOMES,
        departments: [
            { id: 1, name: "Service", kind: "service" },
            { id: 2, name: "Sales", kind: "sales" },
        ],
        reasons: [{ id: 1, name: "Asked for it" }],
        rooms: ["appointment", "retention"],
        callback_presets: [{ label: "In 1 hour", value: "2026-10-14 03:00:00" }],
        ...values,
    };
}

export function makeToday(values = {}) {
    const action = (name) => ({ type: "ir.actions.act_window", name, res_model: "dcrc.contact" });
    return {
        is_manager: false,
        team_view: false,
        progress: { done: 23, total: 41 },
        lists: { last: "2026-10-14 00:12:00", stale: false, action: action("lists") },
        tiles: [
            { key: "late", label: "Late", count: 3, level: "late", action: action("late") },
            { key: "due", label: "Due", count: 18, level: "normal", action: action("due") },
            { key: "problems", label: "Problems", count: 0, level: "mood", action: action("problems") },
        ],
        next_up: [
            {
                contact_id: 31,
                partner_id: 5,
                name: "王晓燕",
                title: "王女士",
                grade: "a",
                plate: "渝A·8K3P2",
                reasons: ["First call", "Insurance"],
                due: "2026-10-12",
                late: true,
                is_callback: false,
                call_after: false,
                attempt: 2,
                warnings: [],
            },
        ],
        my_day: [],
        team: [],
        ...values,
    };
}

/**
 * Replace the console service: every call is a step ("finishCall"), and answers
 * come from `answers` (a value, or a function of the arguments).
 */
export function mockConsole(answers = {}) {
    const service = {};
    const defaults = {
        getToday: makeToday(),
        claimNext: 2,
        openContact: () => makePayload(),
        explainEmpty: "Customers rest now",
        finishCall: { next: false, messages: [] },
        releaseContact: true,
        saveDraft: true,
        beaconDraft: true,
        getTimeline: { entries: [], total: 0, kinds: [] },
        showCall: true,
        takeCall: true,
        showToday: true,
        showRecord: true,
    };
    const silent = ["saveDraft", "getTimeline", "getToday", "explainEmpty", "beaconDraft"];
    for (const [name, answer] of Object.entries({ ...defaults, ...answers })) {
        service[name] = async (...args) => {
            if (!silent.includes(name)) {
                expect.step(name);
            }
            return typeof answer === "function" ? answer(...args) : answer;
        };
    }
    mockService("dcrc_console", service);
}
