import { animationFrame, describe, expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { DmsDropzone } from "@dcrc_dealer/dms/dms_dropzone/dms_dropzone";

describe.current.tags("desktop");
defineMailModels();

async function mountDropzone(allowed = true) {
    onRpc("dcrc.dms.import", "upload_limits", () => ({ allowed, limit: 1 }));
    onRpc("dcrc.dms.import", "upload", ({ args }) => {
        expect.step(`${args[0]} ${atob(args[1])}`);
        return args[0].length;
    });
    const onTaken = (ids) => expect.step(`taken ${ids}`);
    return mountWithCleanup(DmsDropzone, { props: { onTaken } });
}

test("files are given one after the other", async () => {
    const zone = await mountDropzone();
    await zone.take([new File(["a,b"], "a.csv"), new File(["c"], "bb.csv")]);
    expect.verifySteps(["a.csv a,b", "bb.csv c", "taken 5,6"]);
});

test("a file over the limit is refused before it is sent", async () => {
    const zone = await mountDropzone();
    await zone.take([new File([new Uint8Array(1024 * 1024 + 1)], "big.csv")]);
    await animationFrame();
    expect.verifySteps([]);
    expect(".o_notification").toHaveCount(1);
});

test("who may not import has no place to drop", async () => {
    await mountDropzone(false);
    expect(".o_dcrc_dms_dropzone").toHaveCount(0);
});
