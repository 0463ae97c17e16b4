from . import test_goods_activity
