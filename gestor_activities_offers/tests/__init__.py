from . import test_goods
from . import test_goods_race
from . import test_goods_security
from . import test_source
