import {registry} from "@web/core/registry";

const INPUT = ".o_command_palette_search input";

/** In Polish: find an offer by its number and a client by NIP, open the client. */
registry.category("web_tour.tours").add("gestor_search_everywhere", {
    steps: () => [
        {trigger: ".o_form_view .o_field_widget[name=name]"},
        {trigger: ".o_gestor_search_button", run: "click"},
        {trigger: `.o_command_palette .o_namespace:contains(=)`},
        {trigger: INPUT, run: "edit OF/TOUR"},
        {
            trigger:
                ".o_command_category:contains(Oferty) .o_gestor_search_hit:contains(OF/TOUR/0001)",
        },
        {trigger: INPUT, run: "edit 525-21-44-764"},
        {
            trigger:
                ".o_command_category:contains(Klienci) .o_gestor_search_hit:contains(Gżegżółka)",
        },
        {trigger: INPUT, run: "press Enter"},
        {
            trigger: ".o_form_view .o_field_widget[name=name] :value(Zakład Gżegżółka)",
        },
    ],
});
