from . import test_beacon
from . import test_views
from . import test_visitors
