"""Witness 2: the packets that cross the wire, from the tap to what a recording says of each."""
