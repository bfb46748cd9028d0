/** The value on file that turned out wrong. */
export function wrongValue(payload, data, item) {
    const phone = payload.partner.phones.find((p) => p.id === data.phoneId);
    const values = {
        phone: phone?.number,
        name: payload.partner.name,
        plate: payload.cars[0]?.plate,
    };
    return values[item] || "";
}

/** A correction of the number on the line, to be filled by hand. */
export function newCorrection(payload, data) {
    return {
        key: Date.now(),
        item: "phone",
        phone_id: data.phoneId,
        wrong_value: wrongValue(payload, data, "phone"),
        new_value: "",
        note: "",
    };
}
