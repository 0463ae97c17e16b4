import {registry} from "@web/core/registry";

/** Move the paper "Tour" on, then to a stage that asks for the reason. */
registry.category("web_tour.tours").add("test_gestor_scenario", {
    steps: () => [
        {trigger: ".o_statusbar_status button:disabled:contains(Lost)"},
        {
            trigger: ".o_statusbar_status button:enabled:contains(Work)",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status button:enabled:contains(Lost)",
            run: "click",
        },
        {trigger: ".modal [name=reason] input", run: "edit Too dear"},
        {trigger: ".modal button[name=action_move]", run: "click"},
        {trigger: ".o_arrow_button_current:contains(Lost)"},
        {trigger: "[name=scenario_history_ids] .o_data_row:contains(Too dear)"},
    ],
});

/** Add two stages: the second one follows the first by itself. */
registry.category("web_tour.tours").add("test_gestor_scenario_editor", {
    steps: () => [
        {trigger: ".o_gestor_stage_add", run: "click"},
        {trigger: ".modal [name=name] input", run: "edit Received"},
        {trigger: ".modal .o_form_button_save", run: "click"},
        {trigger: ".o_gestor_stage_box:contains(Received)"},
        {trigger: "body:not(:has(.modal)) .o_gestor_stage_add", run: "click"},
        {trigger: ".modal [name=name] input", run: "edit Repaired"},
        {trigger: ".modal .o_form_button_save", run: "click"},
        {trigger: ".o_gestor_stage_box:contains(Repaired)"},
        {
            trigger:
                "body:not(:has(.modal)) .o_gestor_arrow:not(:visible), .o_gestor_arrow",
        },
    ],
});
