import {registry} from "@web/core/registry";

/** Drag what is under the step to another hour of its day. */
async function dropAtNoon({drag_and_drop: dragAndDrop}) {
    await dragAndDrop(".fc-timegrid-slot-lane[data-time='12:30:00']", {
        position: {top: 2},
        relative: true,
    });
}

registry.category("web_tour.tours").add("gestor_calendar", {
    steps: () => [
        {
            content: "a new user has the work week",
            trigger: "[data-mode=work_week].active",
        },
        {
            content: "see one day",
            trigger: "[data-mode=day]",
            run: "click",
        },
        {
            content: "drag the meeting to another hour",
            trigger: ".fc-timeGridDay-view .o_event:contains('Tour meeting')",
            run: dropAtNoon,
        },
        {
            trigger: ".o_event:contains('Tour meeting'):not(:contains('9:00'))",
        },
        {
            content: "leave meetings out",
            trigger: "input[data-kind=calendar_event]",
            run: "click",
        },
        {
            trigger: ".o_gestor_calendar_grid:not(:contains('Tour meeting'))",
        },
        {
            content: "and show them again",
            trigger: "input[data-kind=calendar_event]:not(:checked)",
            run: "click",
        },
        {
            trigger: ".o_event:contains('Tour meeting')",
        },
        {
            content: "make something now",
            trigger: ".o_gestor_calendar_new",
            run: "click",
        },
        {
            content: "choose what, and have its form",
            trigger:
                ".modal .btn:contains('Calendar event'), .modal .o_field_widget[name=name]",
            async run({anchor, click}) {
                if (anchor.matches(".btn")) {
                    await click();
                }
            },
        },
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Tour lunch",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "the calendar has it",
            trigger: "body:not(:has(.modal)) .o_event:contains('Tour lunch')",
        },
        {
            content: "see the month, which is remembered",
            trigger: "[data-mode=month]",
            run: "click",
        },
        {
            trigger: ".fc-dayGridMonth-view .o_event:contains('Tour meeting')",
        },
        {
            content: "do something with many things of a day",
            trigger: "[data-menu-xmlid='gestor_calendar.gestor_calendar_menu_root']",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='gestor_calendar.gestor_calendar_day_menu']",
            run: "click",
        },
        {
            trigger: ".o_gestor_day:contains('Tour meeting')",
        },
    ],
});
