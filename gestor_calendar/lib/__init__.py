from . import wall_clock
