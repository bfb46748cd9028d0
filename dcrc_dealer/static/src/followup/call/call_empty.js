/** The draft of a call in which nothing was entered yet. */
export function emptyData(payload) {
    const active = payload.followups[0];
    const question = active?.questions.find((q) => q.type !== "text") || active?.questions[0];
    const phone = payload.partner.phones.find((p) => ["ok", "unverified"].includes(p.state) && !p.refusal);
    return {
        answers: {},
        outcomeId: false,
        outcomeAuto: false,
        phoneId: phone ? phone.id : false,
        callbackAt: false,
        note: "",
        complaints: [],
        corrections: [],
        agreed: [],
        decisions: {},
        doNotContact: null,
        active: active ? active.id : false,
        focus: active && question ? `${active.id}:${question.id}` : "",
        at: 0,
    };
}
