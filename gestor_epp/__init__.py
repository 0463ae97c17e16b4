from . import models
from . import importers
