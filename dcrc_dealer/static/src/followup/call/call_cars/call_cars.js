import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { Component } from "@odoo/owl";
import { formatDay, formatNumber } from "../../console/console_format";
import { Timeline } from "../../timeline/timeline/timeline";
import { TimelineDialog } from "../../timeline/timeline_dialog/timeline_dialog";

/** The customer's cars with their last events, and what happened lately. */
export class CallCars extends Component {
    static template = "dcrc_dealer.CallCars";
    static components = { Timeline };
    static props = {
        cars: { type: Array, element: Object },
        partnerId: Number,
        partnerName: String,
    };

    setup() {
        this.dialog = useService("dialog");
        this.console = useService("dcrc_console");
    }

    facts(car) {
        const facts = [];
        if (car.mileage) {
            const km = formatNumber(car.mileage);
            facts.push(
                car.mileage_date
                    ? _t("%(km)s km on %(day)s", { km, day: formatDay(car.mileage_date) })
                    : _t("%(km)s km", { km })
            );
        }
        if (car.delivery) {
            facts.push(_t("delivered %(day)s", { day: formatDay(car.delivery) }));
        }
        if (car.last_visit) {
            facts.push(
                _t("last visit %(day)s %(what)s", {
                    day: formatDay(car.last_visit.date),
                    what: car.last_visit.label,
                })
            );
        }
        if (car.warranty_end) {
            facts.push(_t("warranty to %(day)s", { day: formatDay(car.warranty_end) }));
        }
        if (car.insurance_end) {
            facts.push(_t("insurance to %(day)s", { day: formatDay(car.insurance_end) }));
        }
        return facts.join(" · ");
    }

    openCar(car) {
        this.console.showRecord("fleet.vehicle", car.id);
    }

    openTimeline() {
        this.dialog.add(TimelineDialog, {
            partnerId: this.props.partnerId,
            title: this.props.partnerName,
        });
    }
}
