from . import test_comparison_lib
from . import test_js
from . import test_offer_version
from . import test_variant_comparison
