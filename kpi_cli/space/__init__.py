"""All the values that an indicator's measures may take, cut into cells and decided by the scorer's own evaluation.

`dimensions` cuts each measure, `blocks` decides their product, `search` finds what it can come to without walking the
whole, `bands` puts the cells of a level together again. What is proved, proposed and compared all rests on this.
"""
