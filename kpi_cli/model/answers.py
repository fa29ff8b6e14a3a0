"""The words that stand in cells in place of figures, as people write them (the table of DESIGN section 6)."""

from __future__ import annotations

YES = ("มี", "ใช่", "ผ่าน", "ครบ", "✓", "✔", "√", "/", "yes", "true", "1")
NO = ("ไม่มี", "ไม่ใช่", "ไม่ผ่าน", "ไม่ครบ", "✗", "✘", "×", "no", "false", "0")
NOT_APPLICABLE = ("ไม่มีเป้าหมาย", "N/A", "NA", "ไม่ประเมิน")
MISSING = ("-", "–", "—", "ไม่รายงาน")
