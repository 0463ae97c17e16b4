import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {runAllTimers} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";

class LinkCreate extends models.Model {
    _name = "gestor.link.create";
    target = fields.Reference({selection: [["res.partner", "Client"]]});
    _records = [{id: 1}];
}

defineMailModels();
defineModels([LinkCreate]);

const HITS = [
    {model: "res.partner", id: 7, title: "Alfa", subtitle: "NIP 525", icon: "fa-user"},
    {model: "sale.order", id: 2, title: "S2", subtitle: "Alfa", icon: "fa-file-o"},
];

async function type(text) {
    await contains(".o-autocomplete--input").edit(text, {confirm: false});
    await runAllTimers();
}

test("a document is found by a word; what cannot be linked is left out", async () => {
    onRpc("gestor.search", "search_everywhere", ({args}) => {
        expect.step(args[0]);
        return args[0] === "none" ? [] : HITS;
    });
    onRpc("gestor.link.create", "web_save", ({args}) => {
        expect.step(args[1].target);
        return [{id: 1}];
    });
    await mountView({
        resModel: "gestor.link.create",
        resId: 1,
        type: "form",
        arch: `<form><field name="target" widget="gestor_document_search"/></form>`,
    });
    await type("al");
    expect(".o-autocomplete--dropdown-item").toHaveText(/three characters/);
    await type("none");
    expect(".o-autocomplete--dropdown-item").toHaveText(/Nothing found/);
    await type("alfa");
    expect(queryAllTexts(".o-autocomplete--dropdown-item")).toEqual([
        "AlfaClient · NIP 525",
    ]);
    await contains(".o-autocomplete--dropdown-item a").click();
    expect(".o-autocomplete--input").toHaveValue("Alfa");
    await contains(".o_form_button_save").click();
    expect.verifySteps(["none", "alfa", "res.partner,7"]);
});
