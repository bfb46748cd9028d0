import { registry } from "@web/core/registry";
import { pivotView } from "@web/views/pivot/pivot_view";
import { PivotController } from "@web/views/pivot/pivot_controller";
import { ReturnFigures } from "../return_figures/return_figures";

/** The return analysis with its two rates above it (REM-7). */
export class ReturnPivot extends PivotController {
    static template = "dcrc_dealer.ReturnPivot";
    static components = { ...PivotController.components, ReturnFigures };
}

registry.category("views").add("dcrc_return_pivot", { ...pivotView, Controller: ReturnPivot });
