import {
    BOX,
    getBounds,
    getCapacity,
    getNext,
    layOut,
} from "@gestor_base/relation_map/relation_layout.esm";
import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {
    manuallyDispatchProgrammaticEvent,
    press,
    queryAllTexts,
    queryOne,
} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {WebClient} from "@web/webclient/webclient";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

defineMailModels();

const LABELS = ["Client", "Offer", "Message", "Invoice"];

/** A map of two levels whose outer nodes hang on the inner ones in turn. */
function makeMap(inner, outer) {
    const nodes = [];
    const edges = [];
    for (let index = 0; index <= inner + outer; index++) {
        const level = index === 0 ? 0 : index <= inner ? 1 : 2;
        nodes.push({
            key: `res.partner,${index}`,
            model: "res.partner",
            id: index,
            level,
            label: LABELS[index % LABELS.length],
            name: `Node ${index}`,
            info: "sent",
            icon: "fa-file-o",
            action: false,
            hidden: false,
        });
        const parent = level === 1 ? 0 : 1 + (index % inner);
        if (level) {
            edges.push({
                from: `res.partner,${parent}`,
                to: `res.partner,${index}`,
                kind: "offer",
            });
        }
    }
    return {nodes, edges};
}

function countOverlaps(places) {
    const boxes = [...places.values()];
    return boxes.reduce(
        (count, first, index) =>
            count +
            boxes
                .slice(index + 1)
                .filter(
                    (second) =>
                        Math.abs(first.x - second.x) < BOX.width - 0.01 &&
                        Math.abs(first.y - second.y) < BOX.height - 0.01
                ).length,
        0
    );
}

async function openMap(map, asked = []) {
    onRpc("gestor.relation.map", "get_map", ({args}) => {
        asked.push(args);
        return map;
    });
    await mountWithCleanup(WebClient);
    const opened = [];
    const action = getService("action");
    await action.doAction({
        type: "ir.actions.client",
        tag: "gestor_base.relation_map",
        context: {gestor_base_link_origin: ["gestor.offer", 3]},
    });
    patchWithCleanup(action, {
        doAction(request) {
            opened.push(request);
            return Promise.resolve();
        },
    });
    await animationFrame();
    return opened;
}

describe("layout", () => {
    test("nodes never overlap, few or many", () => {
        for (const [inner, outer] of [
            [0, 0],
            [1, 0],
            [3, 4],
            [7, 1],
            [30, 60],
            [110, 90],
        ]) {
            const {nodes, edges} = makeMap(inner, outer);
            const places = layOut(nodes, edges);
            expect(places.size).toBe(1 + inner + outer);
            expect(countOverlaps(places)).toBe(0);
        }
    });

    test("the same map gets the same places, in whatever order it comes", () => {
        const {nodes, edges} = makeMap(20, 40);
        const first = layOut(nodes, edges);
        const again = layOut([nodes[0], ...nodes.slice(1).reverse()], edges);
        for (const [key, place] of first) {
            expect(again.get(key)).toEqual(place);
        }
    });

    test("the document is in the middle and levels are around each other", () => {
        const {nodes, edges} = makeMap(5, 20);
        const places = layOut(nodes, edges);
        const distance = ({key}) => {
            const {x, y} = places.get(key);
            return Math.hypot(x / BOX.width, y / BOX.height);
        };
        expect(distance(nodes[0])).toBe(0);
        const inner = nodes.filter(({level}) => level === 1).map(distance);
        const outer = nodes.filter(({level}) => level === 2).map(distance);
        expect(Math.max(...inner)).toBeLessThan(Math.min(...outer));
    });

    test("rings hold more the wider they are; bounds hold all nodes", () => {
        expect([1, 2, 3].map(getCapacity)).toEqual([6, 12, 18]);
        const places = new Map([
            ["a", {x: 0, y: 0}],
            ["b", {x: 300, y: -100}],
        ]);
        expect(getBounds(places)).toEqual({
            left: -BOX.width / 2,
            top: -100 - BOX.height / 2,
            width: 300 + BOX.width,
            height: 100 + BOX.height,
        });
    });

    test("an arrow goes to the nearest node in its direction", () => {
        const places = new Map([
            ["middle", {x: 0, y: 0}],
            ["right", {x: 200, y: 10}],
            ["far", {x: 500, y: 0}],
            ["below", {x: 10, y: 100}],
        ]);
        expect(getNext(places, "middle", "ArrowRight")).toBe("right");
        expect(getNext(places, "middle", "ArrowDown")).toBe("below");
        expect(getNext(places, "right", "ArrowRight")).toBe("far");
        expect(getNext(places, "middle", "ArrowUp")).toBe(undefined);
    });
});

test("two hundred nodes are drawn", async () => {
    const asked = [];
    await openMap(makeMap(110, 90), asked);
    expect(asked).toEqual([["gestor.offer", 3]]);
    expect(".o_gestor_map_node").toHaveCount(201);
    expect(".o_gestor_map_edge").toHaveCount(200);
    expect(".o_gestor_map_edge text").toHaveCount(0);
});

test("names of a few edges are shown, of many only at the node pointed at", async () => {
    await openMap(makeMap(2, 0));
    expect(queryAllTexts(".o_gestor_map_edge text")).toEqual(["offer", "offer"]);
});

test("pointing at a node lights up its edges and dims the strangers", async () => {
    await openMap(makeMap(20, 20));
    queryOne("[data-key='res.partner,1']").focus();
    await animationFrame();
    expect(".o_gestor_map_lit").toHaveCount(2);
    expect(".o_gestor_map_edge text").toHaveCount(2);
    expect(".o_gestor_map_faint").toHaveCount(41 - 3);
});

test("click and Enter open the document", async () => {
    const opened = await openMap(makeMap(3, 0));
    await contains("[data-key='res.partner,2']").click();
    expect(opened).toEqual([]);
    await advanceTime(300);
    expect(opened[0]).toMatchObject({res_model: "res.partner", res_id: 2});
    await press("Enter");
    await advanceTime(300);
    expect(opened).toHaveLength(2);
});

test("double click and Space put a node in the middle", async () => {
    const asked = [];
    const opened = await openMap(makeMap(3, 0), asked);
    await contains("[data-key='res.partner,2']").dblclick();
    await advanceTime(300);
    queryOne("[data-key='res.partner,3']").focus();
    await press(" ");
    await advanceTime(300);
    expect(asked.slice(1)).toEqual([
        ["res.partner", 2],
        ["res.partner", 3],
    ]);
    expect(opened).toEqual([]);
});

test("kinds are switched off and on", async () => {
    await openMap(makeMap(8, 0));
    expect(".o_gestor_map_node").toHaveCount(9);
    await contains(".o_gestor_map_kinds button:contains(Message)").click();
    expect(".o_gestor_map_node").toHaveCount(7);
    expect(".o_gestor_map_edge").toHaveCount(6);
    await contains(".o_gestor_map_kinds button:contains(Message)").click();
    expect(".o_gestor_map_node").toHaveCount(9);
});

test("the rest of a kind opens as a list", async () => {
    const map = makeMap(2, 0);
    Object.assign(map.nodes[2], {id: 0, name: "and 3 more", hidden: [7, 8, 9]});
    const opened = await openMap(map);
    await contains(".o_gestor_map_rest").click();
    await advanceTime(300);
    expect(opened[0].domain).toEqual([["id", "in", [7, 8, 9]]]);
    expect(".o_gestor_map_kinds button:contains(Message) .badge").toHaveText("3");
});

test("a document without relations says so", async () => {
    await openMap(makeMap(0, 0));
    expect(".o_gestor_map_empty").toHaveCount(1);
});

test("arrow keys go from node to node, plus zooms", async () => {
    await openMap(makeMap(4, 0));
    queryOne("[data-key='res.partner,0']").focus();
    await press("ArrowRight");
    expect(document.activeElement.dataset.key).not.toBe("res.partner,0");
    const before = queryOne(".o_gestor_map_paper").style.transform;
    await contains(".o_gestor_map_zoom button:eq(1)").click();
    expect(queryOne(".o_gestor_map_paper").style.transform).not.toBe(before);
    await manuallyDispatchProgrammaticEvent(
        queryOne(".o_gestor_map_canvas"),
        "keydown",
        {
            key: "0",
        }
    );
    await animationFrame();
    expect(queryOne(".o_gestor_map_paper").style.transform).toBe(before);
});
