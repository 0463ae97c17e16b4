from . import test_classifier_search
from . import test_line_precision
from . import test_product_activity
from . import test_substitute_pick
