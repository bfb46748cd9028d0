import { Component, onWillStart, useRef, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { getDataURLFromFile } from "@web/core/utils/urls";

const MEGABYTE = 1024 * 1024;

/** Where lists of the DMS are dropped or chosen; each file is read at once on the server. */
export class DmsDropzone extends Component {
    static template = "dcrc_dealer.DmsDropzone";
    static props = { onTaken: Function };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.input = useRef("input");
        this.state = useState({ over: false, busy: "", allowed: false, limit: 0 });
        onWillStart(async () => {
            const { allowed, limit } = await this.orm.call("dcrc.dms.import", "upload_limits", []);
            Object.assign(this.state, { allowed, limit });
        });
    }

    choose() {
        if (!this.state.busy) {
            this.input.el.click();
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            this.choose();
        }
    }

    onDragover(ev) {
        this.state.over = true;
        ev.dataTransfer.dropEffect = "copy";
    }

    onDrop(ev) {
        this.state.over = false;
        return this.take([...ev.dataTransfer.files]);
    }

    async onChosen() {
        const files = [...this.input.el.files];
        // Emptied before: reading a list may leave this screen.
        this.input.el.value = "";
        await this.take(files);
    }

    /** Give the files one after the other; a refused one stops none of the others. */
    async take(files) {
        if (this.state.busy) {
            return;
        }
        const ids = [];
        for (const file of files) {
            if (this.isFit(file)) {
                this.state.busy = file.name;
                try {
                    ids.push(await this.upload(file));
                } finally {
                    this.state.busy = "";
                }
            }
        }
        if (ids.length) {
            await this.props.onTaken(ids);
        }
    }

    isFit(file) {
        if (file.size <= this.state.limit * MEGABYTE) {
            return true;
        }
        const message = _t("%(name)s has %(size)s MB; at most %(limit)s MB are read. Export fewer days.", {
            name: file.name,
            size: Math.round(file.size / MEGABYTE),
            limit: this.state.limit,
        });
        this.notification.add(message, { type: "danger", sticky: true });
        return false;
    }

    async upload(file) {
        const content = file.size ? (await getDataURLFromFile(file)).split(",")[1] : "";
        return this.orm.call("dcrc.dms.import", "upload", [file.name, content]);
    }
}
