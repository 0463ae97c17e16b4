from . import fractions
