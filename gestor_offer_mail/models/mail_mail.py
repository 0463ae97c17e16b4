import base64
import re

from odoo import models
from odoo.tools.image import image_data_uri

from ..lib.plain_text import to_text

#: a picture of a good in the text of an offer, whatever its host and token
PICTURE = re.compile(r'src="[^"]*/web/image/product\.product/(\d+)/image_256[^"]*"')
#: names of pictures that stand in the text; see ``ir.mail_server``
PREFIX = "gestor-cid:"


class MailMail(models.Model):
    """Puts the pictures of an offer into its mail, and makes a text of its own."""

    _inherit = "mail.mail"

    def _prepare_outgoing_list(self, *args, **kwargs):
        results = super()._prepare_outgoing_list(*args, **kwargs)
        if self.model != "gestor.offer" or not self.res_id:
            return results
        # sudo: what was put into the message may be sent
        offer = self.env["gestor.offer"].sudo().browse(self.res_id).exists()
        products = offer.order_ids.order_line.product_id
        for email in results:
            body = str(email["body"] or "")
            if "gestor_offer_body" not in body:
                continue
            email["body_alternative"] = to_text(body)
            email["body"], pictures = self._gestor_inline_pictures(body, products)
            email["attachments"] = [*email["attachments"], *pictures]
        return results

    def _gestor_inline_pictures(self, body, products):
        """Let a text refer to pictures that come along with the mail.

        :param products: only their pictures are taken
        :return: the text, and the pictures as attachments
        :rtype: tuple[str, list[tuple]]
        """
        by_id = {product.id: product for product in products if product.image_256}
        pictures = {}

        def refer(match):
            product = by_id.get(int(match[1]))
            if not product:
                return match[0]
            cid = f"product-{product.id}@gestor"
            pictures[cid] = product.image_256
            return f'src="cid:{cid}"'

        body = PICTURE.sub(refer, body)
        return body, [
            (f"{PREFIX}{cid}", base64.b64decode(content), _get_mimetype(content))
            for cid, content in pictures.items()
        ]


def _get_mimetype(content):
    """Return the MIME type of a picture in base64."""
    return image_data_uri(content).partition(";")[0].removeprefix("data:")
