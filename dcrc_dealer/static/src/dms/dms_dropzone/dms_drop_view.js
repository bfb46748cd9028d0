import { registry } from "@web/core/registry";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";

import { DmsDropzone } from "./dms_dropzone";

/** The lists of the DMS, below the place where new ones are dropped. */
export class DmsDropController extends KanbanController {
    static template = "dcrc_dealer.DmsDropView";
    static components = { ...KanbanController.components, DmsDropzone };

    /** One list is opened to look at; several are shown among the others. */
    async onTaken(ids) {
        if (ids.length > 1) {
            await this.model.load();
            return;
        }
        await this.actionService.doAction({
            type: "ir.actions.act_window",
            res_model: "dcrc.dms.import",
            res_id: ids[0],
            views: [[false, "form"]],
        });
    }
}

export const dmsDropView = { ...kanbanView, Controller: DmsDropController };

registry.category("views").add("dcrc_dms_drop", dmsDropView);
