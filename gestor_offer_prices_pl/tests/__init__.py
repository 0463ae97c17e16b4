from . import test_nbp_offer
