from . import test_offer_flow
