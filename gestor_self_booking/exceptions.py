class SlotTakenError(Exception):
    """The slot that a client wants is not free, or not one at all."""
