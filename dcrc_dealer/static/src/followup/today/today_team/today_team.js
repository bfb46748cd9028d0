import { _t } from "@web/core/l10n/translation";
import { Component } from "@odoo/owl";

/** Everybody's counts, and the way to move work between people. */
export class TodayTeam extends Component {
    static template = "dcrc_dealer.TodayTeam";
    static props = { people: { type: Array, element: Object }, onOpen: Function };

    name(person) {
        return person.user_id ? person.name : _t("Nobody yet");
    }
}
