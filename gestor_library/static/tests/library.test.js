import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {
    animationFrame,
    queryOne,
    setInputFiles,
    waitFor,
    waitForNone,
} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {fileUploadService} from "@web/core/file_upload/file_upload_service";
import {session} from "@web/session";

class LibraryContent extends models.Model {
    _name = "library.content";

    name = fields.Char();

    _records = [{id: 11, name: "Price list.pdf"}];
}

class LibraryFile extends models.Model {
    _name = "gestor.library.file";

    name = fields.Char();
    attachment_id = fields.Many2one({relation: "library.content"});
    mimetype = fields.Char();
    file_size = fields.Integer();

    _records = [
        {
            id: 1,
            name: "Price list",
            attachment_id: 11,
            mimetype: "application/pdf",
            file_size: 2048,
        },
    ];
    _views = {
        list: `<list>
            <field name="name"/><field name="file_size" widget="gestor_file_size"/>
        </list>`,
        search: `<search/>`,
    };
}

class LibraryUse extends models.Model {
    _name = "gestor.library.use";

    name = fields.Char();
}

defineMailModels();
defineModels([LibraryContent, LibraryFile, LibraryUse]);

const LIST = `<list js_class="gestor_library_list" create="0">
    <widget name="gestor_library_thumbnail" options="{'small': True}"/>
    <field name="name"/>
    <field name="file_size" widget="gestor_file_size"/>
</list>`;

/** Requests that wait until the test answers them. */
function mockXhrs() {
    const xhrs = [];
    patchWithCleanup(fileUploadService, {
        createXhr() {
            const xhr = new EventTarget();
            Object.assign(xhr, {upload: new EventTarget(), open() {}, status: 200});
            xhr.send = (data) => xhrs.push({xhr, data});
            xhr.answer = async (result) => {
                xhr.response = JSON.stringify({
                    files: [],
                    known: [],
                    errors: [],
                    ...result,
                });
                xhr.dispatchEvent(new Event("load"));
                await animationFrame();
            };
            return xhr;
        },
    });
    return xhrs;
}

async function choose(...names) {
    await contains(".o_gestor_library_upload input", {visible: false}).click();
    await setInputFiles(names.map((name) => new File(["x"], name)));
    await animationFrame();
}

test("files go up one after the other, with progress and an answer each", async () => {
    const messages = [];
    mockService("notification", {add: (text) => messages.push(text)});
    const xhrs = mockXhrs();
    await mountView({type: "list", resModel: "gestor.library.file", arch: LIST});
    await choose("first.pdf", "second.pdf");
    expect(xhrs.length).toBe(1);
    await waitFor(".o_gestor_library_progress");
    expect(".o_gestor_library_progress").toHaveText(/1 \/ 2\s*first\.pdf/);
    const progress = new Event("progress");
    Object.assign(progress, {loaded: 3, total: 4});
    xhrs[0].xhr.upload.dispatchEvent(progress);
    await animationFrame();
    expect(queryOne(".progress-bar").style.width).toBe("75%");
    await xhrs[0].xhr.answer({known: [{id: 1, name: "Price list"}]});
    await waitFor(".o_gestor_library_progress:contains(second)");
    expect(".o_gestor_library_progress").toHaveText(/2 \/ 2\s*second\.pdf/);
    await xhrs[1].xhr.answer({errors: ["The file is empty"]});
    await waitForNone(".o_gestor_library_progress");
    expect(messages.map(String)).toEqual([
        "In the library already: Price list",
        "The file is empty",
    ]);
});

test("a file over the limit is not sent", async () => {
    patchWithCleanup(session, {max_file_upload_size: 0.5});
    const messages = [];
    mockService("notification", {add: (text) => messages.push(text)});
    const xhrs = mockXhrs();
    await mountView({type: "list", resModel: "gestor.library.file", arch: LIST});
    await choose("large.pdf");
    expect(xhrs.length).toBe(0);
    expect(messages.length).toBe(1);
});

test("a click on the thumbnail shows the file", async () => {
    await mountView({type: "list", resModel: "gestor.library.file", arch: LIST});
    expect(".o_data_cell[name=file_size]").toHaveText("2.00 Kb");
    await contains(".o_gestor_library_thumbnail").click();
    expect(".o-FileViewer").toHaveCount(1);
    expect(".o-FileViewer iframe").toHaveCount(1);
});

test("documents take several files from the library at once", async () => {
    onRpc("add_to_document", ({args}) => {
        expect.step(args);
        return args[2].length;
    });
    await mountView({
        type: "list",
        resModel: "gestor.library.use",
        arch: `<list js_class="gestor_library_use_list"><field name="name"/></list>`,
        context: {gestor_base_library_document: ["res.partner", 7]},
    });
    await contains(".o_gestor_library_add").click();
    await contains(".modal .o_data_row .o_list_record_selector input").click();
    await waitFor(".modal .o_select_button:enabled");
    await contains(".modal .o_select_button").click();
    await expect.waitForSteps([["res.partner", 7, [1]]]);
});
