"""Laws that hold from file to page; those of one stage stand beside it.

proven <= possible, and what fills a gap stays in the band: `unit/scoring/test_section.py`, `unit/rules/test_policy.py`.
A rank is a function of the exact score alone: `unit/scoring/test_rank.py`. A better value never lowers a level where no
fall was found: `agreement/test_proof_agrees_with_search.py`.
"""
