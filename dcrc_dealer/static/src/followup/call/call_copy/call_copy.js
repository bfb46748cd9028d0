import { CopyButton } from "@web/core/copy_button/copy_button";

/** Copies a number; Odoo's button with a name that can be heard. */
export class CallCopy extends CopyButton {
    static template = "dcrc_dealer.CallCopy";
}
