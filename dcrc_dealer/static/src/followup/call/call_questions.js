/**
 * Questions of a follow-up that are asked after what was answered so far: the survey's own
 * conditions, so that the call screen and the customer's link ask the same.
 *
 * @param {Object} followup of the payload; its questions come in the order they are asked
 * @param {Object} given answers by question id
 */
export function askedQuestions(followup, given = {}) {
    const chosen = new Set();
    return followup.questions.filter((question) => {
        const { asked_after } = question;
        const asked = !asked_after.length || asked_after.some((answerId) => chosen.has(answerId));
        if (asked) {
            chosen.add(given[question.id]?.answer_id);
        }
        return asked;
    });
}
