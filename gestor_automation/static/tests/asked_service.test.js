import {asyncStep, contains, onRpc, waitForSteps} from "@web/../tests/web_test_helpers";
import {defineMailModels, start, startServer} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {serverState} from "@web/../tests/web_test_helpers";
import {waitFor} from "@odoo/hoot-dom";

defineMailModels();

const PAYLOAD = {id: 7, title: "Send SMS", message: "Order 12"};

async function ask() {
    onRpc("gestor.planned.action", "*", ({method, args}) => {
        asyncStep([method, ...args]);
        return true;
    });
    const pyEnv = await startServer();
    await start();
    pyEnv["bus.bus"]._sendone(
        serverState.partnerId,
        "gestor_automation/asked",
        PAYLOAD
    );
    await waitFor(".o_notification");
}

function button(name) {
    return contains(`.o_notification button:contains(${name})`);
}

test("a due step is shown with its document, and runs when told", async () => {
    await ask();
    expect(".o_notification").toHaveText(/Send SMS[\s\S]*Order 12/);
    await button("Run").click();
    await waitForSteps([["action_run", [7]]]);
    expect(".o_notification").toHaveCount(0);
});

test("later asks for how long", async () => {
    await ask();
    await button("Later").click();
    expect(".o_notification").toHaveCount(1);
    await button("1 hour").click();
    await waitForSteps([["action_postpone", [7], "hour"]]);
    expect(".o_notification").toHaveCount(0);
});

test("the document is opened from the question", async () => {
    await ask();
    await button("Open").click();
    await waitForSteps([["action_open_document", [7]]]);
});
