import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {animationFrame, expect, press, queryAllTexts, test} from "@odoo/hoot";
import {click} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

const CHIP = '<span class="gestor_autotext" data-id="client_name">Client name</span>';

class GestorLetter extends models.Model {
    _name = "gestor.letter";

    name = fields.Char();
    model = fields.Char();
    body_html = fields.Html({trim: true});

    _records = [
        {id: 1, name: "Empty", model: "gestor.paper", body_html: "<p>Dear </p>"},
        {id: 2, name: "Full", body_html: `<p>Dear ${CHIP}</p>`},
    ];
}

defineMailModels();
defineModels([GestorLetter]);

const FORM = `<form>
    <field name="model" invisible="1"/>
    <field name="body_html" widget="gestor_html"
        options="{'autotext_model_field': 'model'}"/>
</form>`;

onRpc("gestor.autotext", "get_picker_items", ({args}) => {
    expect.step(`items of ${args[0]}`);
    return [
        {code: "client_name", name: "Client name", group: "Client", names: ["Nazwa"]},
        {code: "client_city", name: "Client city", group: "Client", names: ["Łódź"]},
        {code: "today", name: "Today", group: "Dates", names: ["Dzisiaj", "Today"]},
    ];
});

async function openPicker(resId = 1) {
    await mountView({type: "form", resModel: "gestor.letter", resId, arch: FORM});
    await contains(".odoo-editor-editable p").click();
    await contains(".gestor_autotext_insert").click();
}

test("autotexts stand in groups and are found by a name in any language", async () => {
    await openPicker();
    expect.verifySteps(["items of gestor.paper"]);
    expect(queryAllTexts(".gestor_autotext_list h6")).toEqual(["Client", "Dates"]);
    await contains(".modal input").edit("lodz", {confirm: false});
    expect(queryAllTexts(".gestor_autotext_item")).toEqual(["Client city"]);
    await contains(".modal input").edit("nothing", {confirm: false});
    expect(".gestor_autotext_item").toHaveCount(0);
    expect(".gestor_autotext_list p").toHaveCount(1);
});

test("chosen autotext stands in the text as a chip and is saved with its code", async () => {
    onRpc("gestor.letter", "web_save", ({args}) => {
        expect.step(args[1].body_html.includes('data-id="today"'));
    });
    await openPicker();
    await contains(".gestor_autotext_item:contains(Today)").click();
    expect(".modal").toHaveCount(0);
    expect(".odoo-editor-editable .gestor_autotext[data-id=today]").toHaveText("Today");
    await contains(".o_form_button_save").click();
    expect.verifySteps(["items of gestor.paper", true]);
});

test("keyboard alone is enough", async () => {
    await openPicker();
    expect(".gestor_autotext_item.btn-primary").toHaveText("Client name");
    await press("ArrowDown");
    await animationFrame();
    expect(".gestor_autotext_item.btn-primary").toHaveText("Client city");
    await press("Enter");
    await animationFrame();
    expect(".odoo-editor-editable .gestor_autotext").toHaveText("Client city");
    expect.verifySteps(["items of gestor.paper"]);
});

test("chip cannot be typed into", async () => {
    await mountView({type: "form", resModel: "gestor.letter", resId: 2, arch: FORM});
    expect(".gestor_autotext").toHaveAttribute("contenteditable", "false");
    await click(".gestor_autotext");
    expect(".gestor_autotext").toHaveText("Client name");
});
