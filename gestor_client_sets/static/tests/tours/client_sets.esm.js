import {registry} from "@web/core/registry";

/** A set is made from the list of clients, and the list is filtered by it. */
registry.category("web_tour.tours").add("gestor_client_sets_tour", {
    url: "/odoo/gestor-clients",
    steps: () => [
        {
            content: "choose the clients",
            trigger: ".o_list_view .o_data_row:first .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_cp_action_menus .dropdown-toggle:has(.fa-cog)",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu .o-dropdown-item:contains('Add to client set')",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name='name'] input",
            run: "edit Moi klienci",
        },
        {
            trigger: ".modal button[name='action_collect']",
            run: "click",
        },
        {
            content: "the set opens, with its clients counted",
            trigger:
                ".o_form_view button[name='action_open_clients'] .o_stat_value:contains(1)",
        },
        {
            trigger: ".o_form_view button[name='action_open_clients']",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:only-of-type",
        },
    ],
});

/** What is to fix opens the card of the client at the right field. */
registry.category("web_tour.tours").add("gestor_client_sets_fix_tour", {
    url: "/odoo/gestor-to-fix",
    steps: () => [
        {
            trigger: ".o_list_view .o_data_row button[name='action_fix']",
            run: "click",
        },
        {
            content: "the cursor stands in the field",
            trigger: ".o_form_view .o_gestor_to_mend[name='zip'] input:focus",
        },
    ],
});
