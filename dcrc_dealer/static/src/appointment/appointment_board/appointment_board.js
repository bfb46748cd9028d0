import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, useExternalListener, useRef, useState } from "@odoo/owl";
import { useRefresh } from "@dcrc_dealer/foundations/refresh/use_refresh";

const REFRESH_MS = 30000;

/**
 * The board of the service desk: three days by the hour, readable from three metres,
 * always fresh. Colour stands for lateness alone.
 */
export class AppointmentBoard extends Component {
    static template = "dcrc_dealer.AppointmentBoard";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.state = useState({ board: null, index: 0, fullscreen: false, busy: false });
        // a lost connection must not blank the screen: what was read last stays, with its time
        this.refresh = useRefresh(() => this.load(), { pace: REFRESH_MS });
        useExternalListener(document, "fullscreenchange", () => {
            this.state.fullscreen = Boolean(document.fullscreenElement);
        });
        onWillStart(() => this.load());
    }

    get day() {
        return this.state.board.days[this.state.index];
    }

    get isToday() {
        return this.state.index === 0;
    }

    async load() {
        this.state.board = await this.orm.silent.call("dcrc.appointment", "get_board", []);
        this.refresh.stale = false;
    }

    isOver(card) {
        return card.state === "served" || card.state === "no_show";
    }

    may(card, move) {
        return this.state.board.can_move && card.moves.includes(move);
    }

    /** The answer is the board after the move: read where was written. */
    async move(card, move) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            this.state.board = await this.orm.call("dcrc.appointment", "move_on_board", [card.id, move]);
        } finally {
            this.state.busy = false;
        }
    }

    open(card) {
        if (!this.state.board.can_edit) {
            return;
        }
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "dcrc.appointment",
            res_id: card.id,
            views: [[false, "form"]],
        });
    }

    async print() {
        const action = await this.orm.call("dcrc.appointment.day", "action_print_next", [], {
            day: this.day.day,
        });
        await this.action.doAction(action);
    }

    toggleFullscreen() {
        if (document.fullscreenElement) {
            document.exitFullscreen();
        } else {
            this.root.el.requestFullscreen?.();
        }
    }
}

AppointmentBoard.displayName = _t("Service Desk");
registry.category("actions").add("dcrc_dealer.appointment_board", AppointmentBoard);
