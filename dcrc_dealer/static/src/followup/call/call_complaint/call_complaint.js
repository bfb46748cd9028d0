import { Component, useEffect, useRef, useState } from "@odoo/owl";

/**
 * A complaint being written on the call screen: car, department and words are
 * carried over from the answer that called for it (FUP-7).
 */
export class CallComplaint extends Component {
    static template = "dcrc_dealer.CallComplaint";
    static props = { call: Object, complaintKey: String };

    setup() {
        this.call = useState(this.props.call);
        this.words = useRef("words");
        useEffect(
            (typing) => {
                if (typing) {
                    this.words.el?.focus();
                    this.call.typing = "";
                }
            },
            () => [this.call.typing === this.props.complaintKey]
        );
    }

    get complaint() {
        return this.call.data.complaints.find((c) => c.key === this.props.complaintKey);
    }

    get reason() {
        return this.call.followups.find((f) => f.id === this.complaint.followup_id)?.rule || "";
    }

    patch(values) {
        this.call.patchComplaint(this.props.complaintKey, values);
    }

    onNumber(name, ev) {
        this.patch({ [name]: Number(ev.target.value) || false });
    }

    carLabel(car) {
        return [car.model, car.plate].filter(Boolean).join(" ");
    }
}
