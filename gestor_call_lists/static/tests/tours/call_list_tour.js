import {registry} from "@web/core/registry";

const name = (client) => `.o_gestor_calls_name:contains(Tour ${client})`;

registry.category("web_tour.tours").add("gestor_call_lists_keyboard", {
    steps: () => [
        {
            content: "the first client is shown, with what to say",
            trigger: `.o_gestor_calls:has(.o_gestor_calls_script:contains(Good morning)) ${name("A")}`,
            run: "press 1",
        },
        {
            content: "a digit has served her; the comment gets a digit as text",
            trigger: `.o_gestor_calls:has(.o_gestor_calls_served:contains(1 / 3)) ${name("B")}`,
            run: "press n",
        },
        {
            trigger: "#gestor_calls_note:focus",
            run: "edit Room 2",
        },
        {
            trigger: "#gestor_calls_note:focus",
            run: "press Enter",
        },
        {
            content: "he is to be called again in a week",
            trigger: `.o_gestor_calls:has(#gestor_calls_note:not(:focus)) ${name("B")}`,
            run: "press r",
        },
        {
            trigger: "#gestor_calls_again:not(:value(''))",
        },
        {
            trigger: name("B"),
            run: "press 2",
        },
        {
            content: "the last one is served by mistake",
            trigger: name("C"),
            run: "press 1",
        },
        {
            content: "nobody is left now; the mistake is taken back",
            trigger:
                ".o_gestor_calls:has(.o_gestor_calls_served:contains(2 / 3)) .o_gestor_calls_end",
            run: "press u",
        },
        {
            trigger: `.o_gestor_calls:has(.o_gestor_calls_served:contains(1 / 3)) ${name("C")}`,
            run: "press p",
        },
        {
            content: "a pause, and on",
            trigger: ".o_gestor_calls_pause",
            run: "press p",
        },
        {
            content: "the right result this time",
            trigger: name("C"),
            run: "press 5",
        },
        {
            content: "the part of the user is done",
            trigger: ".o_gestor_calls_end",
            run: "press d",
        },
        {
            content: "and the screen is left",
            trigger: "body:not(:has(.o_gestor_calls))",
        },
    ],
});
