"""What comes from outside harms nobody who opens what kpi says and writes; `SECURITY.md` names these tests."""
