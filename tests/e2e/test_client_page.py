"""What clients get wrong on the page of an offer, over real HTTP, many at once."""

import base64
import io
import threading
from pathlib import Path

import pytest
import requests
from PIL import Image, ImageDraw

SCRIPT = (Path(__file__).parent / "offer_script.py").read_text()
STATE = "env['gestor.offer'].browse({id}).read(['state', 'accepted_order_id'])[0]"


@pytest.fixture
def offer(live_server, request):
    """Return a sent offer with two variants: ids, path of the page, token."""
    return live_server.shell(SCRIPT, LABEL=request.node.name)


@pytest.fixture(scope="module")
def signature():
    """Return a drawn signature as the page sends it."""
    picture = Image.new("RGBA", (300, 90), (255, 255, 255, 0))
    ImageDraw.Draw(picture).line((20, 60, 150, 20, 280, 60), fill="navy", width=4)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return base64.b64encode(stream.getvalue()).decode()


def accept(server, offer, variant, signature, name="Prezes"):
    """Answer as the page does; return the result of the call."""
    params = {"name": name, "signature": signature}
    answer = requests.post(
        f"{server.url}/my/offers/{offer['id']}/accept/{variant}",
        params={"access_token": offer["token"]},
        json={"jsonrpc": "2.0", "method": "call", "params": params},
        timeout=120,
    )
    assert answer.status_code == 200
    return answer.json()["result"]


def state(server, offer):
    """Return what the database says about the offer."""
    return server.shell(f"print(json.dumps({STATE.format(**offer)}))")


def test_two_people_accept_two_variants_at_once(live_server, offer, signature):
    answers = {}

    def sign(variant):
        answers[variant] = accept(live_server, offer, variant, signature)

    people = [threading.Thread(target=sign, args=(v,)) for v in offer["variants"]]
    for person in people:
        person.start()
    for person in people:
        person.join()
    winners = [v for v, answer in answers.items() if "redirect_url" in answer]
    losers = [answer["error"] for answer in answers.values() if "error" in answer]
    assert len(winners) == 1 and len(losers) == 1, answers
    assert "zaakceptowana" in losers[0]
    facts = state(live_server, offer)
    assert facts["state"] == "accepted"
    assert facts["accepted_order_id"][0] == winners[0]
    assert "ERROR" not in live_server.log


def test_second_click_changes_nothing(live_server, offer, signature):
    variant = offer["variants"][0]
    assert "redirect_url" in accept(live_server, offer, variant, signature)
    before = state(live_server, offer)
    assert "zaakceptowana" in accept(live_server, offer, variant, signature)["error"]
    assert state(live_server, offer) == before


def test_forged_and_missing_links_reveal_nothing(live_server, offer):
    page = f"{live_server.url}/my/offers/{offer['id']}"
    for query in ({"access_token": "0" * 36}, {"access_token": ""}, {}):
        answer = requests.get(page, params=query, timeout=60)
        assert answer.status_code == 404
        assert "Drukarka" not in answer.text
    unknown = requests.get(page + "999", params={"access_token": "x"}, timeout=60)
    assert unknown.status_code == 404


def test_old_link_of_a_withdrawn_offer(live_server, offer, signature):
    url = live_server.url + offer["path"]
    assert requests.get(url, timeout=60).status_code == 200
    live_server.shell(
        "env['gestor.offer'].browse(ID).action_reset_to_draft(); env.cr.commit()",
        ID=offer["id"],
    )
    assert requests.get(url, timeout=60).status_code == 404
    answer = accept(live_server, offer, offer["variants"][0], signature)
    assert "error" in answer
    assert state(live_server, offer)["state"] == "draft"


def test_expired_offer_cannot_be_accepted(live_server, offer, signature):
    live_server.shell(
        "env['gestor.offer'].browse(ID).write({'date_from': '2020-01-01',"
        " 'date_to': '2020-01-31'}); env.cr.commit()",
        ID=offer["id"],
    )
    page = requests.get(live_server.url + offer["path"], timeout=60)
    assert page.status_code == 200
    assert "o_gestor_offer_accept" not in page.text
    answer = accept(live_server, offer, offer["variants"][0], signature)
    assert "31.01.2020" in answer["error"]
    assert state(live_server, offer)["state"] == "sent"


def test_incomplete_signatures_are_refused(live_server, offer, signature):
    no_picture = base64.b64encode(b"not a picture").decode()
    for name, drawn in ((" ", signature), ("Prezes", ""), ("Prezes", no_picture)):
        answer = accept(live_server, offer, offer["variants"][0], drawn, name)
        assert answer["error"], (name, drawn)
    assert state(live_server, offer)["state"] == "sent"
