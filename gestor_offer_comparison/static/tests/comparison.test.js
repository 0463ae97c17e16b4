import {describe, expect, test} from "@odoo/hoot";
import {queryAll, queryAllTexts} from "@odoo/hoot-dom";
import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

defineMailModels();

function makeLine(quantity, price) {
    return {
        title: "Lamp",
        quantity,
        uom: "pcs",
        price,
        discount: 0,
        amount: quantity * price,
    };
}

function makeColumn(id, title, total, isProposed) {
    return {
        order_id: id,
        title,
        is_proposed: isProposed,
        currency_id: 1,
        totals: {
            amount_untaxed: total,
            amount_tax: 0,
            amount_total: total,
            margin: 1,
            margin_percent: 0.25,
        },
    };
}

const TABLE = {
    title: "",
    reference: 0,
    columns: [makeColumn(7, "Basic", 100, true), makeColumn(8, "Full", 150, false)],
    rows: [
        {
            title: "Lamp",
            differs: true,
            cells: [
                {line: makeLine(1, 10), status: "same", changes: []},
                {line: makeLine(2, 10), status: "changed", changes: ["quantity"]},
            ],
        },
        {
            title: "Cable",
            differs: false,
            cells: [
                {line: makeLine(1, 5), status: "same", changes: []},
                {line: makeLine(1, 5), status: "same", changes: []},
            ],
        },
        {
            title: "Switch",
            differs: true,
            cells: [
                {line: null, status: "absent", changes: []},
                {line: makeLine(1, 5), status: "added", changes: []},
            ],
        },
    ],
};

async function open(isEditable, tables = [TABLE]) {
    onRpc("gestor.offer", "get_comparison", ({args}) => {
        expect.step(`compare ${args[0][0]} ${args[1]}`);
        return {title: "OF/1", is_editable: isEditable, tables};
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "gestor_offer_comparison",
        context: {gestor_offer_id: 5, gestor_version_ids: []},
    });
    await animationFrame();
    expect.verifySteps(["compare 5 "]);
}

describe("comparison of offers", () => {
    test("what differs is marked and the rest can be left out", async () => {
        await open(false);
        expect(".o_gestor_comparison_row").toHaveCount(3);
        expect(queryAllTexts(".o_gestor_marked")).toEqual(["2 pcs"]);
        expect("td.o_gestor_added").toHaveCount(1);
        await contains("#gestor_only_differences").click();
        expect(queryAllTexts(".o_gestor_comparison_row td:first-child")).toEqual([
            "Lamp",
            "Switch",
        ]);
    });

    test("totals are told with the difference to the proposed variant", async () => {
        await open(false);
        const last = queryAllTexts("tfoot tr:last-child td");
        expect(last[0]).toBe("—");
        expect(last[1]).toMatch(/^\+.*50/);
    });

    test("a reader has no buttons that change", async () => {
        await open(false);
        expect(queryAll(".fa-pencil").length).toBe(2);
        expect(".fa-star-o, .fa-copy").toHaveCount(0);
    });

    test("a seller proposes another variant and sees it", async () => {
        onRpc("sale.order", "action_gestor_propose", ({args}) => {
            expect.step(`propose ${args[0][0]}`);
            return true;
        });
        await open(true);
        await contains(".fa-star-o").click();
        await animationFrame();
        expect.verifySteps(["propose 8", "compare 5 "]);
    });

    test("tables without differences say so", async () => {
        const same = {...TABLE, rows: [TABLE.rows[1]]};
        await open(false, [same]);
        await contains("#gestor_only_differences").click();
        expect(".o_gestor_comparison tbody").toHaveText("No differences");
    });
});
