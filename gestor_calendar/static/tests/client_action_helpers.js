import {animationFrame, mockDate} from "@odoo/hoot-mock";
import {getService, mountWithCleanup} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

/**
 * Open a screen that is a client action, at noon of Tuesday 24 November 2026, UTC.
 *
 * @param {String} tag
 */
export async function openClientAction(tag) {
    mockDate("2026-11-24 12:00:00", 0);
    await mountWithCleanup(WebClient);
    await getService("action").doAction({type: "ir.actions.client", tag});
    await animationFrame();
}
