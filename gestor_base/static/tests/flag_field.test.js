import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

class GestorFlag extends models.Model {
    _name = "gestor.flag";

    name = fields.Char();

    _records = [
        {id: 1, name: "Urgent"},
        {id: 2, name: "To call"},
    ];
}

class GestorPaper extends models.Model {
    _name = "gestor.paper";

    name = fields.Char();
    gestor_flag_id = fields.Many2one({relation: "gestor.flag"});
    gestor_flag_note = fields.Char();
    gestor_flag_color = fields.Integer();
    gestor_flag_icon = fields.Char();

    _records = [
        {
            id: 1,
            name: "Flagged",
            gestor_flag_id: 1,
            gestor_flag_note: "Before noon",
            gestor_flag_color: 3,
            gestor_flag_icon: "fa-bolt",
        },
        {id: 2, name: "Plain"},
    ];
}

defineMailModels();
defineModels([GestorFlag, GestorPaper]);

const FORM = `<form><field name="gestor_flag_id" widget="gestor_flag"/></form>`;

test("flag shows its icon, colour, name and note", async () => {
    await mountView({type: "form", resModel: "gestor.paper", resId: 1, arch: FORM});
    expect(".o_gestor_flag i.fa-bolt.o_gestor_flag_color_3").toHaveCount(1);
    expect(".o_gestor_flag input").toHaveValue("Urgent");
    expect(".o_gestor_flag").toHaveAttribute("data-tooltip", "Urgent: Before noon");
});

test("document without a flag shows an outline and offers the flags", async () => {
    await mountView({type: "form", resModel: "gestor.paper", resId: 2, arch: FORM});
    expect(".o_gestor_flag i.fa-flag-o").toHaveCount(1);
    await contains(".o_gestor_flag input").click();
    expect(".o-autocomplete--dropdown-item:contains('To call')").toHaveCount(1);
    await contains(".o-autocomplete--dropdown-item:contains('To call')").click();
    expect(".o_gestor_flag input").toHaveValue("To call");
});

test("flag cannot be made or opened from a document", async () => {
    await mountView({type: "form", resModel: "gestor.paper", resId: 1, arch: FORM});
    expect(".o_gestor_flag .o_external_button").toHaveCount(0);
    await contains(".o_gestor_flag input").edit("Brand new", {confirm: false});
    expect(".o-autocomplete .o_m2o_dropdown_option_create").toHaveCount(0);
});

test("list can show the icon alone", async () => {
    await mountView({
        type: "list",
        resModel: "gestor.paper",
        arch: `<list>
            <field name="gestor_flag_id" widget="gestor_flag" options="{'icon_only': True}"/>
            <field name="name"/>
        </list>`,
    });
    expect(".o_data_row:eq(0) .o_gestor_flag i.fa-bolt").toHaveCount(1);
    expect(".o_data_row:eq(0) .o_gestor_flag").toHaveText("");
    expect(".o_data_row:eq(1) .o_gestor_flag i").toHaveCount(0);
});
