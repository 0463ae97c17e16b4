import {animationFrame, mockDate, runAllTimers} from "@odoo/hoot-mock";
import {click, drag, queryAllTexts, queryOne, queryRect} from "@odoo/hoot-dom";
import {contains, makeMockEnv, onRpc} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {
    getColors,
    getDropped,
    getFreeDays,
    getNextHour,
    getTitle,
    getWindow,
    toEvent,
    toServer,
} from "@gestor_calendar/calendar/calendar_lib.esm";
import {
    findTimeRow,
    selectTimeRange,
} from "@web/../tests/views/calendar/calendar_test_helpers";
import {openClientAction} from "@gestor_calendar/../tests/client_action_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

defineMailModels();

const {DateTime} = luxon;
const VISIT = {
    model: "test.visit",
    id: 7,
    title: "Visit",
    start: "2026-11-24 09:00:00",
    stop: "2026-11-24 10:00:00",
    all_day: false,
    kind: "visit",
    color: 3,
    icon: "fa-car",
    state: "open",
    user_ids: [1],
    partner_ids: [],
    resource_ids: [],
    can_move: true,
    is_busy_only: false,
};
const FAIR = {
    ...VISIT,
    id: 8,
    title: "Fair",
    start: "2026-11-25 00:00:00",
    stop: "2026-11-27 00:00:00",
    all_day: true,
    kind: "fair",
    color: 5,
    user_ids: [2],
};
const PREFERENCES = {
    mode: "work_week",
    color_by: "kind",
    user_ids: [],
    partner_ids: [],
    resource_ids: [],
    hidden_kinds: [],
};

async function openCalendar({items = [VISIT, FAIR], preferences = {}} = {}) {
    onRpc("gestor.calendar", "get_setup", () => ({
        user_id: 1,
        kinds: [
            {key: "visit", label: "Visit", icon: "fa-car", color: 3, model: "x"},
            {key: "fair", label: "Fair", icon: "fa-flag", color: 5, model: "x"},
        ],
        resource_model: false,
        preferences: {...PREFERENCES, ...preferences},
    }));
    onRpc("gestor.calendar", "get_items", ({args}) => {
        expect.step(`from ${args[0].slice(0, 10)} to ${args[1].slice(0, 10)}`);
        return {items, names: {1: "Ann", 2: "Bob"}, hours: false};
    });
    onRpc("gestor.calendar", "set_preferences", ({args}) => {
        expect.step(`${args[0].mode}, hidden: ${args[0].hidden_kinds}`);
        return true;
    });
    await openClientAction("gestor_calendar.calendar");
    expect.verifySteps(["from 2026-11-21 to 2026-11-30"]);
}

/** Drag a thing to a full hour of its own day. */
async function dragTo(title, time) {
    const event = queryOne(`.o_event:contains(${title}):visible`);
    const {x, width} = queryRect(event);
    const row = findTimeRow(time);
    const {drop, moveTo} = await drag(event, {position: {y: 1}, relative: true});
    await animationFrame();
    await moveTo(row, {position: {x: x + width / 2, y: queryRect(row).y + 1}});
    await animationFrame();
    await drop();
    await animationFrame();
    await animationFrame();
}

describe("layout", () => {
    test("a month has its full weeks", async () => {
        await makeMockEnv();
        const {start, stop} = getWindow("month", DateTime.local(2026, 11, 24));
        expect(start.weekday).toBe(stop.weekday);
        expect(start <= DateTime.local(2026, 11, 1)).toBe(true);
        expect(stop > DateTime.local(2026, 11, 30)).toBe(true);
        expect(stop.diff(start, "days").days % 7).toBe(0);
    });

    test("the work week is called by its five days", async () => {
        await makeMockEnv();
        const [full, work] = ["week", "work_week"].map((mode) =>
            getTitle(mode, DateTime.local(2026, 11, 24))
        );
        expect(full).not.toBe(work);
    });

    test("a new thing stays on the shown day", async () => {
        await makeMockEnv();
        const day = DateTime.local(2026, 11, 24);
        for (const [now, hour] of [
            ["2026-11-24 12:10:00", 13],
            ["2026-11-24 23:14:00", 23],
            ["2026-11-25 12:10:00", 9],
        ]) {
            mockDate(now, 0);
            expect(toServer(getNextHour(day))).toBe(toServer(day.set({hour})));
        }
    });

    test("a day dragged in the month keeps its hours over the clock change", () => {
        mockDate("2026-10-20 12:00:00", "Europe/Warsaw");
        const zone = {zone: "Europe/Warsaw"};
        const item = {
            ...VISIT,
            start: "2026-10-24 08:00:00",
            stop: "2026-10-24 09:30:00",
        };
        const event = {start: DateTime.fromISO("2026-10-26T10:00", zone).toJSDate()};
        expect(getDropped(item, event, true)).toEqual({
            start: "2026-10-26 09:00:00",
            stop: "2026-10-26 10:30:00",
        });
    });

    test("what was made longer has the new end", () => {
        mockDate("2026-11-24 12:00:00", 0);
        const event = {
            start: new Date("2026-11-24T09:00:00Z"),
            end: new Date("2026-11-24T12:15:00Z"),
        };
        expect(getDropped(VISIT, event, false).stop).toBe("2026-11-24 12:15:00");
        const moment = {...VISIT, stop: VISIT.start};
        expect(getDropped(moment, event, false).stop).toBe("2026-11-24 09:00:00");
    });

    test("whole days are dragged in no time zone", () => {
        const event = {startStr: "2026-11-30", endStr: "2026-12-02"};
        expect(getDropped(FAIR, event, false)).toEqual({
            start: "2026-11-30 00:00:00",
            stop: "2026-12-02 00:00:00",
        });
        expect(getDropped(FAIR, {startStr: "2026-11-30"}, true).stop).toBe(
            "2026-12-01 00:00:00"
        );
    });

    test("only what may move has handles", () => {
        expect(toEvent(VISIT)).toMatchObject({
            id: "test.visit,7",
            startEditable: true,
            durationEditable: true,
        });
        const moment = {...VISIT, stop: VISIT.start};
        expect(toEvent(moment)).toMatchObject({durationEditable: false});
        expect(toEvent({...VISIT, can_move: false}).startEditable).toBe(false);
    });

    test("days without hours are free", async () => {
        await makeMockEnv();
        mockDate("2026-11-24 12:00:00", 0);
        const span = getWindow("week", DateTime.local(2026, 11, 24));
        const hours = [["2026-11-24 08:00:00", "2026-11-24 16:00:00"]];
        expect(getFreeDays(hours, span).size).toBe(6);
        expect(getFreeDays(hours, span).has("2026-11-24")).toBe(false);
        expect(getFreeDays(false, span).size).toBe(0);
    });

    test("people have colours of their own", () => {
        const byPerson = getColors([VISIT, FAIR], "person", [1, 2]);
        expect([...byPerson.values()]).toEqual([1, 2]);
        expect([...getColors([VISIT, FAIR], "kind", []).values()]).toEqual([3, 5]);
    });
});

describe.current.tags("desktop");

describe("screen", () => {
    test("opens with the work week and remembers the month", async () => {
        await openCalendar();
        expect(".fc-col-header-cell").toHaveCount(5);
        expect("[data-mode=work_week]").toHaveClass("active");
        await contains("[data-mode=month]").click();
        await runAllTimers();
        expect(".fc-col-header-cell").toHaveCount(7);
        expect.verifySteps(["from 2026-10-31 to 2026-12-07", "month, hidden: "]);
    });

    test("a remembered mode is there again", async () => {
        await openCalendar({preferences: {mode: "week"}});
        expect(".fc-col-header-cell").toHaveCount(7);
        await contains("button[title=Later]").click();
        expect.verifySteps(["from 2026-11-28 to 2026-12-07"]);
    });

    test("kinds are left out without asking the server", async () => {
        await openCalendar();
        expect(queryAllTexts(".o_event_title:visible")).toEqual(["Fair", "Visit"]);
        await click("input[data-kind=fair]");
        await animationFrame();
        expect(queryAllTexts(".o_event_title:visible")).toEqual(["Visit"]);
        await runAllTimers();
        expect.verifySteps(["work_week, hidden: fair"]);
        await click("input[data-kind=fair]");
        await animationFrame();
        expect(queryAllTexts(".o_event_title:visible")).toEqual(["Fair", "Visit"]);
        await runAllTimers();
        expect.verifySteps(["work_week, hidden: "]);
    });

    test("colours go by person", async () => {
        await openCalendar();
        expect(".o_event:contains(Fair)").toHaveClass("o_calendar_color_5");
        await click("button:contains(By person)");
        await animationFrame();
        expect(".o_event:contains(Fair)").toHaveClass("o_calendar_color_2");
        expect(queryAllTexts(".o_gestor_calendar_panel li")).toEqual(["Ann", "Bob"]);
        await runAllTimers();
        expect.verifySteps(["work_week, hidden: "]);
    });

    test("dragging writes back what was seen and what is wanted", async () => {
        onRpc("gestor.calendar", "move", ({args}) => {
            expect.step(args.join());
            return true;
        });
        await openCalendar();
        await dragTo("Visit", "13:00:00");
        expect.verifySteps([
            "test.visit,7,2026-11-24 13:00:00,2026-11-24 14:00:00," +
                "2026-11-24 09:00:00,2026-11-24 10:00:00",
            "from 2026-11-21 to 2026-11-30",
        ]);
    });

    test("what is refused goes back to its place", async () => {
        expect.errors(1);
        onRpc("gestor.calendar", "move", () => {
            throw new Error("moved by somebody else");
        });
        await openCalendar();
        const {y} = queryRect(".o_event:contains(Visit)");
        await dragTo("Visit", "13:00:00");
        expect(queryRect(".o_event:contains(Visit)").y).toBeWithin(y - 2, y + 2);
        expect.verifySteps(["from 2026-11-21 to 2026-11-30"]);
        expect.verifyErrors(["moved by somebody else"]);
    });

    test("what must not move stays", async () => {
        onRpc("gestor.calendar", "move", () => {
            throw new Error("not movable");
        });
        await openCalendar({items: [{...VISIT, can_move: false}]});
        await dragTo("Visit", "13:00:00");
        expect.verifySteps([]);
    });

    test("selecting hours offers what may be made of them", async () => {
        onRpc("gestor.calendar", "get_creations", ({args}) => {
            expect.step(args.join());
            return ["Activity", "Booking"].map((label) => ({
                label,
                icon: "fa-plus",
                action: {type: "ir.actions.act_window", res_model: label},
            }));
        });
        await openCalendar();
        await selectTimeRange("2026-11-26 10:00:00", "2026-11-26 12:00:00");
        await animationFrame();
        expect.verifySteps(["2026-11-26 10:00:00,2026-11-26 12:00:00,false"]);
        expect(queryAllTexts(".modal .btn-secondary")).toEqual(["Activity", "Booking"]);
    });

    test("a private thing of others is not opened", async () => {
        const busy = {...VISIT, title: "Busy", is_busy_only: true, can_move: false};
        await openCalendar({items: [busy]});
        await click(".o_event:contains(Busy)");
        await animationFrame();
        expect(".modal").toHaveCount(0);
        expect(".o_event:contains(Busy)").toHaveClass("o_gestor_calendar_busy");
    });

    test("things at one time stand beside each other", async () => {
        await openCalendar({items: [VISIT, {...VISIT, id: 9, title: "Other"}]});
        const [one, other] = ["Visit", "Other"].map((title) =>
            queryRect(`.o_event:contains(${title})`)
        );
        const [left, right] = one.x < other.x ? [one, other] : [other, one];
        expect(left.x + left.width <= right.x + 1).toBe(true);
    });
});
