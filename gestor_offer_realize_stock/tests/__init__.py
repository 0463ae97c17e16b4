from . import test_realize_stock
