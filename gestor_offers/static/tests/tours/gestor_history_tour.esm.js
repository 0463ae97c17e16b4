import {registry} from "@web/core/registry";

/** In Polish: the history of a client, its offers only, one of them opened. */
registry.category("web_tour.tours").add("gestor_history", {
    steps: () => [
        {trigger: ".o_gestor_info_closed .o_gestor_info_toggle", run: "click"},
        {trigger: ".o_gestor_info_history:contains(Historia kontaktów)", run: "click"},
        {trigger: ".o_gestor_timeline_entry:contains(Proces ofertowy)"},
        {
            trigger: ".o_gestor_timeline_kinds button:contains(Oferta)",
            run: "click",
        },
        {
            trigger:
                ".o_gestor_timeline:not(:has(.o_gestor_timeline_entry:contains(Proces ofertowy)))",
        },
        {trigger: ".o_gestor_timeline_entry:contains(OF/)", run: "click"},
        {trigger: ".o_form_view .o_field_widget[name=order_ids]"},
    ],
});
