import {registry} from "@web/core/registry";

/** Open the links of the paper "Tour", link it with a secret, see the edge. */
registry.category("web_tour.tours").add("test_gestor_link", {
    steps: () => [
        {trigger: "button[name=action_gestor_links]", run: "click"},
        {
            trigger: ".o_control_panel button:contains(Link with a document)",
            run: "click",
        },
        {
            trigger: ".modal [name=target] select",
            run: "select test.gestor.secret",
        },
        {
            trigger: ".modal [name=target] .o-autocomplete--input",
            run: "edit Tour secret",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Tour secret)",
            run: "click",
        },
        {trigger: ".modal [name=kind] input", run: "edit proof"},
        {trigger: ".modal button[name=action_link]", run: "click"},
        {trigger: ".o_data_row:contains(Tour secret):contains(proof)"},
    ],
});
