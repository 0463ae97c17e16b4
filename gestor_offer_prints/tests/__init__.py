from . import test_offer_print
from . import test_variant_text
