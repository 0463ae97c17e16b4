import {
    asyncStep,
    contains,
    getService,
    makeServerError,
    onRpc,
    serverState,
    waitForSteps,
} from "@web/../tests/web_test_helpers";
import {defineMailModels, start, startServer} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {press, queryAllTexts, waitFor} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, mockDate} from "@odoo/hoot-mock";

import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {callAgainDelays} from "@gestor_call_lists/screen/delays.esm";

defineMailModels();

function card(id, name) {
    return {
        row_id: id,
        partner_id: 100 + id,
        name,
        call_count: 0,
        note: "",
        remark: "",
        warnings: [],
        phones: [{name, role: "", number: "600 100 200", href: "tel:600100200"}],
        facts: [],
        sections: [],
        calls: [],
        history: [],
    };
}

const PROGRESS = {
    total: 3,
    served: 1,
    left_out: 0,
    later: 0,
    next_at: "",
    today: 1,
    results: [],
};
const HEAD = {
    id: 7,
    name: "Spring",
    script: "<p>Good morning</p>",
    results: [
        {id: 31, key: "1", name: "Talked", is_success: true},
        {id: 32, key: "2", name: "No answer", is_success: false},
        {id: 33, key: "", name: "Sent an offer", is_success: true},
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

test("a time to call again is chosen with a key, and goes with the result", async () => {
    mockDate("2026-11-27 12:00:00");
    await openScreen();
    onRpc("gestor.call.screen", "serve", ({args}) => asyncStep(args[1].call_again_at));
    await press("e");
    await animationFrame();
    expect("#gestor_calls_again").not.toHaveValue("");
    await press("2");
    // Saturday is no day to call: Monday, at nine on the clock of the user
    await waitForSteps(["2026-11-30 08:00:00", ["serve", 1, 32, ""]]);
});

test("a result that has no digit is a button", async () => {
    await openScreen();
    expect(queryAllTexts(".o_gestor_calls_results kbd")).toEqual(["1", "2"]);
    await contains(".o_gestor_calls_results button:contains(Sent an offer)").click();
    await waitForSteps([["serve", 1, 33, ""]]);
});

test("keys wait for the window in front", async () => {
    await openScreen();
    getService("dialog").add(ConfirmationDialog, {body: "Wait"});
    await waitFor(".modal");
    await press("1");
    await animationFrame();
    await waitForSteps([]);
});

test("who was taken over by a colleague makes room for the next client", async () => {
    expect.errors(1);
    await openScreen();
    onRpc("gestor.call.screen", "serve", () => {
        throw makeServerError({message: "Alfa was taken over by somebody else."});
    });
    onRpc("gestor.call.screen", "open", () => ({
        head: HEAD,
        card: card(3, "Gamma"),
        progress: PROGRESS,
    }));
    await press("1");
    await waitFor(".modal:contains(taken over)");
    await waitFor(".o_gestor_calls_name:contains(Gamma)");
    expect.verifyErrors(["taken over"]);
});

test("who is to be called again appears at that time", async () => {
    await openScreen();
    onRpc("gestor.call.screen", "serve", () => ({
        card: false,
        progress: {...PROGRESS, later: 1, next_at: "15:00"},
    }));
    await press("2");
    await waitFor(".o_gestor_calls_end:contains(15:00)");
    await advanceTime(31_000);
    await waitFor(".o_gestor_calls_name:contains(Alfa)");
    await waitForSteps([["open", 7, undefined, undefined]]);
});

test("a list that was closed meanwhile says so once", async () => {
    expect.errors(1);
    await openScreen();
    onRpc("gestor.call.screen", "serve", () => ({card: false, progress: PROGRESS}));
    onRpc("gestor.call.screen", "open", () => {
        asyncStep("asked again");
        throw makeServerError({message: "The list is closed."});
    });
    await press("2");
    await waitFor(".o_gestor_calls_end");
    await advanceTime(31_000);
    await waitFor(".modal:contains(The list is closed)");
    await advanceTime(31_000);
    await waitForSteps(["asked again"]);
    expect.verifyErrors(["The list is closed"]);
});

test("the usual times to call again are on workdays", () => {
    const friday = luxon.DateTime.fromISO("2026-11-27T15:30");
    const days = callAgainDelays(friday).map(({key, moment}) => [
        key,
        moment.toFormat("yyyy-MM-dd HH:mm"),
    ]);
    expect(days).toEqual([
        ["Q", "2026-11-27 16:30"],
        ["W", "2026-11-27 18:30"],
        ["E", "2026-11-30 09:00"],
        ["R", "2026-12-04 09:00"],
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
