import {registry} from "@web/core/registry";

/** In Polish: an offer tells its client, its map leads to the client and back. */
registry.category("web_tour.tours").add("gestor_relation_map", {
    steps: () => [
        {trigger: ".o_gestor_info_closed .o_gestor_info_toggle", run: "click"},
        {trigger: ".o_form_view .o_gestor_info_client:contains(Żółw i Spółka)"},
        {trigger: ".o_gestor_info h6:contains(Sprawy otwarte)"},
        {trigger: "button[name=action_gestor_relation_map]", run: "click"},
        {trigger: ".o_gestor_map_level_0"},
        {trigger: ".o_gestor_map_node:contains(Wariant B)"},
        {
            trigger: ".o_gestor_map_kinds button:contains(Zamówienie sprzedaży)",
            run: "click",
        },
        {trigger: ".o_gestor_map:not(:has(.o_gestor_map_node:contains(Wariant B)))"},
        {
            trigger: ".o_gestor_map_level_1:contains(Żółw i Spółka)",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=name] :value(Żółw i Spółka)",
        },
        {trigger: ".o_back_button, .breadcrumb-item:contains(Mapa)", run: "click"},
        {trigger: ".o_gestor_map_level_0"},
    ],
});
