import {registry} from "@web/core/registry";

function transfer(name) {
    const data = new DataTransfer();
    data.items.add(new File([`content of ${name}`], name, {type: "text/plain"}));
    return data;
}

/** Upload a file by button, drop another one, put one more on a paper. */
registry.category("web_tour.tours").add("test_gestor_library", {
    steps: () => [
        {
            trigger: "label.o_gestor_library_upload",
            run() {
                const input = this.anchor.querySelector("input");
                input.files = transfer("Chosen.txt").files;
                input.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        {trigger: ".o_kanban_record:contains(Chosen)"},
        {
            trigger: ".o_kanban_renderer",
            run() {
                this.anchor.dispatchEvent(
                    new DragEvent("dragenter", {
                        bubbles: true,
                        dataTransfer: transfer("Dropped.txt"),
                    })
                );
            },
        },
        {
            trigger: ".o_gestor_library_drop",
            run() {
                this.anchor.dispatchEvent(
                    new DragEvent("drop", {
                        bubbles: true,
                        dataTransfer: transfer("Dropped.txt"),
                    })
                );
            },
        },
        {trigger: ".o_kanban_record:contains(Dropped)"},
        {
            trigger: ".o_kanban_record:contains(Dropped) .o_gestor_library_thumbnail",
            run: "click",
        },
        {trigger: ".o-FileViewer"},
        {trigger: ".o-FileViewer .o-FileViewer-headerButton i.fa-times", run: "click"},
    ],
});

registry.category("web_tour.tours").add("test_gestor_library_document", {
    steps: () => [
        {trigger: "button[name=action_gestor_library]", run: "click"},
        {trigger: ".o_gestor_library_add", run: "click"},
        {trigger: ".modal .o_data_row:contains(Terms) input", run: "click"},
        {trigger: ".modal .o_select_button", run: "click"},
        {trigger: ".o_data_row:contains(Terms)"},
    ],
});
