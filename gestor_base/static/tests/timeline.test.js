import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {defineMailModels, mailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame, mockDate} from "@odoo/hoot-mock";
import {WebClient} from "@web/webclient/webclient";
import {queryAllTexts} from "@odoo/hoot-dom";

defineMailModels();

const COUNTS = [
    {kind: "mail", label: "E-mail", icon: "fa-envelope-o", count: 1000, is_more: true},
    {kind: "note", label: "Note", icon: "fa-sticky-note-o", count: 2, is_more: false},
    {kind: "sms", label: "SMS", icon: "fa-mobile", count: 0, is_more: false},
];

function makeEntry(number, date, values = {}) {
    return {
        key: `mail.message,${number}`,
        date,
        is_day: false,
        kind: "mail",
        label: "E-mail",
        icon: "fa-envelope-o",
        title: `Letter ${number}`,
        summary: "Words",
        author_id: false,
        author: "Anna",
        model: "res.partner",
        id: 501,
        document: "",
        ...values,
    };
}

const PAGES = [
    {
        entries: [
            makeEntry(1, "2026-03-02 09:30:00"),
            makeEntry(2, "2026-03-02 08:00:00", {is_day: true}),
            makeEntry(3, "2026-03-01 08:00:00"),
        ],
        cursor: ["2026-03-01T08:00:00", "mail.message", 3],
    },
    {entries: [makeEntry(4, "2026-02-28 08:00:00")], cursor: false},
];

async function openTimeline(pages = PAGES) {
    mockDate("2026-03-03 12:00:00", 0);
    mailModels.ResPartner._records.push({id: 501, name: "Alfa"});
    onRpc("gestor.history", "get_counts", () => COUNTS);
    onRpc("gestor.history", "get_page", ({args}) => {
        const {kinds, date_from: from, text} = args[1];
        expect.step([kinds.join("+"), from || "", text, args[2]?.[2] || ""].join("|"));
        return args[2] ? pages[1] : pages[0];
    });
    // what is in sight depends on the window: pages are asked for by the button here
    patchWithCleanup(window, {
        IntersectionObserver: class {
            observe() {}
            disconnect() {}
        },
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "gestor_base.timeline",
        context: {gestor_base_history_partner: 501},
    });
    await animationFrame();
}

test("entries stand under months and days", async () => {
    await openTimeline();
    expect.verifySteps(["|||"]);
    expect(queryAllTexts(".o_gestor_timeline_month")).toEqual(["March 2026"]);
    expect(".o_gestor_timeline_day").toHaveCount(2);
    expect(".o_gestor_timeline_day:eq(0) li").toHaveCount(2);
    expect(".o_gestor_timeline_author:eq(0)").toHaveText(/09:30/);
    expect(".o_gestor_timeline_author:eq(1)").not.toHaveText(/:/);
    expect(queryAllTexts(".o_gestor_timeline_kinds .badge")).toEqual(["1000+", "2"]);
});

test("older entries follow the ones there are", async () => {
    await openTimeline();
    await contains(".o_gestor_timeline_more").click();
    await animationFrame();
    expect.verifySteps(["|||", "|||3"]);
    expect(".o_gestor_timeline_entry").toHaveCount(4);
    expect(".o_gestor_timeline_month").toHaveCount(2);
    expect(".o_gestor_timeline_more").toHaveCount(0);
});

test("kinds, period and text filter", async () => {
    await openTimeline();
    await contains(".o_gestor_timeline_kinds button:contains(Note)").click();
    await contains(".o_gestor_timeline_kinds button:contains(E-mail)").click();
    await contains(".o_gestor_timeline_kinds button:contains(Note)").click();
    await contains(".o_gestor_timeline_period").select("2026-02-24");
    await contains(".o_gestor_timeline_text").edit("pump", {confirm: false});
    await advanceTime(400);
    expect.verifySteps([
        "|||",
        "note|||",
        "note+mail|||",
        "mail|||",
        "mail|2026-02-24||",
        "mail|2026-02-24|pump|",
    ]);
});

test("an empty history says so, and says it otherwise when it is filtered", async () => {
    await openTimeline([{entries: [], cursor: false}]);
    expect(".o_gestor_timeline_empty").toHaveText(/Nothing has been done/);
    await contains(".o_gestor_timeline_kinds button:eq(0)").click();
    await animationFrame();
    expect(".o_gestor_timeline_empty").toHaveText(/Nothing matches/);
    expect.verifySteps(["|||", "mail|||"]);
});

test("an address without a client shows an empty page", async () => {
    await mountWithCleanup(WebClient);
    await getService("action").doAction("gestor_base.timeline");
    await animationFrame();
    expect(".o_gestor_timeline_empty").toHaveText(/No client is chosen/);
    expect(".o_gestor_timeline_text").toHaveCount(0);
});

test("a click opens the document", async () => {
    await openTimeline();
    patchWithCleanup(getService("action"), {
        doAction(request) {
            expect.step(`${request.res_model} ${request.res_id}`);
        },
    });
    await contains(".o_gestor_timeline_entry:eq(0)").click();
    expect.verifySteps(["|||", "res.partner 501"]);
});
