/**
 * What was agreed in this call and before it, each once, in its present words.
 *
 * @param {import("./call_state").CallState} call
 * @returns {{id: number, label: string}[]}
 */
export function agreedAppointments({ data, payload }) {
    const known = payload.appointments || [];
    return [...known.filter((k) => !data.agreed.some((own) => own.id === k.id)), ...data.agreed];
}

/**
 * An appointment was agreed: it stands on the screen, answers the questions that ask for it,
 * and whoever agreed to it was reached.
 *
 * @param {import("./call_state").CallState} call
 * @param {{id: number, label: string, booked: boolean}} appointment booked: false on the waiting list
 */
export function noteAppointment(call, { id, label, booked }) {
    const agreed = [...call.data.agreed.filter((own) => own.id !== id), { id, label }];
    const values = { agreed };
    if (booked) {
        call.followups.forEach((followup) => call.answerByValue(followup, "booked"));
        const effective = call.payload.outcomes.find((o) => o.effective);
        if (effective && !call.outcome?.effective) {
            Object.assign(values, { outcomeId: effective.id, outcomeAuto: true });
        }
    }
    call.set(values);
}
