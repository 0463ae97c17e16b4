import {
    contains,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {GestorSubstitutionSystray} from "@gestor_base/substitution/substitution_systray.esm";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {session} from "@web/session";

defineMailModels();

test("substitute is reminded whom he stands in for", async () => {
    patchWithCleanup(session, {
        gestor_substitution: {
            is_away: false,
            acting_for: [
                {name: "Ala", until: "17.07.2026"},
                {name: "Bea", until: false},
            ],
        },
    });
    await mountWithCleanup(GestorSubstitutionSystray);
    expect(".o_gestor_substitution").toHaveText("Ala, Bea");
    await contains(".o_gestor_substitution").click();
    expect(".dropdown-item").toHaveCount(2);
    expect(".dropdown-item:first").toHaveText("You stand in for Ala until 17.07.2026");
});

test("who is away switches the substitution off", async () => {
    patchWithCleanup(session, {
        gestor_substitution: {is_away: true, acting_for: []},
    });
    mockService("action", {doAction: (action) => expect.step(action.tag)});
    onRpc("res.users", "action_gestor_back", () => ({
        type: "ir.actions.client",
        tag: "reload_context",
    }));
    await mountWithCleanup(GestorSubstitutionSystray);
    expect(".o_gestor_substitution").toHaveText("You are away");
    await contains(".o_gestor_substitution").click();
    await contains(".dropdown-item").click();
    expect.verifySteps(["reload_context"]);
});
