import { patch } from "@web/core/utils/patch";
import { PhoneField } from "@web/views/fields/phone/phone_field";
import { dialLink, hotlineSettings } from "@dcrc_dealer/followup/console/dial";

/** Numbers in forms and lists dial by the dealer's own address, where there is one. */
patch(PhoneField.prototype, {
    get phoneHref() {
        const number = this.props.record.data[this.props.name];
        return hotlineSettings().dial ? dialLink(number) : super.phoneHref;
    },
});
