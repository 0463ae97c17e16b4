import {
    asyncStep,
    contains,
    getService,
    onRpc,
    waitForSteps,
} from "@web/../tests/web_test_helpers";
import {defineMailModels, start, startServer} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {press, waitFor} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {serverState} from "@web/../tests/web_test_helpers";

defineMailModels();

function card(id, name) {
    return {
        row_id: id,
        partner_id: 100 + id,
        name,
        call_count: 0,
        note: "",
        call_again: "",
        warnings: [],
        phones: [{name, role: "", number: "600 100 200", href: "tel:600100200"}],
        email: "",
        facts: [],
        sections: [],
    };
}

const PROGRESS = {total: 3, served: 1, left_out: 0, today: 1, results: []};
const HEAD = {
    id: 7,
    name: "Spring",
    script: "<p>Good morning</p>",
    results: [
        {id: 31, key: "1", name: "Talked", is_success: true},
        {id: 32, key: "2", name: "No answer", is_success: false},
    ],
};

async function openScreen() {
    onRpc("gestor.call.screen", "*", ({method, args}) => {
        // the client is also given back when the screen closes, after the test
        if (method === "release") {
            return true;
        }
        const [first, values] = args;
        asyncStep([method, first, values?.result_id, values?.note]);
        const shown = method === "open" ? card(1, "Alfa") : card(2, "Beta");
        return {
            ...(method === "open" ? {head: HEAD} : {}),
            card: shown,
            progress: PROGRESS,
        };
    });
    await startServer();
    await start();
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "gestor_call_lists.screen",
        params: {activity_id: 7},
    });
    await waitFor(".o_gestor_calls_name:contains(Alfa)");
    await waitForSteps([["open", 7, undefined, undefined]]);
}

test("a digit writes the result down and shows the next client", async () => {
    await openScreen();
    expect(".o_gestor_calls_script").toHaveText("Good morning");
    await press("2");
    await waitFor(".o_gestor_calls_name:contains(Beta)");
    await waitForSteps([["serve", 1, 32, ""]]);
});

test("digits in the comment are text, and go with the result", async () => {
    await openScreen();
    await press("n");
    await animationFrame();
    expect("#gestor_calls_note").toBeFocused();
    await contains("#gestor_calls_note").edit("Room 2");
    await waitForSteps([]);
    await press("Escape");
    await press("1");
    await waitForSteps([["serve", 1, 31, "Room 2"]]);
});

test("pause gives the client back, and results wait", async () => {
    await openScreen();
    await press("p");
    await waitFor(".o_gestor_calls_pause");
    await press("1");
    await waitForSteps([]);
    await press("p");
    await waitFor(".o_gestor_calls_name:contains(Alfa)");
    await waitForSteps([["open", 7, undefined, undefined]]);
});

test("put off and undo", async () => {
    await openScreen();
    await press("s");
    await waitFor(".o_gestor_calls_name:contains(Beta)");
    await press("u");
    await waitForSteps([
        ["skip", 1, undefined, undefined],
        ["undo", 7, undefined, undefined],
    ]);
});

test("an incoming call shows the caller with one click to the client", async () => {
    const pyEnv = await startServer();
    await start();
    pyEnv["bus.bus"]._sendone(serverState.partnerId, "gestor_call_lists/incoming", {
        number: "600 100 200",
        callers: [{id: 5, name: "Alfa", guardian: "Anna"}],
    });
    await waitFor(".o_notification");
    expect(".o_notification").toHaveText(/600 100 200[\s\S]*Alfa \(Anna\)/);
    expect(".o_notification button:contains(Log the call)").toHaveCount(1);
});
