import {
    contains,
    getService,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {
    click,
    defineMailModels,
    insertText,
    contains as mailContains,
    mailModels,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {Deferred, advanceTime, animationFrame} from "@odoo/hoot-mock";
import {browser} from "@web/core/browser/browser";
import {queryAllTexts} from "@odoo/hoot-dom";
import {user} from "@web/core/user";

defineMailModels();

const INFO = {
    client: {
        id: 7,
        name: "Alfa",
        facts: [
            {icon: "fa-phone", label: "Phone", value: "600 100 200", href: "tel:600"},
            {icon: "fa-user-o", label: "Guardian", value: "Anna", href: false},
        ],
    },
    sections: [
        {
            key: "activities",
            title: "To do",
            rows: [
                {
                    model: "res.partner",
                    id: 1,
                    title: "Call",
                    subtitle: "yesterday",
                    icon: "fa-phone",
                    is_late: true,
                },
            ],
        },
    ],
};

const choiceKey = () => `gestor_base.info_panel_${user.userId}`;

async function mountForm(info = INFO, choice = "open") {
    if (choice) {
        browser.localStorage.setItem(choiceKey(), choice);
    }
    onRpc("gestor.info", "get_info", ({args}) => {
        expect.step(`info ${args[1]}`);
        return info;
    });
    mailModels.ResPartner._records.push({id: 501, name: "One"}, {id: 502, name: "Two"});
    await mountView({
        resModel: "res.partner",
        type: "form",
        resId: 501,
        resIds: [501, 502],
        arch: `<form><sheet><field name="name"/></sheet><widget name="gestor_info_panel"/></form>`,
    });
    await animationFrame();
}

test("panel tells client and sections in one request", async () => {
    await mountForm();
    expect.verifySteps(["info 501"]);
    expect(".o_gestor_info_client a:eq(0)").toHaveText("Alfa");
    expect(".o_gestor_info_client a[href='tel:600']").toHaveText("600 100 200");
    expect(
        queryAllTexts(".o_gestor_info_activities .o_gestor_info_row span span")
    ).toEqual(["Call", "yesterday"]);
    expect(".o_gestor_info_row .text-danger").toHaveCount(2);
});

test("another document and a saved one are asked for again", async () => {
    await mountForm();
    await contains(".o_pager_next").click();
    await animationFrame();
    await contains(".o_field_widget[name=name] input").edit("New");
    await contains(".o_form_button_save").click();
    await animationFrame();
    await advanceTime(200);
    expect.verifySteps(["info 501", "info 502", "info 502"]);
});

test("on a screen without room the panel waits until it is asked for", async () => {
    await mountForm(INFO, null);
    expect(".o_gestor_info_body").toHaveCount(0);
    expect.verifySteps([]);
    await contains(".o_gestor_info_toggle").click();
    expect(browser.localStorage.getItem(choiceKey())).toBe("open");
    expect.verifySteps(["info 501"]);
});

test("a closed panel stays closed for this user and asks for nothing", async () => {
    await mountForm();
    await contains(".o_gestor_info_toggle").click();
    expect(".o_gestor_info_body").toHaveCount(0);
    expect(browser.localStorage.getItem(choiceKey())).toBe("closed");
    await contains(".o_pager_next").click();
    await animationFrame();
    expect.verifySteps(["info 501"]);
    await contains(".o_gestor_info_toggle").click();
    expect.verifySteps(["info 502"]);
    expect(".o_gestor_info_body").toHaveCount(1);
});

async function openFormWithChatter(chatter) {
    browser.localStorage.setItem(choiceKey(), "open");
    const pyEnv = await startServer();
    const partnerId = pyEnv["res.partner"].create({name: "Alfa"});
    let client = {id: 7, name: "Before", facts: []};
    onRpc("gestor.info", "get_info", () => {
        expect.step("info");
        return {client, sections: []};
    });
    await start();
    await openFormView("res.partner", partnerId, {
        arch: `<form><sheet><field name="name"/></sheet><widget name="gestor_info_panel"/>${chatter}</form>`,
    });
    await mailContains(".o_gestor_info_client a", {text: "Before"});
    expect.verifySteps(["info"]);
    client = {...client, name: "After"};
}

async function logNote() {
    await click("button", {text: "Log note"});
    await insertText(".o-mail-Composer-input", "Called");
    await click(".o-mail-Composer button:enabled", {text: "Log"});
    await mailContains(".o-mail-Message", {text: "Called"});
}

test("panel asks once when it opens and once for what the chatter says", async () => {
    await openFormWithChatter("<chatter/>");
    await logNote();
    expect(".o_gestor_info_client a:eq(0)").toHaveText("Before");
    await advanceTime(200);
    await mailContains(".o_gestor_info_client a", {text: "After"});
    await advanceTime(2000);
    expect.verifySteps(["info"]);
});

test("panel asks once for a message after which the form is read again", async () => {
    await openFormWithChatter(`<chatter reload_on_post="True"/>`);
    const slow = new Deferred();
    onRpc("res.partner", "web_read", async () => {
        expect.step("form");
        await slow;
    });
    await logNote();
    await advanceTime(1000);
    // the form is not there yet, and the panel waits for it
    expect.verifySteps(["form"]);
    slow.resolve();
    await animationFrame();
    await advanceTime(200);
    await mailContains(".o_gestor_info_client a", {text: "After"});
    await advanceTime(2000);
    expect.verifySteps(["info"]);
});

test("panel on the client's own card does not repeat its head", async () => {
    await mountForm({...INFO, client: {id: 501, name: "One", facts: []}});
    expect(".o_gestor_info_client").not.toHaveText(/One/);
    expect(".o_gestor_info_history").toHaveCount(1);
    expect.verifySteps(["info 501"]);
});

test("panel leads to the time line of the client", async () => {
    await mountForm();
    patchWithCleanup(getService("action"), {
        doAction(request, {additionalContext}) {
            expect.step(`${request} ${additionalContext.gestor_base_history_partner}`);
        },
    });
    await contains(".o_gestor_info_history").click();
    expect.verifySteps(["info 501", "gestor_base.gestor_history_action 7"]);
});

test("panel with nothing to tell says so", async () => {
    await mountForm({client: false, sections: []});
    expect(".o_gestor_info_body p").toHaveCount(1);
    expect.verifySteps(["info 501"]);
});
