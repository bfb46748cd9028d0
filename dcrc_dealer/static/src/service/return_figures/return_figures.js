import { useService } from "@web/core/utils/hooks";
import { formatFigure } from "@dcrc_dealer/foundations/figure/figure";
import { Component, onWillStart, useState } from "@odoo/owl";

/** The return of cars by our definition, the published formula beside it; a click opens what was counted. */
export class ReturnFigures extends Component {
    static template = "dcrc_dealer.ReturnFigures";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ months: "", figures: [] });
        onWillStart(async () => {
            const told = await this.orm.call("dcrc.return.report", "get_return_figures", []);
            Object.assign(this.state, told);
        });
    }

    rate(figure) {
        return figure.value === null ? "–" : `${formatFigure(figure.value)}%`;
    }

    async open(figure, part) {
        const { start, stop } = this.state;
        const args = [figure.code, part, start, stop, [figure.company_id]];
        return this.action.doAction(await this.orm.call("dcrc.measure", "get_rows_action", args));
    }
}
