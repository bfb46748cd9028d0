import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { Component, useState } from "@odoo/owl";
import { formatPhone } from "../../console/console_format";
import { callActions } from "../call_actions";
import { wrongValue } from "../call_corrections";

const ITEMS = [
    ["phone", _t("Phone number")],
    ["name", _t("Person's Name")],
    ["plate", _t("Plate")],
    ["owner", _t("Owner of the car")],
    ["other", _t("Something else")],
];
const CHANNELS = [
    ["all", _t("No contact at all")],
    ["phone", _t("No calls")],
    ["sms", _t("No text messages")],
    ["email", _t("No e-mails")],
];
const PURPOSES = [
    ["all", _t("whatever for")],
    ["care", _t("for follow-ups and service")],
    ["marketing", _t("for offers")],
];

/**
 * What else comes out of a call: complaint, correction, "do not contact".
 *
 * Rooms further down add buttons of their own to the registry `dcrc_call_actions`:
 * `{ name, label, key, room, run({ dialog, call }) }`; `key`: the letter that does the same,
 * `room`: the room that has to be in use.
 */
export class CallExtras extends Component {
    static template = "dcrc_dealer.CallExtras";
    static props = { call: Object };

    setup() {
        this.dialog = useService("dialog");
        this.call = useState(this.props.call);
        Object.assign(this, { items: ITEMS, channels: CHANNELS, purposes: PURPOSES });
    }

    get block() {
        return this.call.data.doNotContact;
    }

    get actions() {
        return callActions(this.call);
    }

    runAction(action) {
        action.run({ dialog: this.dialog, call: this.call });
    }

    wrongLabel(correction) {
        return formatPhone(correction.wrong_value);
    }

    patchCorrection(key, values) {
        if (values.item) {
            values.wrong_value = wrongValue(this.call.payload, this.call.data, values.item);
            values.phone_id = values.item === "phone" ? this.call.data.phoneId : false;
        }
        const corrections = this.call.data.corrections.map((c) =>
            c.key === key ? { ...c, ...values } : c
        );
        this.call.set({ corrections });
    }

    removeCorrection(key) {
        this.call.set({ corrections: this.call.data.corrections.filter((c) => c.key !== key) });
    }

    toggleBlock() {
        const doNotContact = this.block
            ? null
            : { channel: "phone", purpose: "all", reason_id: false, note: "" };
        this.call.set({ doNotContact });
    }

    onBlockReason(ev) {
        this.patchBlock({ reason_id: Number(ev.target.value) || false });
    }

    patchBlock(values) {
        this.call.set({ doNotContact: { ...this.block, ...values } });
    }
}
