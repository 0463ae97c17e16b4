import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("gestor_pl_register_fetch", {
    url: "/odoo/gestor-clients/new",
    steps: () => [
        {
            content: "type nothing but the NIP",
            trigger: ".o_field_widget[name=vat] input",
            run: "edit 526-104-08-28",
        },
        {
            content: "ask the registers, with the number still being typed",
            trigger: ".o_widget_gestor_fetch_button button",
            run: "click",
        },
        {
            content: "one register failed and says why",
            trigger: ".modal tr:contains('VAT payers'):contains('503')",
        },
        {
            content: "the other one has found the firm",
            trigger: ".modal tr:contains('Street'):contains('ul. Piotrkowska 12/3')",
        },
        {
            content: "leave the phone out",
            trigger: ".modal tr:contains('Phone') .o_field_boolean_toggle input",
            run: "click",
        },
        {
            trigger: ".modal tr.text-muted:contains('Phone')",
        },
        {
            content: "make the client",
            trigger: ".modal footer button:contains('Create client')",
            run: "click",
        },
        {
            content: "the client is saved and open",
            trigger:
                ".o_form_view .o_field_widget[name=street] input:value('ul. Piotrkowska 12/3')",
        },
    ],
});
