import { _t } from "@web/core/l10n/translation";
import { askedQuestions } from "./call_questions";

/** Levels 1 and 2 of five are dissatisfaction (FUP-7). */
export const DISSATISFIED_LEVEL = 2;

export function isAnswered(answer) {
    return Boolean(answer.answer_id || (answer.text || "").trim());
}

export function isDissatisfied(question, answerId) {
    const answer = question.answers.find((a) => a.id === answerId);
    return Boolean(answer?.level) && answer.level <= DISSATISFIED_LEVEL;
}

/**
 * @param {Object} payload result of `open_contact`
 * @param {Object} data the draft
 * @returns {{followup: Object, question: Object, answer: Object, words: string}[]}
 */
export function dissatisfiedAnswers(payload, data) {
    const found = [];
    for (const followup of payload.followups) {
        const answers = data.answers[followup.id];
        for (const question of askedQuestions(followup, answers)) {
            const given = answers?.[question.id];
            if (given && isDissatisfied(question, given.answer_id)) {
                const answer = question.answers.find((a) => a.id === given.answer_id);
                found.push({ followup, question, answer, words: (given.text || "").trim() });
            }
        }
    }
    return found;
}

/** An empty complaint about the car of a follow-up, to be filled by hand. */
export function newComplaint(payload, followup, departmentId = followup?.department_id || false) {
    return {
        key: `own:${Date.now()}`,
        followup_id: followup ? followup.id : false,
        vehicle_id: followup?.vehicle_id || payload.cars[0]?.id || false,
        department_id: departmentId,
        question_ids: [],
        text: "",
        auto: false,
    };
}

function textOf(entries) {
    return entries
        .map(({ question, answer, words }) =>
            words
                ? _t("%(words)s (%(question)s)", { question: question.title, words })
                : _t("%(question)s: %(answer)s", { question: question.title, answer: answer.label })
        )
        .join("\n");
}

function groupByDepartment(entries) {
    const groups = new Map();
    for (const entry of entries) {
        const departmentId = entry.question.department_id || false;
        const key = `${entry.followup.id}:${departmentId || 0}`;
        if (!groups.has(key)) {
            groups.set(key, { departmentId, followup: entry.followup, entries: [] });
        }
        groups.get(key).entries.push(entry);
    }
    return groups;
}

/**
 * Keep one complaint per follow-up and department that was spoken ill of.
 *
 * The text follows the customer's words until somebody edits it; a complaint
 * that nobody edited goes away with the last dissatisfied answer behind it.
 */
export function syncComplaints(payload, data) {
    const groups = groupByDepartment(dissatisfiedAnswers(payload, data));
    data.complaints = data.complaints.filter(
        (c) => c.key.startsWith("own:") || groups.has(c.key) || !c.auto
    );
    for (const [key, { departmentId, followup, entries }] of groups) {
        let complaint = data.complaints.find((c) => c.key === key);
        if (!complaint) {
            complaint = { ...newComplaint(payload, followup, departmentId), key, auto: true };
            data.complaints.push(complaint);
        }
        complaint.question_ids = entries.map((e) => e.question.id);
        if (complaint.auto) {
            complaint.text = textOf(entries);
        }
    }
    for (const complaint of data.complaints) {
        complaint.required = groups.has(complaint.key);
    }
}
