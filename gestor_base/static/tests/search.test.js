import {
    contains,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {animationFrame, runAllTimers} from "@odoo/hoot-mock";
import {WebClient} from "@web/webclient/webclient";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {press, queryAllTexts} from "@odoo/hoot-dom";
import {session} from "@web/session";

defineMailModels();

const KINDS = [
    {model: "res.partner", label: "Clients"},
    {model: "gestor.offer", label: "Offers"},
];
const HITS = [
    {
        model: "res.partner",
        id: 7,
        title: "Alfa",
        subtitle: "NIP 5252144764",
        icon: "fa-address-card-o",
        action: false,
    },
    {
        model: "gestor.offer",
        id: 3,
        title: "OF/1",
        subtitle: "",
        icon: "fa-file-text-o",
        action: {type: "ir.actions.client", tag: "own"},
    },
];

async function mountClient() {
    patchWithCleanup(session, {gestor_search_kinds: KINDS});
    onRpc("gestor.search", "search_everywhere", ({args}) => {
        expect.step(`search ${args[0]}`);
        return HITS;
    });
    mockService("action", {
        doAction(action) {
            expect.step(action.tag || `${action.res_model} ${action.res_id}`);
        },
        loadState() {
            return Promise.resolve(true);
        },
    });
    await mountWithCleanup(WebClient);
}

async function type(text) {
    await contains(".o_command_palette_search input").edit(text, {confirm: false});
    await runAllTimers();
    await animationFrame();
}

test("button in the bar opens the search; hits stand under their kinds", async () => {
    await mountClient();
    await contains(".o_gestor_search_button").click();
    expect(".o_command_palette .o_namespace:eq(0)").toHaveText("=");
    await type("525-21");
    expect.verifySteps(["search 525-21"]);
    expect(queryAllTexts(".o_command_category > span")).toEqual(["CLIENTS", "OFFERS"]);
    expect(".o_gestor_search_hit:eq(0) .fa-address-card-o").toHaveCount(1);
    expect(".o_gestor_search_hit:eq(0)").toHaveText(/Alfa\s+NIP 5252144764/);
    expect(".o_command:eq(0) a").toHaveAttribute("href", "/odoo/res.partner/7");
    expect(".o_command:eq(1) .o_gestor_search_subtitle").toHaveCount(0);
});

test("keyboard opens the first hit, or the next one with its own action", async () => {
    await mountClient();
    await contains(".o_gestor_search_button").click();
    await type("alf");
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["search alf", "res.partner 7"]);
    expect(".o_command_palette").toHaveCount(0);

    await contains(".o_gestor_search_button").click();
    await type("alf");
    await press("ArrowDown");
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["search alf", "own"]);
});

test("two characters ask the server nothing", async () => {
    await mountClient();
    await contains(".o_gestor_search_button").click();
    await type("al");
    expect(".o_command").toHaveCount(0);
    expect(".o_command_palette_listbox_empty").toHaveText(/at least three characters/);
    expect.verifySteps([]);
});

test("palette of commands leads over to the search", async () => {
    await mountClient();
    await press(["control", "k"]);
    await animationFrame();
    await type("alfa");
    expect(".o_command:contains('Search in Gestor: alfa')").toHaveCount(1);
    expect.verifySteps([]);
    await contains(".o_command:contains('Search in Gestor: alfa')").click();
    await animationFrame();
    expect(".o_command_palette_search input").toHaveValue("alfa");
    expect(".o_gestor_search_hit").toHaveCount(2);
    expect.verifySteps(["search alfa"]);
});

test("whoever does not work in Gestor has neither button nor search", async () => {
    await mountWithCleanup(WebClient);
    expect(".o_gestor_search_button").toHaveCount(0);
    await press(["control", "k"]);
    await animationFrame();
    await type("=alfa");
    expect(".o_command_palette .o_namespace:eq(0)").not.toHaveText("=");
    expect(".o_gestor_search_hit").toHaveCount(0);
});
