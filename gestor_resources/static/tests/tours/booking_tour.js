import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("gestor_resources_booking", {
    url: "/odoo/gestor-booking-plan",
    steps: () => [
        {
            content: "book from the plan",
            trigger: ".o_gestor_plan_new",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Visit in Gdynia",
        },
        {
            trigger: ".modal .o_field_widget[name=resource_id] input",
            run: "edit Tour van",
        },
        {
            trigger: ".ui-autocomplete a:contains('Tour van')",
            run: "click",
        },
        {
            content: "confirm: the booking is saved first",
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            trigger: ".modal .o_arrow_button_current:contains('Confirmed')",
        },
        {
            trigger: ".modal .btn-close",
            run: "click",
        },
        {
            content: "the plan has it",
            trigger: ".o_gestor_plan_confirmed:contains('Visit in Gdynia')",
        },
    ],
});
