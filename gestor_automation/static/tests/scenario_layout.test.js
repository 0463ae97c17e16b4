import {
    arrowPath,
    assignLanes,
    listArrows,
    placeArrows,
} from "@gestor_automation/scenario_editor/layout.esm";
import {describe, expect, test} from "@odoo/hoot";

describe.current.tags("headless");

/** Whether two arcs cover a common stretch. */
const overlap = (a, b) =>
    Math.min(a.from, a.to) < Math.max(b.from, b.to) &&
    Math.min(b.from, b.to) < Math.max(a.from, a.to);

test("arcs that overlap have lanes of their own, others share one", () => {
    const arcs = [
        {from: 0, to: 5},
        {from: 1, to: 3},
        {from: 3, to: 5},
        {from: 2, to: 4},
    ];
    const lanes = assignLanes(arcs);
    expect(lanes[1]).toBe(0);
    expect(lanes[2]).toBe(0);
    arcs.forEach((arc, i) =>
        arcs.slice(0, i).forEach((other, j) => {
            if (overlap(arc, other)) {
                expect(lanes[i]).not.toBe(lanes[j]);
            }
        })
    );
});

test("thirty stages with all moves never share a lane where they overlap", () => {
    const stages = [...Array(30).keys()].map((id) => ({
        id: id + 1,
        next: [...Array(30).keys()].map((n) => n + 1).filter((n) => n !== id + 1),
        target: false,
    }));
    const {arrows, right, left} = placeArrows(listArrows(stages));
    expect(arrows).toHaveLength(30 * 29);
    for (const side of ["right", "left"]) {
        const own = arrows.filter((arrow) => arrow.side === side);
        const clash = own.some((arrow, i) =>
            own
                .slice(0, i)
                .some((other) => other.lane === arrow.lane && overlap(arrow, other))
        );
        expect(clash).toBe(false);
    }
    expect(right).toBeGreaterThan(0);
    expect(left).toBeGreaterThan(0);
});

test("the stage that comes by itself is an arrow too, archived ones are none", () => {
    const arrows = listArrows([
        {id: 7, next: [9, 99], target: 8},
        {id: 8, next: [], target: false},
        {id: 9, next: [7], target: 7},
    ]);
    expect(arrows.map(({key, isAuto}) => [key, isAuto])).toEqual([
        ["7-9", false],
        ["7-8", true],
        ["9-7", true],
    ]);
    const {arrows: placed} = placeArrows(arrows);
    expect(placed.map(({side}) => side)).toEqual(["right", "straight", "left"]);
    expect(arrowPath(placed[1], 10, 110)).toBe("M 50 54 V 73");
    expect(arrowPath(placed[0], 10, 110)).toMatch(/^M 110 36 H/);
    expect(arrowPath(placed[2], 10, 110)).toMatch(/^M 10 170 H/);
});
