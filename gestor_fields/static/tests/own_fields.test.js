import {
    clickSave,
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {queryAllTexts} from "@odoo/hoot-dom";

const NOTE = {
    name: "own_note",
    type: "char",
    string: "Note",
    gestor_required: true,
    gestor_hint: "Anything",
};
const REASON = {name: "own_reason", type: "char", string: "Reason"};
const TRADE = {
    name: "own_trade",
    type: "many2one",
    string: "Trade",
    comodel: "trade",
};

class Base extends models.Model {
    definition = fields.PropertiesDefinition();

    _records = [{id: 1, definition: [NOTE, TRADE]}];
}

class Paper extends models.Model {
    name = fields.Char();
    is_urgent = fields.Boolean();
    base_id = fields.Many2one({relation: "base"});
    gestor_properties = fields.Properties({
        definition_record: "base_id",
        definition_record_field: "definition",
    });

    _records = [
        {id: 1, name: "One", base_id: 1, gestor_properties: {own_note: "kept"}},
    ];
}

class Trade extends models.Model {
    name = fields.Char();

    _records = [
        {id: 1, name: "Bakery"},
        {id: 2, name: "Dairy"},
    ];
}

defineMailModels();
defineModels([Base, Paper, Trade]);

const labels = () => queryAllTexts("label.o_field_property_label");
const input = (name) => `[property-name=${name}] input`;

async function mountPaper() {
    onRpc("has_access", () => true);
    await mountView({
        resModel: "paper",
        type: "form",
        resId: 1,
        arch: `
            <form>
                <field name="is_urgent" on_change="1"/>
                <field name="base_id" invisible="1"/>
                <field name="gestor_properties" widget="gestor_own_fields" columns="2"/>
            </form>`,
    });
}

test("own fields stand under their title, with what is required and a hint", async () => {
    await mountPaper();
    expect(".o_horizontal_separator").toHaveText("OWN FIELDS");
    expect(labels().map((label) => label.split("*")[0].trim())).toEqual([
        "Note",
        "Trade",
    ]);
    expect("[property-name=own_note] .o_gestor_own_required").toHaveCount(1);
    expect("[property-name=own_trade] .o_gestor_own_required").toHaveCount(0);
    expect("[data-tooltip=Anything]").toHaveCount(1);
    expect(input("own_note")).toHaveValue("kept");
});

test("own fields are not defined on the document, values of dictionaries not made", async () => {
    await mountPaper();
    expect(".o_field_property_add button, .o_field_property_open_popover").toHaveCount(
        0
    );
    await contains(input("own_trade")).edit("Forge", {confirm: false});
    await animationFrame();
    expect(
        ".o_m2o_dropdown_option_create, .o_m2o_dropdown_option_create_edit"
    ).toHaveCount(0);
});

test("conditional own field comes and goes while the document is edited", async () => {
    const shown = (isUrgent) => [
        {...NOTE, value: "kept"},
        ...(isUrgent ? [{...REASON, value: "fire"}] : []),
    ];
    onRpc("paper", "onchange", ({args}) => ({
        value: {gestor_properties: shown(args[1].is_urgent)},
    }));
    onRpc("paper", "web_save", ({args}) => {
        const values = args[1].gestor_properties.map(({name, value}) => [name, value]);
        expect.step(JSON.stringify(values));
    });
    await mountPaper();
    await contains("[name=is_urgent] input").click();
    await animationFrame();
    expect(input("own_reason")).toHaveValue("fire");
    await contains(input("own_reason")).edit("flood");
    await clickSave();
    expect.verifySteps(['[["own_note","kept"],["own_reason","flood"]]']);
    await contains("[name=is_urgent] input").click();
    await animationFrame();
    expect("[property-name=own_reason]").toHaveCount(0);
    expect(input("own_note")).toHaveValue("kept");
});
