import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("gestor_self_booking", {
    steps: () => [
        {
            content: "choose the longer visit",
            trigger: "a.btn:contains(60 min)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "choose the person",
            trigger: "a.btn-primary:contains(60 min)",
        },
        {
            trigger: "a.btn:contains(Tour Host)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "a.btn-primary:contains(Tour Host)",
        },
        {
            content: "choose the first free hour",
            trigger: "#hours a.btn-outline-primary:first",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "say who comes",
            trigger: "input[name=name]",
            run: "edit Jan Nowy",
        },
        {
            trigger: "input[name=email]",
            run: "edit jan@tour.example",
        },
        {
            trigger: "button[type=submit]:contains(Book)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "h1:contains(The visit is booked)",
        },
        {
            content: "move it",
            trigger: "a[href$='/move']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#hours a.btn-outline-primary:last",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "button[type=submit]:contains(Move the visit)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".alert-success",
        },
        {
            content: "and cancel it",
            trigger: "a[href$='/cancel']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "h1:contains(Cancel this visit?)",
        },
        {
            trigger: "button[type=submit]:contains(Cancel the visit)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "h1:contains(The visit is cancelled)",
        },
    ],
});
