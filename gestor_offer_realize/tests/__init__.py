from . import test_realize
from . import test_realize_many
from . import test_realize_state
