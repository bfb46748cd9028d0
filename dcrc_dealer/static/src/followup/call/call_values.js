import { _t } from "@web/core/l10n/translation";
import { isAnswered } from "./call_complaints";
import { askedQuestions } from "./call_questions";

/**
 * What stands in the way of finishing the call, in the order of the screen.
 *
 * @param {import("./call_state").CallState} call
 * @returns {{area: string, text: string}[]}
 */
export function findProblems(call) {
    const { data, outcome } = call;
    const problems = [];
    if (!outcome) {
        problems.push({ area: "outcome", text: _t("Choose how the call went.") });
    } else if (outcome.asks_callback && !data.callbackAt) {
        problems.push({ area: "callback", text: _t("Choose when to call back.") });
    }
    problems.push(...undecided(call), ...wordless(call));
    for (const complaint of data.complaints) {
        if (!complaint.text.trim()) {
            problems.push({ area: "complaint", text: _t("Write what the complaint is about.") });
        }
        if (!complaint.department_id) {
            problems.push({ area: "complaint", text: _t("Choose the complaint's department.") });
        }
    }
    for (const correction of data.corrections) {
        if (!correction.new_value.trim() && !correction.note.trim()) {
            problems.push({ area: "correction", text: _t("Write the right value, or a note.") });
        }
    }
    if (data.doNotContact && !data.doNotContact.reason_id) {
        problems.push({ area: "block", text: _t("Choose why the customer is not to be contacted.") });
    }
    return problems;
}

/** What was offered to the customer is answered before a talk ends. */
function undecided({ data, followups, outcome }) {
    return followups
        .filter((f) => f.decision && outcome?.effective && !data.decisions[f.id])
        .map((f) => ({ area: `decision:${f.id}`, text: f.decision.title }));
}

/** Dissatisfaction is in the customer's words: beside the answer, or in a complaint written by hand (FUP-7). */
function wordless({ data, dissatisfied }) {
    const told = (d) =>
        data.complaints.some(
            (c) => !c.auto && c.followup_id === d.followup.id && c.question_ids.includes(d.question.id)
        );
    return dissatisfied
        .filter((d) => !d.words && !told(d))
        .map((d) => ({
            area: `question:${d.followup.id}:${d.question.id}`,
            typing: d.question.comments ? `${d.followup.id}:${d.question.id}` : "",
            text: _t("“%(question)s”: ask what was wrong, and write it down.", {
                question: d.question.title,
            }),
        }));
}

/**
 * The draft as `dcrc.console.finish_call` takes it.
 *
 * @param {import("./call_state").CallState} call
 */
export function finishValues(call) {
    const { data, outcome, payload } = call;
    return {
        outcome_id: data.outcomeId,
        phone_id: data.phoneId,
        callback_at: outcome?.asks_callback ? data.callbackAt : false,
        note: data.note,
        answers: givenAnswers(payload, data),
        complaints: data.complaints.map((c) => ({
            followup_id: c.followup_id,
            vehicle_id: c.vehicle_id,
            department_id: c.department_id,
            question_id: c.question_ids[0] || false,
            text: c.text.trim(),
        })),
        corrections: data.corrections.map(({ key, ...values }) => values),
        do_not_contact: data.doNotContact,
        decisions: data.decisions,
    };
}

/** Only answers to questions that are still asked. */
function givenAnswers(payload, data) {
    const answers = {};
    for (const followup of payload.followups) {
        const given = {};
        for (const question of askedQuestions(followup, data.answers[followup.id])) {
            const answer = data.answers[followup.id]?.[question.id];
            if (answer && isAnswered(answer)) {
                given[question.id] = {
                    answer_id: answer.answer_id || false,
                    text: (answer.text || "").trim(),
                };
            }
        }
        if (Object.keys(given).length) {
            answers[followup.id] = given;
        }
    }
    return answers;
}
