"""The agreement on a page: the set, one indicator with its levels, figures tried."""
