import {
    SCALES,
    fromWall,
    getExtent,
    getLanes,
    getMoment,
    snap,
    toWall,
} from "@gestor_resources/plan/plan_layout.esm";
import {contains, onRpc} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryOne, queryRect} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {openClientAction} from "@gestor_calendar/../tests/client_action_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

defineMailModels();

const HOUR = 3600000;

function makePlan() {
    const booking = {
        user: "Ann",
        state: "confirmed",
        is_late: false,
        is_movable: true,
    };
    return {
        rows: [
            {id: 1, name: "Van", symbol: "KR 1", kind: "Car", color: 1, quantity: 1},
            {id: 2, name: "Truck", symbol: "", kind: "Car", color: 1, quantity: 1},
            {
                id: 3,
                name: "Projector",
                symbol: "",
                kind: "Tools",
                color: 2,
                quantity: 3,
            },
        ],
        bookings: [
            {
                ...booking,
                id: 11,
                resource_id: 1,
                name: "Fair",
                start: "2026-11-24 08:00:00",
                stop: "2026-11-24 16:00:00",
            },
            {
                ...booking,
                id: 12,
                resource_id: 2,
                name: "Theirs",
                is_movable: false,
                start: "2026-11-25 08:00:00",
                stop: "2026-11-25 16:00:00",
            },
        ],
        outages: [
            {
                id: 5,
                resource_id: 2,
                name: "Repair",
                start: "2026-11-26 08:00:00",
                stop: "2026-11-27 08:00:00",
            },
        ],
        kinds: [{id: 7, name: "Car"}],
        can_book: true,
    };
}

async function openPlan(asked = []) {
    onRpc("gestor.booking.plan", "get_plan", ({args}) => {
        asked.push(args);
        return makePlan();
    });
    await openClientAction("gestor_resources.booking_plan");
}

describe("layout", () => {
    test("bookings at one time stand in lanes, others share one", () => {
        const items = [
            {start: 1, stop: 3},
            {start: 2, stop: 4},
            {start: 3, stop: 5},
        ];
        const {lanes, count} = getLanes(items);
        expect(items.map((item) => lanes.get(item))).toEqual([0, 1, 0]);
        expect(count).toBe(2);
        expect(getLanes([]).count).toBe(1);
    });

    test("a booking is cut to the window", () => {
        const span = {start: 0, stop: 100};
        expect(getExtent({start: 25, stop: 50}, span)).toEqual({left: 25, width: 25});
        expect(getExtent({start: -50, stop: 50}, span)).toEqual({left: 0, width: 50});
        expect(getExtent({start: 50, stop: 900}, span)).toEqual({left: 50, width: 50});
    });

    test("a day has 24 hours on the wall also when the clocks change", () => {
        const zone = "Europe/Warsaw";
        const day = luxon.DateTime.fromISO("2026-10-25T00:00", {zone});
        expect(toWall(day.plus({days: 1})) - toWall(day)).toBe(24 * HOUR);
        const local = luxon.DateTime.local(2026, 10, 26, 9);
        expect(fromWall(toWall(local)).toISO()).toBe(local.toISO());
    });

    test("moments are on full steps", () => {
        const span = {start: 0, stop: 24 * HOUR};
        expect(getMoment(0.26, span, SCALES.day.step)).toBe(6.25 * HOUR);
        expect(snap(-1.1 * HOUR, 60)).toBe(-HOUR);
    });
});

describe("screen", () => {
    test("free resources have rows too, one request a window", async () => {
        const asked = [];
        await openPlan(asked);
        expect(queryAllTexts(".o_gestor_plan_label > span")).toEqual([
            "Van",
            "Truck",
            "Projector",
        ]);
        expect(queryAllTexts(".o_gestor_plan_kind")).toEqual(["Car", "Tools"]);
        expect(".o_gestor_plan_outage").toHaveText("Repair");
        expect(asked).toHaveLength(1);
        expect(asked[0].slice(2)).toEqual([false, ""]);
        await contains("button[title=Later]").click();
        expect(asked).toHaveLength(2);
        expect(asked[1][0] > asked[0][0]).toBe(true);
    });

    test("dragging a day to another car moves the booking", async () => {
        const written = [];
        onRpc("gestor.booking.plan", "move_booking", ({args}) => {
            written.push(args);
            return true;
        });
        await openPlan();
        const track = queryRect("[data-row-key='1']");
        const item = queryRect(".o_gestor_plan_item:contains(Fair)");
        const {drop} = await contains(".o_gestor_plan_item:contains(Fair)").drag({
            position: {x: 5, y: 5},
            relative: true,
        });
        await drop(queryOne("[data-row-key='2']"), {
            position: {x: item.x - track.x + track.width / 7 + 5, y: 10},
            relative: true,
        });
        await animationFrame();
        expect(written).toEqual([
            [
                11,
                "2026-11-25 08:00:00",
                "2026-11-25 16:00:00",
                2,
                {
                    start_at: "2026-11-24 08:00:00",
                    stop_at: "2026-11-24 16:00:00",
                    resource_id: 1,
                },
            ],
        ]);
    });

    test("what belongs to others stays where it is", async () => {
        onRpc("gestor.booking.plan", "move_booking", () => {
            throw new Error("not movable");
        });
        await openPlan();
        const {drop} = await contains(".o_gestor_plan_item:contains(Theirs)").drag();
        await drop(queryOne("[data-row-key='3']"));
        await animationFrame();
        expect(".o_gestor_plan_item:contains(Theirs) .o_gestor_plan_end").toHaveCount(
            0
        );
    });
});
