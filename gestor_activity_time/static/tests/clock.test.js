import {advanceTime, expect, mockDate, test} from "@odoo/hoot";
import {
    contains,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {ClockOnOpen} from "@gestor_activity_time/clock/clock_on_open.esm";
import {ClockSystray} from "@gestor_activity_time/clock/clock_systray.esm";
import {MainComponentsContainer} from "@web/core/main_components_container";
import {animationFrame} from "@odoo/hoot-mock";
import {browser} from "@web/core/browser/browser";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {formatElapsed} from "@gestor_activity_time/clock/clock_service.esm";
import {session} from "@web/session";

defineMailModels();

const MODEL = "gestor.activity.time";
const running = (vals = {}) => ({
    id: 1,
    activity_id: 7,
    name: "Call Alfa",
    client: "Alfa",
    state: "running",
    elapsed: 59,
    ...vals,
});
const OTHER = {activity_id: 8, name: "Write a letter", client: ""};

function begin(entry, idle = 15) {
    mockDate("2026-11-24 10:00:00");
    patchWithCleanup(session, {gestor_clock: {entry, idle_minutes: idle}});
}

test("seconds are shown as hours, minutes and seconds", () => {
    expect(formatElapsed(0)).toBe("0:00:00");
    expect(formatElapsed(3909.9)).toBe("1:05:09");
    expect(formatElapsed(-3)).toBe("0:00:00");
    expect(formatElapsed(90000)).toBe("25:00:00");
});

test("running clock ticks without asking the server", async () => {
    begin(running());
    onRpc(MODEL, "get_clock", () => expect.step("asked"));
    await mountWithCleanup(ClockSystray);
    expect(".o_gestor_clock_elapsed").toHaveText("0:00:59");
    await advanceTime(61000);
    await animationFrame();
    expect(".o_gestor_clock_elapsed").toHaveText("0:02:00");
    expect.verifySteps([]);
});

test("menu asks once, and the clock is paused and switched in one request", async () => {
    begin(running());
    onRpc(MODEL, "get_clock", () => {
        expect.step("get");
        return {entry: running(), recent: [OTHER], idle_minutes: 15};
    });
    onRpc(MODEL, "clock_pause", () => {
        expect.step("pause");
        return {
            entry: running({state: "paused", elapsed: 100}),
            recent: [OTHER],
            idle_minutes: 15,
        };
    });
    onRpc(MODEL, "clock_start", ({args}) => {
        expect.step(`start ${args[0]}`);
        return {
            entry: running({...OTHER, elapsed: 0}),
            recent: [],
            idle_minutes: 15,
        };
    });
    await mountWithCleanup(ClockSystray);
    await contains(".o_gestor_clock").click();
    expect(".o_gestor_clock_switch").toHaveCount(1);
    await contains(".o_gestor_clock_pause").click();
    expect(".o_gestor_clock_resume").toHaveCount(1);
    await advanceTime(5000);
    expect(".o_gestor_clock_elapsed").toHaveText("0:01:40");
    await contains(".o_gestor_clock_switch").click();
    expect(".o_gestor_clock_open").toHaveText("Write a letter");
    expect(".o_gestor_clock_switch").toHaveCount(0);
    expect.verifySteps(["get", "pause", "start 8"]);
});

test("new task is started by its subject and Enter", async () => {
    begin(false);
    onRpc(MODEL, "get_clock", () => ({entry: false, recent: [], idle_minutes: 15}));
    onRpc(MODEL, "clock_start_new", ({args}) => {
        expect.step(args[0]);
        return {entry: running({name: args[0]}), recent: [], idle_minutes: 15};
    });
    await mountWithCleanup(ClockSystray);
    expect(".o_gestor_clock_elapsed").toHaveCount(0);
    await contains(".o_gestor_clock").click();
    expect(".o_gestor_clock_new").not.toBeEnabled();
    await contains(".o_gestor_clock_subject").edit("Tidy up", {confirm: false});
    await contains(".o_gestor_clock_subject").press("Enter");
    await animationFrame();
    expect(".o_gestor_clock_open").toHaveText("Tidy up");
    expect.verifySteps(["Tidy up"]);
});

for (const [button, go_on] of [
    [".o_gestor_clock_discard", true],
    [".o_gestor_clock_cut", false],
    [".o_gestor_clock_keep", null],
]) {
    test(`who was away chooses ${button}`, async () => {
        begin(running({elapsed: 0}), 10);
        onRpc(MODEL, "clock_leave_out", ({args}) => {
            expect.step(`${Math.round(args[0] / 60)} ${args[1]}`);
            return {entry: false, recent: [], idle_minutes: 10};
        });
        await mountWithCleanup(MainComponentsContainer);
        await mountWithCleanup(ClockSystray);
        browser.localStorage.setItem("gestor_activity_time.seen", Date.now());
        await advanceTime(9 * 60000);
        browser.dispatchEvent(new Event("pointermove"));
        await animationFrame();
        expect(".o_gestor_clock_away").toHaveCount(0);
        await advanceTime(12 * 60000);
        browser.dispatchEvent(new Event("pointermove"));
        await animationFrame();
        expect(".o_gestor_clock_away").toHaveCount(1);
        await contains(button).click();
        await animationFrame();
        expect(".o_gestor_clock_away").toHaveCount(0);
        expect.verifySteps(go_on === null ? [] : [`12 ${go_on}`]);
    });
}

test("what another tab did arrives over the bus", async () => {
    begin(false);
    const told = {};
    const noop = () => undefined;
    mockService("bus_service", {
        addEventListener: noop,
        addChannel: noop,
        deleteChannel: noop,
        removeEventListener: noop,
        start: noop,
        subscribe: (type, callback) => (told[type] = callback),
        unsubscribe: noop,
    });
    await mountWithCleanup(ClockSystray);
    expect(".o_gestor_clock_elapsed").toHaveCount(0);
    told[`${MODEL}/clock`]({entry: running({elapsed: 5}), idle_minutes: 15});
    // One frame shows the clock, the next one its time
    await animationFrame();
    await animationFrame();
    expect(".o_gestor_clock_elapsed").toHaveText("0:00:05");
});

for (const isWanted of [true, false]) {
    test(`opening an activity starts the clock: ${isWanted}`, async () => {
        begin(false);
        patchWithCleanup(session, {gestor_clock_automatic: isWanted});
        onRpc(MODEL, "clock_open", ({args}) => {
            expect.step(`open ${args[0]}`);
            return {entry: running(), recent: [], idle_minutes: 15};
        });
        const record = {
            resId: 7,
            isDirty: async () => false,
            load: async () => expect.step("load"),
        };
        await mountWithCleanup(ClockOnOpen, {props: {record, readonly: false}});
        await animationFrame();
        expect.verifySteps(isWanted ? ["open 7", "load"] : []);
    });
}
