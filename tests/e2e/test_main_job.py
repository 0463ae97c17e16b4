"""The main job, as a salesperson and a client do it, in a real browser.

From a client's file to a posted invoice: import, search, process, offer with two
variants, mail, the client's page, signature, order, invoice. The file is the shared
sample where it lies beside the project, else one that the project makes itself.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect
from smtp_mailbox import Mailbox
from web_client import PHONE, Screen, WebClient, browser

ROOT = Path(__file__).parents[2]
SHARED_SAMPLE = ROOT.parent / "shared" / "data" / "epp" / "subiekt_gt.epp"
EMAIL = "klient@klient.test"


@pytest.fixture(scope="module")
def mailbox():
    """Return the SMTP server that the company sends through."""
    with Mailbox() as opened:
        yield opened


@pytest.fixture(scope="module")
def site(live_server, mailbox):
    """Return the running server, set up by an administrator."""
    seed = (Path(__file__).parent / "seed.py").read_text()
    live_server.shell(seed, SMTP_PORT=mailbox.port, BASE_URL=live_server.url)
    return live_server


@pytest.fixture(scope="module")
def chromium():
    """Return a browser for all windows of the module."""
    with browser() as started:
        yield started


@pytest.fixture
def seller(chromium, site):
    """Return the web client of a salesperson with ordinary rights."""
    client = WebClient(chromium, site.url)
    client.log_in("handlowiec", "handlowiec")
    yield client
    client.close()


@pytest.fixture(scope="module")
def epp(tmp_path_factory):
    """Return an EDI++ file with at least 60 clients and 40 goods."""
    if SHARED_SAMPLE.exists():
        return SHARED_SAMPLE
    sys.path.insert(0, str(ROOT / "gestor_epp" / "tests"))
    import epp_sample

    path = tmp_path_factory.mktemp("epp") / "sample.epp"
    path.write_bytes(epp_sample.build(clients=60, goods=40))
    return path


def picture(screen, name, **options):
    """Keep a picture for the README when the run is told where to."""
    folder = os.environ.get("GESTOR_PICTURES")
    if folder:
        screen.picture(Path(folder) / f"{name}.png", **options)


def keep_print(pdf):
    """Keep the first page of a print as a picture, too."""
    folder = os.environ.get("GESTOR_PICTURES")
    if folder:
        command = ["pdftoppm", "-png", "-r", "80", "-f", "1", "-singlefile", "-"]
        subprocess.run([*command, Path(folder) / "print"], input=pdf, check=True)


def ask(site, expression):
    """Return what a Python expression about the database says, as JSON holds it."""
    return site.shell(f"print(json.dumps({expression}))")


def test_from_file_to_invoice(site, seller, mailbox, chromium, epp):
    import_file(site, seller, epp)
    start_process(site, seller)
    make_offer(seller, codes(site, 8))
    link = send_offer(seller, mailbox)
    choose_and_sign(chromium, site, link)
    see_decision(site, seller)
    invoice(seller)
    take_invoice_back(seller)


def codes(site, count):
    """Return the codes of imported goods that have a price on every price list."""
    return ask(
        site,
        "env['product.template'].search([('default_code', '!=', False),"
        f" ('list_price', '>', 0)], limit={count}, order='default_code')"
        ".mapped('default_code')",
    )


# --- 1. Import -----------------------------------------------------------------------


def import_file(site, seller, epp):
    """Check the file, import it, and see that a second import changes nothing."""
    counts = run_import(seller, epp, "import")
    assert counts["create"] > 100, counts
    again = run_import(seller, epp)
    assert (again["create"], again["update"], again["error"]) == (0, 0, 0), again
    assert again["unchanged"] == counts["create"] + counts["update"], again


def run_import(seller, epp, name=None):
    """Import a file in the browser; return how many records each action has."""
    page = seller.page
    seller.open_action("gestor_epp.gestor_epp_import_action")
    page.locator(".o_list_button_add:visible").first.click()
    seller.field("file").locator("input[type='file']").set_input_files(epp)
    seller.save()
    seller.button("action_check")
    seller.wait_state("ready")
    if name:
        picture(seller, name)
    seller.button("action_import")
    page.wait_for_selector(
        ".o_statusbar_status .o_arrow_button_current[data-value='done']",
        timeout=300_000,
    )
    return {
        # in Polish thousands are apart: 1 100
        action: int(re.sub(r"\D", "", seller.field(f"{action}_count").inner_text()))
        for action in ("create", "update", "unchanged", "error")
    }


# --- 2. Find the client, start a process ---------------------------------------------


def start_process(site, seller):
    """Find the client by NIP in another spelling and start an offer process."""
    nip, name = ask(
        site,
        "env['res.partner'].search([('gestor_nip', '!=', False), ('ref', '!=', False)],"
        " limit=1, order='id').mapped(lambda p: (p.gestor_nip, p.name))[0]",
    )
    spelled = f"PL {nip[:3]}-{nip[3:6]}-{nip[6:8]}-{nip[8:]}"
    seller.open_action("gestor_partners.gestor_client_action")
    seller.search(spelled)
    seller.open_row(name)
    seller.write("email", EMAIL)
    seller.save()
    picture(seller, "client")
    seller.button("action_gestor_new_process")
    seller.page.wait_for_selector(".o_field_widget[name='partner_id']")
    expect(seller.field("partner_id").locator("input")).to_have_value(re.compile(name))
    seller.write("name", "Wyposażenie biura")
    seller.save()


# --- 3. Offer with two variants ------------------------------------------------------


def make_offer(seller, goods):
    """Make an offer with two variants of five lines from two price lists."""
    seller.button("action_gestor_new_offer")
    seller.page.wait_for_selector(".o_field_widget[name='process_id']")
    seller.page.get_by_role("tab", name="Teksty").click()
    seller.write_html("intro_html", "Dziękujemy za zapytanie. Przedstawiamy ofertę.")
    seller.write_html("closing_html", "Zapraszamy do współpracy!")
    seller.page.get_by_role("tab", name="Warianty").click()
    seller.save()
    fill_variant(seller, 0, "Detaliczna", goods[:5])
    seller.button("action_add_variant")
    fill_lines(seller, "Hurtowa", goods[3:8])
    seller.page.go_back()
    seller.page.wait_for_selector(".o_field_widget[name='order_ids'] .o_data_row")
    expect(seller.field("order_ids").locator(".o_data_row")).to_have_count(2)
    picture(seller, "offer")


def fill_variant(seller, position, pricelist, goods):
    """Open a variant from the offer, fill it, and go back."""
    rows = seller.field("order_ids").locator(".o_data_row")
    rows.nth(position).locator("button[name='action_gestor_open']").click()
    fill_lines(seller, pricelist, goods)
    seller.page.go_back()
    seller.page.wait_for_selector(".o_field_widget[name='order_ids'] .o_data_row")


def fill_lines(seller, pricelist, goods):
    """Choose a price list and add lines with goods, found by their code."""
    seller.page.wait_for_selector(".o_field_widget[name='order_line']")
    seller.pick("pricelist_id", pricelist)
    for number, code in enumerate(goods, 1):
        seller.add_row("order_line")
        seller.pick_in_row("product_template_id", code)
        seller.write_in_row("product_uom_qty", str(number))
    seller.save()
    expect(seller.rows("order_line")).to_have_count(len(goods))


# --- 4. Send -------------------------------------------------------------------------


def send_offer(seller, mailbox):
    """Send the offer; return the link that is in the mail."""
    seller.button("action_open_composer")
    seller.wait_dialog()
    picture(seller, "mail")
    seller.button("action_send_mail")
    seller.wait_state("sent")
    mail = mailbox.wait_for(EMAIL)
    attachments = list(mail.iter_attachments())
    assert [part.get_content_type() for part in attachments] == ["application/pdf"]
    pdf = attachments[0].get_content()
    assert pdf.startswith(b"%PDF-")
    keep_print(pdf)
    html = mail.get_body(("html",)).get_content()
    links = re.findall(r'href="([^"]*/my/offers/\d+\?[^"]*access_token=[^"]+)"', html)
    assert links, html
    return links[0].replace("&amp;", "&")


# --- 5. The client's page ------------------------------------------------------------


def choose_and_sign(chromium, site, link):
    """Compare the variants without an account and sign the one not proposed."""
    on_phone = Screen(chromium, site.url, viewport=PHONE, has_touch=True)
    on_phone.open(link)
    expect(on_phone.page.locator(".o_gestor_offer_accept:visible")).to_have_count(2)
    picture(on_phone, "portal-phone")
    on_phone.close()

    client = Screen(chromium, site.url)
    client.open(link)
    expect(client.page.locator(".o_gestor_offer_accept:visible")).to_have_count(2)
    picture(client, "portal")
    decline_without_reason(client)
    client.page.locator(".o_gestor_offer_accept").nth(1).click()
    client.page.fill(".o_gestor_offer_sign input[name='signer']", "Prezes Zarządu")
    draw(client.page, ".o_gestor_offer_sign canvas")
    picture(client, "portal-sign")
    client.page.click(".o_gestor_offer_sign_confirm")
    client.page.wait_for_selector(".alert-success")
    expect(client.page.locator(".o_gestor_offer_accept")).to_have_count(0)
    client.close()


def decline_without_reason(client):
    """Try to decline without a reason: the page does not let it through."""
    client.page.locator("#decline summary").click()
    client.page.locator("#decline button[type='submit']").click()
    expect(client.page.locator(".o_gestor_offer_accept").first).to_be_attached()


def draw(page, selector):
    """Draw a signature with the mouse."""
    box = page.locator(selector).first.bounding_box()
    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(x + 9 * step, y + (14 if step % 2 else -14))
    page.mouse.up()


def see_decision(site, seller):
    """See what the signature did: offer, order, the other variant, process, client."""
    seller.page.reload()
    seller.wait_state("accepted")
    picture(seller, "accepted")
    facts = ask(
        site,
        "[(o.state, o.process_id.won_status, o.partner_id.gestor_kind,"
        " o.signed_by, sorted((v.gestor_variant_name, v.state) for v in o.order_ids))"
        " for o in env['gestor.offer'].search([])]",
    )
    variants = [["Wariant A", "cancel"], ["Wariant B", "sale"]]
    assert facts == [["accepted", "won", "standard", "Prezes Zarządu", variants]]


# --- 6. Invoice ----------------------------------------------------------------------


def invoice(seller):
    """Invoice the order from the offer and post the invoice."""
    seller.button("action_create_invoice")
    seller.wait_dialog()
    seller.button("create_invoices")
    seller.page.wait_for_selector(".o_field_widget[name='invoice_line_ids']")
    seller.button("action_post")
    seller.wait_state("posted")
    back_to_offer(seller)
    seller.wait_state("realized")
    picture(seller, "realized")
    seller.open_action("gestor_offers.gestor_process_action")
    seller.page.wait_for_selector(".o_kanban_record:not(.o_kanban_ghost)")
    picture(seller, "processes")
    back_to_offer(seller)


def take_invoice_back(seller):
    """Set the invoice to draft: the offer goes back one status."""
    seller.button("action_view_invoices")
    seller.page.wait_for_selector(".o_field_widget[name='invoice_line_ids']")
    seller.button("button_draft")
    seller.wait_state("draft")
    back_to_offer(seller)
    seller.wait_state("accepted")


def back_to_offer(seller):
    """Go back to the offer through its action."""
    seller.open_action("gestor_offers.gestor_offer_action")
    seller.open_row("OF/")
