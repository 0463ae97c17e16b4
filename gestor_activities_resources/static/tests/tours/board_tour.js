import {registry} from "@web/core/registry";

/** Drop what is dragged in the middle of the week of Bea. */
async function dropOnBea({drag_and_drop: dragAndDrop}) {
    await dragAndDrop(".o_gestor_plan_row:contains('Tour Bea') .o_gestor_plan_track", {
        position: {top: 20, left: 400},
        relative: true,
    });
}

registry.category("web_tour.tours").add("gestor_activities_resources_board", {
    steps: () => [
        {
            content: "give the visit to Bea",
            trigger: ".o_gestor_plan_item:contains('Tour visit')",
            run: dropOnBea,
        },
        {
            content: "she has it",
            trigger:
                ".o_gestor_plan_row:contains('Tour Bea') .o_gestor_plan_item:contains('Tour visit')",
        },
        {
            content: "give her what nobody does yet",
            trigger: ".o_gestor_board_card:contains('Tour call')",
            run: dropOnBea,
        },
        {
            content: "the call overlaps the visit: that is asked about",
            trigger: ".modal:contains('Not planned') .btn:contains('Plan anyway')",
            run: "click",
        },
        {
            content: "she has that too",
            trigger:
                ".o_gestor_plan_row:contains('Tour Bea') .o_gestor_plan_item:contains('Tour call')",
        },
        {
            content: "the list is done with it",
            trigger: ".o_gestor_board_side:not(:contains('Tour call'))",
        },
        {
            content: "the car of the trip is taken all other time",
            trigger: ".o_gestor_plan_item:contains('Tour trip')",
            run: dropOnBea,
        },
        {
            content: "so it is refused",
            trigger:
                ".modal:contains('Tour van') .btn:contains('Plan without the resources')",
        },
        {
            trigger: ".modal .btn:contains('Leave as it was')",
            run: "click",
        },
        {
            content: "and stays with Adam",
            trigger:
                ".o_gestor_plan_row:contains('Tour Adam') .o_gestor_plan_item:contains('Tour trip')",
        },
    ],
});
