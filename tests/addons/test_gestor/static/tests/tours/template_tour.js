import {registry} from "@web/core/registry";

/** Begin a case with the template "Big case", name it, save it. */
registry.category("web_tour.tours").add("test_gestor_template", {
    steps: () => [
        {trigger: ".o_cp_action_menus button", run: "click"},
        {trigger: ".o_gestor_new_from_template", run: "click"},
        {trigger: ".modal .o_data_cell:contains(Big case)", run: "click"},
        {trigger: ".o_field_widget[name=line_ids] .o_data_cell:contains(First)"},
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit Made in the browser",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved"},
    ],
});
