import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {expect, press, queryAll, queryFirst, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

const stage = (id, name, vals = {}) => ({
    id,
    name,
    color: 0,
    outcome: "open",
    next: [],
    target: false,
    mails: 0,
    sms: 0,
    activities: 0,
    is_reason_required: false,
    ...vals,
});

const DIAGRAM = {
    can_edit: true,
    is_free: false,
    stages: [
        stage(11, "New", {next: [12]}),
        stage(12, "Work", {target: 13, activities: 1, mails: 2, sms: 1}),
        stage(13, "Done", {outcome: "won"}),
    ],
};

class Scenario extends models.Model {
    _name = "gestor.scenario";

    name = fields.Char();
    diagram = fields.Json({readonly: true});

    _records = [
        {id: 1, name: "Papers", diagram: DIAGRAM},
        {id: 2, name: "Read only", diagram: {...DIAGRAM, can_edit: false}},
        {id: 3, name: "Free", diagram: {...DIAGRAM, is_free: true}},
    ];
}

class Stage extends models.Model {
    _name = "gestor.scenario.stage";

    name = fields.Char();
    sequence = fields.Integer();

    _records = DIAGRAM.stages.map(({id, name}) => ({id, name}));
    _views = {form: `<form><field name="name"/></form>`};
}

defineMailModels();
defineModels([Scenario, Stage]);

const mountEditor = (resId = 1) =>
    mountView({
        type: "form",
        resModel: "gestor.scenario",
        resId,
        arch: `<form>
            <field name="name"/>
            <field name="diagram" widget="gestor_scenario_editor"/>
        </form>`,
    });

const keys = () => queryAll(".o_gestor_arrow").map((el) => el.dataset.key);

/** Note the commands the server is told. */
function stepWrites() {
    onRpc("gestor.scenario.stage", "write", ({args}) => {
        expect.step(JSON.stringify(args));
        return true;
    });
}

test("boxes show order, outcome and what happens by itself", async () => {
    await mountEditor();
    expect(".o_gestor_stage_box").toHaveCount(3);
    expect(".o_gestor_stage_box:eq(2)").toHaveClass("o_gestor_outcome_won");
    expect(".o_gestor_stage_box:eq(2)").toHaveText(/Ended well/);
    for (const icon of ["clock-o", "envelope-o", "mobile", "magic"]) {
        expect(`.o_gestor_stage_box:eq(1) .fa-${icon}`).toHaveCount(1);
    }
    expect(".o_gestor_stage_box:eq(0) .o_gestor_stage_icons i").toHaveCount(0);
    expect(keys()).toEqual(["11-12", "12-13"]);
    expect(".o_gestor_arrow_auto").toHaveAttribute("data-key", "12-13");
    expect(".o_gestor_stage_box:eq(0)").toHaveAttribute(
        "aria-label",
        "New, next: Work"
    );
});

test("keyboard allows a move and forbids it", async () => {
    stepWrites();
    await mountEditor();
    queryFirst(".o_gestor_stage_box[data-id='13']").focus();
    await press("c");
    await animationFrame();
    expect(".o_gestor_stage_source").toHaveAttribute("data-id", "13");
    expect(".o_gestor_stage_allow").toHaveCount(2);
    await press("ArrowUp");
    await press("ArrowUp");
    await press("Enter");
    await animationFrame();
    expect.verifySteps([`[[13],{"next_stage_ids":[[4,11]]}]`]);

    queryFirst(".o_gestor_stage_box[data-id='11']").focus();
    await press("c");
    await animationFrame();
    expect(".o_gestor_stage_forbid").toHaveAttribute("data-id", "12");
    await press("ArrowDown");
    await press("c");
    await animationFrame();
    expect.verifySteps([`[[11],{"next_stage_ids":[[3,12]]}]`]);
});

test("Escape gives up drawing a move", async () => {
    stepWrites();
    await mountEditor();
    queryFirst(".o_gestor_stage_box[data-id='11']").focus();
    await press("c");
    await animationFrame();
    await press("Escape");
    await animationFrame();
    expect(".o_gestor_stage_source").toHaveCount(0);
    expect.verifySteps([]);
});

test("mouse drags the dot to another stage", async () => {
    stepWrites();
    await mountEditor();
    await contains("[data-id='11'] .o_gestor_stage_dot").dragAndDrop(
        ".o_gestor_stage_box[data-id='13']"
    );
    await animationFrame();
    expect.verifySteps([`[[11],{"next_stage_ids":[[4,13]]}]`]);
});

test("Alt and arrow reorder the stages", async () => {
    onRpc("gestor.scenario.stage", "web_resequence", ({args}) => {
        expect.step(JSON.stringify(args[0]));
        return [];
    });
    await mountEditor();
    queryFirst(".o_gestor_stage_box[data-id='12']").focus();
    await press(["Alt", "ArrowUp"]);
    await animationFrame();
    expect.verifySteps(["[12,11,13]"]);
    queryFirst(".o_gestor_stage_box[data-id='13']").focus();
    await press(["Alt", "ArrowDown"]);
    await animationFrame();
    expect.verifySteps([]);
});

test("grip drags a stage to another place", async () => {
    onRpc("gestor.scenario.stage", "web_resequence", ({args}) => {
        expect.step(JSON.stringify(args[0]));
        return [];
    });
    await mountEditor();
    await contains("[data-id='13'] .o_gestor_stage_grip").dragAndDrop(
        ".o_gestor_stage_box[data-id='11']"
    );
    await animationFrame();
    expect.verifySteps(["[13,11,12]"]);
});

test("click opens the stage, a new one begins empty", async () => {
    await mountEditor();
    await contains(".o_gestor_stage_box[data-id='12']").click();
    expect(".modal .o_field_widget[name=name] input").toHaveValue("Work");
    await contains(".modal .btn-close").click();
    await contains(".o_gestor_stage_add").click();
    expect(".modal-title").toHaveText("New stage");
    expect(".modal .o_field_widget[name=name] input").toHaveValue("");
});

test("who may not change the scenario only looks at it", async () => {
    await mountEditor(2);
    expect(".o_gestor_stage_box").toHaveCount(3);
    expect(".o_gestor_stage_add").toHaveCount(0);
    expect(".o_gestor_stage_dot").toHaveCount(0);
    expect(".o_gestor_stage_grip").toHaveCount(0);
    queryFirst(".o_gestor_stage_box").focus();
    await press("c");
    await animationFrame();
    expect(".o_gestor_stage_source").toHaveCount(0);
});

test("free moves are told, not drawn", async () => {
    await mountEditor(3);
    expect(keys()).toEqual(["12-13"]);
    expect(".o_gestor_stage_dot").toHaveCount(0);
    expect(".o_gestor_scenario_editor").toHaveText(/from any stage to any other/);
});
