from . import test_classifier_search
from . import test_product_activity
from . import test_stock_balance
from . import test_unit_flow
