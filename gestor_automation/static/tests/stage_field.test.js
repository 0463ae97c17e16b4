import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {expect, queryAllTexts, test} from "@odoo/hoot";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

class Scenario extends models.Model {
    _name = "gestor.scenario";

    name = fields.Char();

    _records = [{id: 1, name: "Papers"}];
}

class Stage extends models.Model {
    _name = "gestor.scenario.stage";

    name = fields.Char();
    scenario_id = fields.Many2one({relation: "gestor.scenario"});
    is_folded = fields.Boolean();
    is_reason_required = fields.Boolean();

    _records = [
        {id: 11, name: "New", scenario_id: 1},
        {id: 12, name: "Work", scenario_id: 1},
        {id: 13, name: "Done", scenario_id: 1},
        {id: 14, name: "Lost", scenario_id: 1, is_reason_required: true},
        {id: 15, name: "Foreign", scenario_id: false},
    ];
}

class Paper extends models.Model {
    _name = "gestor.paper";

    name = fields.Char();
    scenario_id = fields.Many2one({relation: "gestor.scenario"});
    stage_id = fields.Many2one({relation: "gestor.scenario.stage"});
    stage_path = fields.Json();

    _records = [
        {
            id: 1,
            name: "Paper",
            scenario_id: 1,
            stage_id: 12,
            stage_path: {next: [13, 14], hours: {11: 50.5, 12: 1.25}},
        },
    ];
}

defineMailModels();
defineModels([Scenario, Stage, Paper]);

const mountPaper = () =>
    mountView({
        type: "form",
        resModel: "gestor.paper",
        resId: 1,
        arch: `<form><header>
            <field name="stage_id" widget="gestor_stage"/>
        </header></form>`,
    });

const button = (name) => `.o_statusbar_status button[role=radio]:contains(${name})`;

test("bar has the stages of the scenario and opens those that may follow", async () => {
    await mountPaper();
    expect(queryAllTexts(".o_statusbar_status button[role=radio]").reverse()).toEqual([
        "New",
        "Work",
        "Done",
        "Lost",
    ]);
    expect(button("New")).not.toBeEnabled();
    expect(button("Work")).not.toBeEnabled();
    expect(button("Done")).toBeEnabled();
    expect(button("Lost")).toBeEnabled();
});

test("passed stages carry a dot and the time spent there", async () => {
    await mountPaper();
    expect(button("New")).toHaveClass("o_gestor_stage_passed");
    expect(button("New")).toHaveAttribute(
        "data-tooltip",
        "Time in this stage: 2 d 2 h"
    );
    expect(button("Work")).not.toHaveClass("o_gestor_stage_passed");
    expect(button("Work")).toHaveAttribute(
        "data-tooltip",
        "Time in this stage: 1 h 15 min"
    );
    expect(button("Done")).not.toHaveAttribute("data-tooltip");
});

test("click moves the document", async () => {
    onRpc("gestor.paper", "web_save", ({args}) => {
        expect.step(JSON.stringify(args[1]));
    });
    await mountPaper();
    await contains(button("Done")).click();
    expect.verifySteps([`{"stage_id":13}`]);
});

test("stage that needs a reason opens the dialog for it", async () => {
    onRpc("gestor.paper", "web_save", () => expect.step("save"));
    mockService("action", {
        doAction(action, options) {
            expect.step(action);
            expect(options.additionalContext).toEqual({
                active_model: "gestor.paper",
                active_ids: [1],
                default_stage_id: 14,
            });
        },
    });
    await mountPaper();
    await contains(button("Lost")).click();
    expect.verifySteps(["gestor_automation.gestor_scenario_move_action"]);
});
