import { _t } from "@web/core/l10n/translation";
import { Component } from "@odoo/owl";
import { formatDue, formatMoment } from "../../console/console_format";

/** Who is next; a click opens that call. */
export class TodayQueue extends Component {
    static template = "dcrc_dealer.TodayQueue";
    static props = {
        contacts: { type: Array, element: Object },
        lists: Object,
        onOpen: Function,
        onLists: Function,
    };

    reasons(contact) {
        return contact.reasons.join(" + ");
    }

    when(contact) {
        if (contact.is_callback && contact.call_after) {
            return _t("call back %(moment)s", { moment: formatMoment(contact.call_after) });
        }
        return formatDue(contact.due, contact.late);
    }

    attempt(contact) {
        return contact.attempt > 1 ? _t("attempt %(number)s", { number: contact.attempt }) : "";
    }
}
