import {advanceTime, animationFrame, mockDate} from "@odoo/hoot-mock";
import {
    contains,
    getService,
    makeMockEnv,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {
    GestorReminderPanel,
    GestorReminderSystray,
} from "@gestor_calendar/reminder/reminder_panel.esm";
import {MainComponentsContainer} from "@web/core/main_components_container";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";
import {session} from "@web/session";

defineMailModels();

const MINUTE = 60 * 1000;
const DUE = [
    {
        id: 1,
        model: "test.visit",
        res_id: 7,
        title: "Visit",
        icon: "fa-car",
        all_day: false,
        start: "2026-11-24 13:00:00",
        remind_at: "2026-11-24 11:55:00",
    },
    {
        id: 2,
        model: "test.visit",
        res_id: 8,
        title: "Fair",
        icon: "fa-flag",
        all_day: true,
        start: "2026-11-25 00:00:00",
        remind_at: "2026-11-24 11:58:00",
    },
];

/**
 * Open the panel at noon of Tuesday 24 November 2026, UTC. The server is a list of due
 * reminders that loses what is put off or dismissed, as the real one does.
 *
 * @param {Object[]} due
 * @param {String|false} nextAt
 * @returns {Object[]} the list
 */
async function openPanel(due = [...DUE], nextAt = false) {
    mockDate("2026-11-24 12:00:00", 0);
    patchWithCleanup(session, {gestor_calendar_models: ["test.visit"]});
    onRpc("gestor.reminder", "get_due", () => {
        expect.step("get_due");
        return {due: [...due], next_at: nextAt};
    });
    for (const name of ["action_snooze", "action_snooze_until", "action_dismiss"]) {
        onRpc("gestor.reminder", name, ({args: [ids, ...rest]}) => {
            expect.step([name, ids.join(), ...rest].join(" "));
            due.splice(0, due.length, ...due.filter(({id}) => !ids.includes(id)));
            return true;
        });
    }
    await makeMockEnv();
    await mountWithCleanup(MainComponentsContainer);
    await mountWithCleanup(GestorReminderSystray);
    await mountWithCleanup(GestorReminderPanel);
    await animationFrame();
    expect.verifySteps(["get_due"]);
    return due;
}

/**
 * Choose a line of the menu of the first reminder.
 *
 * @param {String} label
 */
async function snooze(label) {
    await contains(".o_gestor_reminder:first .dropdown-toggle").click();
    await contains(`.o-dropdown-item:contains(${label})`).click();
    await animationFrame();
}

describe("reminder/panel", () => {
    test("what is due opens by itself, with its time, and is counted", async () => {
        await openPanel();
        expect(queryAllTexts(".o_gestor_reminder strong")).toEqual(["Visit", "Fair"]);
        expect(".o_gestor_reminder:eq(0) .text-muted").toHaveText(/24.*1:00/);
        expect(".o_gestor_reminder:eq(1) .text-muted").toHaveText("Nov 25, 2026");
        expect(".o_gestor_reminders_count").toHaveText("2");
        await contains(".btn-close").click();
        expect(".o_gestor_reminder_panel").toHaveCount(0);
        await contains(".o_gestor_reminders").click();
        expect(".o_gestor_reminder").toHaveCount(2);
    });

    test("nothing due leaves the panel shut, and the bell says so", async () => {
        await openPanel([]);
        expect(".o_gestor_reminder_panel").toHaveCount(0);
        expect(".o_gestor_reminders_count").toHaveCount(0);
        await contains(".o_gestor_reminders").click();
        expect(".o_gestor_reminder_panel").toHaveText(/No reminder is due/);
    });

    for (const [label, call] of [
        ["5 minutes", "action_snooze 1 5"],
        ["15 minutes", "action_snooze 1 15"],
        ["An hour", "action_snooze 1 60"],
        ["Until tomorrow", "action_snooze_until 1 2026-11-25 12:00:00"],
    ]) {
        test(`one is put off: ${label}`, async () => {
            await openPanel();
            await snooze(label);
            expect.verifySteps([call, "get_due"]);
            expect(queryAllTexts(".o_gestor_reminder strong")).toEqual(["Fair"]);
            expect(".o_gestor_reminders_count").toHaveText("1");
        });
    }

    test("one is put off to an own time", async () => {
        await openPanel();
        await snooze("Own time");
        expect.verifySteps([]);
        expect(".modal .o_datetime_input").toHaveValue(/12:00$/);
        await contains(".modal .o_datetime_input").edit("12/01/2026 08:30");
        await contains(".modal .btn-primary").click();
        await animationFrame();
        expect.verifySteps(["action_snooze_until 1 2026-12-01 08:30:00", "get_due"]);
        expect(".modal").toHaveCount(0);
        expect(queryAllTexts(".o_gestor_reminder strong")).toEqual(["Fair"]);
    });

    test("all are put off, one is dismissed, and the panel shuts empty", async () => {
        const due = await openPanel();
        await contains(".card-footer .dropdown-toggle").click();
        await contains(".o-dropdown-item:contains(15 minutes)").click();
        await animationFrame();
        expect.verifySteps(["action_snooze 1,2 15", "get_due"]);
        expect(".o_gestor_reminder_panel").toHaveCount(0);
        due.push(DUE[1]);
        await getService("gestor_reminder").load();
        await animationFrame();
        expect(queryAllTexts(".o_gestor_reminder strong")).toEqual(["Fair"]);
        await contains(".o_gestor_reminder_dismiss").click();
        await animationFrame();
        expect.verifySteps(["get_due", "action_dismiss 2", "get_due"]);
        expect(".o_gestor_reminder_panel").toHaveCount(0);
    });

    test("the next one is asked for when it is due", async () => {
        const due = await openPanel([], "2026-11-24 12:05:00");
        due.push(DUE[0]);
        await advanceTime(4 * MINUTE);
        expect.verifySteps([]);
        await advanceTime(MINUTE);
        await animationFrame();
        expect(queryAllTexts(".o_gestor_reminder strong")).toEqual(["Visit"]);
        expect.verifySteps(["get_due"]);
    });
});
