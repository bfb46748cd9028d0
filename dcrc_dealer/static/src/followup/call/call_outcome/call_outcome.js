import { _t } from "@web/core/l10n/translation";
import { Component, useState } from "@odoo/owl";
import { formatPhone } from "../../console/console_format";
import { outcomeKey } from "../call_keys";

/** How the attempt went: one button and one letter an outcome. */
export class CallOutcome extends Component {
    static template = "dcrc_dealer.CallOutcome";
    static props = { call: Object };

    setup() {
        this.call = useState(this.props.call);
        this.outcomeKey = outcomeKey;
    }

    get attempt() {
        const { attempt, max_attempts: max } = this.call.payload.contact;
        if (!attempt) {
            return _t("Customer called");
        }
        return max
            ? _t("Attempt %(attempt)s of %(max)s", { attempt, max })
            : _t("Attempt %(attempt)s", { attempt });
    }

    /** Reached on the left, not reached on the right, each in its own order. */
    get columns() {
        const { outcomes } = this.call.payload;
        return [outcomes.filter((o) => o.reached), outcomes.filter((o) => !o.reached)].filter(
            (column) => column.length
        );
    }

    /** What the chosen outcome sets off, told before it is saved. */
    get consequence() {
        const { outcome, data, payload } = this.call;
        if (!outcome) {
            return "";
        }
        if (outcome.opens_correction) {
            const phone = payload.partner.phones.find((p) => p.id === data.phoneId);
            return phone
                ? _t("Opens a correction of %(number)s; nobody dials it meanwhile.", {
                      number: formatPhone(phone.number),
                  })
                : _t("Opens a correction.");
        }
        const { attempt, max_attempts: max } = payload.contact;
        if (outcome.retry && max && attempt >= max) {
            return _t("Last attempt: recorded as not reached.");
        }
        return outcome.retry ? _t("Tried again in another time slot.") : "";
    }
}
