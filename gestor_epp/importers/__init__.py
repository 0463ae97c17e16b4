from . import handler
from . import clients
from . import client_tags
from . import goods
from . import prices
