import {
    dissatisfiedAnswers,
    isAnswered,
    isDissatisfied,
    newComplaint,
    syncComplaints,
} from "./call_complaints";
import { newCorrection } from "./call_corrections";
import { emptyData } from "./call_empty";
import { askedQuestions } from "./call_questions";

/**
 * What a specialist has entered about one call.
 *
 * `data` is plain JSON and at the same time the draft that is saved: what is
 * on the screen and what is kept can't differ. Everything else is derived from
 * it and from the payload of `dcrc.console.open_contact`.
 */
export class CallState {
    /**
     * @param {Object} payload result of `open_contact`
     * @param {Object|null} draft what was typed before, if anything
     * @param {() => void} onChange called after every change
     */
    constructor(payload, draft, onChange = () => {}) {
        this.payload = payload;
        this.data = { ...emptyData(payload), ...(draft || {}) };
        this.onChange = onChange;
        this.revealed = "";
        this.typing = "";
        this.badKey = "";
        if (draft && this.activeFollowup) {
            this.showFollowup(this.activeFollowup.id);
        }
    }

    get followups() {
        return this.payload.followups;
    }

    get activeFollowup() {
        return this.followups.find((f) => f.id === this.data.active) || this.followups[0];
    }

    get outcome() {
        return this.payload.outcomes.find((o) => o.id === this.data.outcomeId) || null;
    }

    get dissatisfied() {
        return dissatisfiedAnswers(this.payload, this.data);
    }

    /** Questions that a key can answer, in the order they are asked. */
    get steps() {
        return this.followups.flatMap((followup) =>
            this.questionsOf(followup).map((question) => ({ followup, question }))
        );
    }

    get focusStep() {
        const [followupId, questionId] = this.data.focus.split(":").map(Number);
        return this.steps.find(
            (s) => s.followup.id === followupId && s.question.id === questionId
        );
    }

    get progress() {
        const asked = this.steps.filter((s) => s.question.type !== "text");
        const done = asked.filter((s) => isAnswered(this.answerOf(s.followup.id, s.question.id)));
        return { done: done.length, total: asked.length };
    }

    /** What is asked of a follow-up after the answers given so far. */
    questionsOf(followup) {
        return askedQuestions(followup, this.data.answers[followup.id]);
    }

    answerOf(followupId, questionId) {
        return this.data.answers[followupId]?.[questionId] || {};
    }

    isFollowupDissatisfied(followupId) {
        return this.dissatisfied.some((d) => d.followup.id === followupId);
    }

    isFollowupAnswered(followup) {
        return this.questionsOf(followup)
            .filter((q) => q.type !== "text")
            .every((q) => isAnswered(this.answerOf(followup.id, q.id)));
    }

    touch() {
        this.data.at = Date.now();
        this.onChange();
    }

    set(values) {
        Object.assign(this.data, values);
        this.touch();
    }

    patchAnswer(followupId, questionId, values) {
        const ofFollowup = (this.data.answers[followupId] ||= {});
        ofFollowup[questionId] = { ...ofFollowup[questionId], ...values };
        syncComplaints(this.payload, this.data);
        this.proposeOutcome();
        this.touch();
    }

    /** Pick an answer and go on to the next question that a key can answer. */
    answer(followupId, questionId, answerId, advance = true) {
        this.patchAnswer(followupId, questionId, { answer_id: answerId });
        const question = this.payload.followups
            .find((f) => f.id === followupId)
            .questions.find((q) => q.id === questionId);
        this.badKey = isDissatisfied(question, answerId) ? `${followupId}:${questionId}` : "";
        if (advance) {
            this.data.focus = `${followupId}:${questionId}`;
            this.moveFocus(1, (s) => s.question.type !== "text");
        }
    }

    /**
     * Answer the focused question with a digit: the level on a scale, the
     * position in a list of choices.
     *
     * @param {number} digit
     * @returns {boolean} whether there was such an answer
     */
    answerByDigit(digit) {
        const step = this.focusStep;
        if (!step || step.question.type === "text") {
            return false;
        }
        const { followup, question } = step;
        const answer =
            question.type === "level"
                ? question.answers.find((a) => a.level === digit)
                : question.answers[digit - 1];
        if (answer) {
            this.answer(followup.id, question.id, answer.id);
        }
        return Boolean(answer);
    }

    /** Give the answer that stands for a result ("booked"), if the follow-up asks for it. */
    answerByValue(followup, value) {
        for (const question of this.questionsOf(followup)) {
            const answer = question.answers.find((a) => a.value === value);
            if (answer) {
                this.answer(followup.id, question.id, answer.id);
            }
        }
    }

    /** Go to the next (1) or previous (-1) question, over the tabs' borders. */
    moveFocus(direction, accepts = () => true) {
        const steps = this.steps;
        let index = steps.findIndex((s) => s === this.focusStep || sameStep(s, this.focusStep));
        do {
            index += direction;
        } while (steps[index] && !accepts(steps[index]));
        if (steps[index]) {
            this.focus(steps[index].followup.id, steps[index].question.id);
        }
    }

    focus(followupId, questionId) {
        this.data.focus = `${followupId}:${questionId}`;
        this.data.active = followupId;
    }

    /**
     * Open a remark for typing: that of the bad answer just given, else the
     * focused question's, else the call's note.
     */
    typeRemark() {
        if (this.badKey) {
            this.data.focus = this.badKey;
            this.badKey = "";
        }
        const step = this.focusStep;
        const takesWords = step && (step.question.comments || step.question.type === "text");
        this.typing = takesWords ? this.data.focus : "note";
        this.revealed = this.typing;
    }

    /** Typing is over: an answered question gives way to the next. */
    leaveRemark() {
        const step = this.focusStep;
        if (step && this.answerOf(step.followup.id, step.question.id).answer_id) {
            this.moveFocus(1, (s) => s.question.type !== "text");
        }
    }

    showFollowup(followupId) {
        const followup = this.followups.find((f) => f.id === followupId);
        this.data.active = followupId;
        const questions = this.questionsOf(followup);
        const open = questions.find(
            (q) => q.type !== "text" && !isAnswered(this.answerOf(followupId, q.id))
        );
        const first = open || questions[0];
        if (first) {
            this.focus(followupId, first.id);
        }
    }

    /** The first answer means that she was reached; a choice by hand stays. */
    proposeOutcome() {
        if (this.data.outcomeId && !this.data.outcomeAuto) {
            return;
        }
        const answered = this.steps.some((s) =>
            isAnswered(this.answerOf(s.followup.id, s.question.id))
        );
        const outcome = answered && this.payload.outcomes.find((o) => o.effective);
        this.data.outcomeId = outcome ? outcome.id : false;
        this.data.outcomeAuto = Boolean(outcome);
    }

    pickOutcome(outcomeId) {
        this.set({ outcomeId, outcomeAuto: false });
    }

    pickCallback(callbackAt) {
        const later = this.payload.outcomes.find((o) => o.asks_callback);
        const keep = this.outcome && !this.data.outcomeAuto && this.outcome.asks_callback;
        this.set({
            callbackAt,
            ...(callbackAt && later && !keep
                ? { outcomeId: later.id, outcomeAuto: false }
                : {}),
        });
    }

    /** Who wants to be called later: a digit chooses one of the usual times. */
    pickPreset(digit) {
        const preset = this.outcome?.asks_callback && this.payload.callback_presets[digit - 1];
        if (preset) {
            this.pickCallback(preset.value);
        }
        return Boolean(preset);
    }

    decide(followupId, value) {
        this.set({ decisions: { ...this.data.decisions, [followupId]: value } });
    }

    addComplaint() {
        const complaint = newComplaint(this.payload, this.activeFollowup);
        this.data.complaints.push(complaint);
        this.typing = complaint.key;
        this.touch();
    }

    addCorrection() {
        const correction = newCorrection(this.payload, this.data);
        this.set({ corrections: [...this.data.corrections, correction] });
    }

    patchComplaint(key, values) {
        const complaint = this.data.complaints.find((c) => c.key === key);
        Object.assign(complaint, values);
        if ("text" in values) {
            complaint.auto = false;
        }
        this.touch();
    }

    removeComplaint(key) {
        this.set({ complaints: this.data.complaints.filter((c) => c.key !== key) });
    }
}

function sameStep(a, b) {
    return Boolean(b) && a.followup.id === b.followup.id && a.question.id === b.question.id;
}
