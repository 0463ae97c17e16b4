import {
    contains,
    mockService,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";
import {defineMailModels, start, startServer} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
import {session} from "@web/session";
import {waitFor} from "@odoo/hoot-dom";

defineMailModels();

const JOB = {
    id: 7,
    name: "Send offers",
    state: "running",
    total: 200,
    done: 50,
    failed: 10,
    percent: 30,
    seconds_left: 150,
};

async function startClient(jobs = []) {
    onRpc("gestor.job", "get_my_jobs", () => jobs);
    patchWithCleanup(session, {gestor_has_jobs: Boolean(jobs.length)});
    const pyEnv = await startServer();
    await start();
    return async (payload) => {
        pyEnv["bus.bus"]._sendone(serverState.partnerId, "gestor.job/progress", {
            ...JOB,
            ...payload,
        });
        await animationFrame();
    };
}

test("without work there is nothing to see", async () => {
    await startClient();
    expect(".o_gestor_jobs").toHaveCount(0);
});

test("panel shows bar, numbers and time left of the running work", async () => {
    await startClient([JOB]);
    await waitFor(".o_gestor_jobs");
    expect(".o_gestor_jobs_count").toHaveText("1");
    await contains(".o_gestor_jobs").click();
    expect(".o_gestor_job").toHaveText(/Send offers[\s\S]*30%/);
    expect(".o_gestor_job").toHaveText(/Done: 50 \/ 200[\s\S]*Failed: 10/);
    expect(".o_gestor_job_status").toHaveText("Time left: 3 min");
    expect(".o_gestor_job [role=progressbar]").toHaveAttribute("aria-valuenow", "30");
});

test("progress arrives by itself, and the end is told", async () => {
    const send = await startClient();
    await send({state: "waiting", done: 0, failed: 0, percent: 0});
    await waitFor(".o_gestor_jobs");
    await contains(".o_gestor_jobs").click();
    expect(".o_gestor_job_status").toHaveText("Waiting");
    await send({});
    await waitFor(".o_gestor_job:contains(30%)");
    expect(".o_notification").toHaveCount(0);
    await send({state: "partial", done: 190, percent: 100, seconds_left: 0});
    await waitFor(".o_notification");
    expect(".o_notification").toHaveText(/Send offers[\s\S]*Done: 190, failed: 10/);
    expect(".o_gestor_job_status").toHaveText("Partly failed");
    expect(".o_gestor_jobs_count").toHaveCount(0);
});

test("work that no runner serves says so", async () => {
    await startClient([{...JOB, state: "waiting", is_runner_missing: true}]);
    await waitFor(".o_gestor_jobs");
    await contains(".o_gestor_jobs").click();
    expect(".o_gestor_job_status").toHaveText(/no job runner/);
});

test("click opens the results, ended work is cleared", async () => {
    mockService("action", {
        doAction: (action) => expect.step([action.res_model, action.res_id]),
    });
    onRpc("gestor.job", "action_dismiss", ({args}) => {
        expect.step(args[0]);
        return true;
    });
    await startClient([JOB, {...JOB, id: 8, state: "done"}]);
    await waitFor(".o_gestor_jobs");
    await contains(".o_gestor_jobs").click();
    await contains(".o_gestor_jobs_dismiss").click();
    expect.verifySteps([[8]]);
    expect(".o_gestor_job").toHaveCount(1);
    await contains(".o_gestor_job").click();
    expect.verifySteps([["gestor.job", 7]]);
    expect(".o_gestor_jobs_panel").toHaveCount(0);
});
