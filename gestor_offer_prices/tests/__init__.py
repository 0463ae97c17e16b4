from . import test_make_pricelist
from . import test_offer_currency
from . import test_price_breaks
from . import test_price_recompute
from . import test_price_security
from . import test_price_shown
