import {animationFrame} from "@odoo/hoot-mock";
import {contains, onRpc} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryOne, queryRect} from "@odoo/hoot-dom";
import {openClientAction} from "@gestor_calendar/../tests/client_action_helpers";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {getLoad} from "@gestor_activities_resources/board/board_rows.esm";

defineMailModels();

const LOADS = [
    [2, 8],
    [7, 8],
    [9, 8],
    [0, 8],
    [0, 8],
    [0, 0],
    [1, 0],
];

function makeItem(values) {
    return {
        user_id: 1,
        detail: "",
        icon: "fa-check",
        color: 1,
        state: "planned",
        is_readable: true,
        is_movable: true,
        start: "2026-11-24 08:00:00",
        stop: "2026-11-24 16:00:00",
        ...values,
    };
}

function makeBoard() {
    const person = {shades: [], absences: [], loads: LOADS};
    return {
        people: [
            {
                ...person,
                id: 1,
                name: "Ann",
                absences: [
                    {
                        name: "Absent",
                        start: "2026-11-26 00:00:00",
                        stop: "2026-11-27 00:00:00",
                    },
                ],
            },
            {...person, id: 2, name: "Bob"},
        ],
        items: [
            makeItem({id: 11, name: "Visit"}),
            makeItem({
                id: 12,
                user_id: 2,
                name: "Busy",
                icon: "fa-lock",
                state: "busy",
                is_readable: false,
                is_movable: false,
            }),
        ],
        plan: {
            rows: [{id: 7, name: "Van", symbol: "KR 1", kind: "Car", quantity: 1}],
            bookings: [],
            outages: [],
            kinds: [],
            can_book: true,
        },
        unplanned: [
            {
                id: 21,
                name: "Call the client",
                number: "",
                partner: "Alfa",
                user: "",
                user_id: false,
                hours: 2,
                icon: "fa-phone",
                start: "",
                is_late: false,
                is_urgent: false,
                is_movable: true,
            },
        ],
        kinds: [{key: "task", name: "Task"}],
        teams: [],
        can_plan: true,
    };
}

async function openBoard(asked = []) {
    onRpc("gestor.board", "get_board", ({args}) => {
        asked.push(args);
        return makeBoard();
    });
    await openClientAction("gestor_activities_resources.board");
}

/** Drag the visit a day on, to a row. */
async function dragVisit(rowKey) {
    const track = queryRect("[data-row-key='user-1']");
    const item = queryRect(".o_gestor_plan_item:contains(Visit)");
    const {drop} = await contains(".o_gestor_plan_item:contains(Visit)").drag({
        position: {x: 5, y: 5},
        relative: true,
    });
    await drop(queryOne(`[data-row-key='${rowKey}']`), {
        position: {x: item.x - track.x + track.width / 7 + 5, y: 10},
        relative: true,
    });
    await animationFrame();
}

describe("load", () => {
    test("a day is full from four fifths, and over above all of it", () => {
        const classes = LOADS.map((load) => getLoad(load).className);
        expect(classes).toEqual([
            "",
            "o_gestor_plan_load_full",
            "o_gestor_plan_load_over",
            "",
            "",
            "",
            "o_gestor_plan_load_over",
        ]);
        expect(getLoad([2, 8]).text).toBe("25%");
        expect(getLoad([1, 0]).text).toBe("!");
        expect(getLoad([0, 0]).text).toBe("");
    });
});

describe("screen", () => {
    test("people come first, resources after them, one request a window", async () => {
        const asked = [];
        await openBoard(asked);
        expect(queryAllTexts(".o_gestor_plan_label > span")).toEqual([
            "Ann",
            "Bob",
            "Van",
        ]);
        expect(queryAllTexts(".o_gestor_plan_kind")).toEqual(["People", "Car"]);
        expect(".o_gestor_plan_outage").toHaveText("Absent");
        expect(".o_gestor_board_card").toHaveCount(1);
        expect(asked).toHaveLength(1);
        await contains(".o_gestor_board_kind").select("task");
        expect(asked).toHaveLength(2);
        expect(asked[1][2]).toEqual({text: "", team: false, kind: "task"});
    });

    test("dragging to another person gives him the work at that time", async () => {
        const written = [];
        onRpc("gestor.board", "plan_activity", ({args}) => {
            written.push(args);
            return false;
        });
        await openBoard();
        await dragVisit("user-2");
        expect(written).toEqual([
            [
                11,
                {
                    start: "2026-11-25 08:00:00",
                    stop: "2026-11-25 16:00:00",
                    user_id: 2,
                    from_user_id: 1,
                },
                {start: "2026-11-24 08:00:00", stop: "2026-11-24 16:00:00"},
                [],
            ],
        ]);
        expect(".modal").toHaveCount(0);
    });

    test("what is refused is asked about, and allowed step by step", async () => {
        const allowed = [];
        const answers = [
            {reason: "Busy then: Bob", allow: "people"},
            {reason: "Van is taken", allow: "resources"},
            false,
        ];
        onRpc("gestor.board", "plan_activity", ({args}) => {
            allowed.push(args[3]);
            return answers.shift();
        });
        const asked = [];
        await openBoard(asked);
        await dragVisit("user-2");
        expect(".modal-body").toHaveText("Busy then: Bob");
        await contains(".modal .btn:contains(Plan anyway)").click();
        await animationFrame();
        expect(".modal-body").toHaveText("Van is taken");
        await contains(".modal .btn:contains(Plan without the resources)").click();
        await animationFrame();
        expect(allowed).toEqual([[], ["people"], ["people", "resources"]]);
        expect(".modal").toHaveCount(0);
        // drawn again each time: what was refused is where it was
        expect(asked).toHaveLength(4);
    });

    test("dropping an activity on a resource books it", async () => {
        const booked = [];
        onRpc("gestor.board", "book_for_activity", ({args}) => {
            booked.push(args);
            return true;
        });
        await openBoard();
        await dragVisit("resource-7");
        expect(booked).toEqual([[11, 7]]);
    });

    test("dropping a card on a person plans it for its usual length", async () => {
        const written = [];
        onRpc("gestor.board", "plan_activity", ({args}) => {
            written.push(args);
            return false;
        });
        await openBoard();
        const track = queryRect("[data-row-key='user-2']");
        const {drop} = await contains(".o_gestor_board_card").drag();
        await drop("[data-row-key='user-2']", {
            position: {x: (track.width * 3.5) / 7, y: 10},
            relative: true,
        });
        await animationFrame();
        expect(written).toHaveLength(1);
        const [id, vals, seen] = written[0];
        expect(id).toBe(21);
        expect(vals.user_id).toBe(2);
        expect(vals.from_user_id).toBe(false);
        expect(seen).toBe(null);
        expect(vals.start.slice(0, 10)).toBe("2026-11-26");
        const hours = (new Date(vals.stop) - new Date(vals.start)) / 3600000;
        expect(hours).toBe(2);
    });

    test("what others do in private neither moves nor opens", async () => {
        onRpc("gestor.board", "plan_activity", () => {
            throw new Error("not movable");
        });
        await openBoard();
        const {drop} = await contains(".o_gestor_plan_item:contains(Busy)").drag();
        await drop(queryOne("[data-row-key='user-1']"));
        await animationFrame();
        await contains(".o_gestor_plan_item:contains(Busy)").click();
        expect(".modal").toHaveCount(0);
    });
});
