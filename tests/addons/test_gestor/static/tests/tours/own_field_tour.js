import {registry} from "@web/core/registry";

/** Choose a value of an own dictionary on a paper and write another own field. */
registry.category("web_tour.tours").add("test_gestor_own_fields", {
    steps: () => [
        {trigger: ".o_horizontal_separator:contains(Own fields)"},
        {trigger: ".o_property_field:contains(Main trade):has(.o_gestor_own_required)"},
        {
            trigger: ".o_property_field:contains(Main trade) .o_input",
            run: "edit Dai",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Dairy)",
            run: "click",
        },
        {
            trigger: ".o_property_field:contains(Note) .o_input",
            run: "edit From the browser",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved"},
        {trigger: ".o-mail-Message:contains(Dairy)"},
    ],
});
