import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

class ParticipantRole extends models.Model {
    _name = "gestor.participant.role";

    name = fields.Char();

    _records = [
        {id: 1, name: "Reviewer"},
        {id: 2, name: "Advisor"},
    ];
}

class Participant extends models.Model {
    _name = "gestor.participant";

    user_id = fields.Many2one({relation: "paper.colleague"});
    role_id = fields.Many2one({relation: "gestor.participant.role"});
    role_color = fields.Integer();
    res_id = fields.Integer();

    _records = [{id: 1, user_id: 101, role_id: 1, role_color: 4, res_id: 1}];
    _views = {
        form: `<form><field name="user_id"/><field name="role_id"/></form>`,
    };
}

class Paper extends models.Model {
    _name = "gestor.paper";

    name = fields.Char();
    gestor_participant_ids = fields.One2many({
        relation: "gestor.participant",
        relation_field: "res_id",
    });

    _records = [{id: 1, name: "Paper", gestor_participant_ids: [1]}];
}

class Colleague extends models.Model {
    _name = "paper.colleague";

    name = fields.Char();

    _records = [
        {id: 101, name: "Ala"},
        {id: 102, name: "Bea"},
    ];
}

defineMailModels();
defineModels([ParticipantRole, Participant, Paper, Colleague]);

const FORM = {
    type: "form",
    resModel: "gestor.paper",
    resId: 1,
    arch: `<form><field name="gestor_participant_ids" widget="gestor_participants"/></form>`,
};

test("participants show their name, role and picture", async () => {
    await mountView(FORM);
    expect(".o_gestor_participants .o_tag").toHaveCount(1);
    expect(".o_gestor_participants .o_tag").toHaveText("Ala\nReviewer");
    expect(".o_gestor_participants .o_tag.o_tag_color_4 img").toHaveCount(1);
});

test("dialog adds a participant, the cross removes one", async () => {
    onRpc("gestor.paper", "web_save", ({args}) => {
        expect(args[1].gestor_participant_ids.map(([command]) => command)).toEqual([
            0, 2,
        ]);
        expect.step("saved");
    });
    await mountView(FORM);
    await contains(".o_gestor_participant_add").click();
    expect(".modal .modal-title").toHaveText("Add a participant");
    await contains(".modal [name=user_id] input").edit("Bea", {confirm: false});
    await contains(".o-autocomplete--dropdown-item:contains('Bea')").click();
    await contains(".modal [name=role_id] input").click();
    await contains(".o-autocomplete--dropdown-item:contains('Advisor')").click();
    await contains(".modal .o_form_button_save").click();
    expect(".o_gestor_participants .o_tag").toHaveCount(2);
    await contains(".o_gestor_participants .o_tag:first .o_delete").click();
    expect(".o_gestor_participants .o_tag").toHaveCount(1);
    await contains(".o_form_button_save").click();
    expect.verifySteps(["saved"]);
});

test("name of a participant opens the dialog to change the role", async () => {
    await mountView(FORM);
    await contains(".o_gestor_participants .o_tag a").click();
    await contains(".modal [name=role_id] input").click();
    await contains(".o-autocomplete--dropdown-item:contains('Advisor')").click();
    await contains(".modal .o_form_button_save").click();
    expect(".o_gestor_participants .o_tag").toHaveText("Ala\nAdvisor");
});

test("readonly form offers no changes", async () => {
    await mountView({...FORM, arch: FORM.arch.replace("<form>", '<form edit="0">')});
    expect(".o_gestor_participants .o_tag").toHaveCount(1);
    expect(".o_gestor_participant_add, .o_gestor_participants .o_delete").toHaveCount(
        0
    );
});
