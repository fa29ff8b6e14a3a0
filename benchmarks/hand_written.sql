-- What somebody who knows DuckDB would write for the shipped set by hand: proven levels, scores and ranks, and no more.
WITH percents AS (
  SELECT *,
    CASE WHEN budget_allocated_baht > 0 AND budget_spent_baht IS NOT NULL THEN 100 * budget_spent_baht ELSE budget_spent END AS spent,
    CASE WHEN budget_allocated_baht > 0 AND budget_spent_baht IS NOT NULL THEN budget_allocated_baht ELSE 1 END AS allocated,
    CASE WHEN model_households > 0 AND po_households IS NOT NULL THEN 100 * po_households ELSE po_issued END AS issued,
    CASE WHEN model_households > 0 AND po_households IS NOT NULL THEN model_households ELSE 1 END AS households,
    CASE WHEN loans_due_contracts > 0 AND loans_cleared_contracts IS NOT NULL THEN 100 * loans_cleared_contracts ELSE loans_cleared END AS cleared,
    CASE WHEN loans_due_contracts > 0 AND loans_cleared_contracts IS NOT NULL THEN loans_due_contracts ELSE 1 END AS due
  FROM results
), levels AS (
  SELECT entity,
    CASE WHEN spent >= 90 * allocated THEN 5 WHEN spent >= 85 * allocated THEN 4 WHEN spent >= 80 * allocated THEN 3
         WHEN spent >= 75 * allocated THEN 2 WHEN spent < 75 * allocated THEN 1 ELSE 0 END AS t1,
    CASE WHEN plan_achieved > 95 THEN 5 WHEN plan_achieved > 90 THEN 4 WHEN plan_achieved > 85 THEN 3
         WHEN plan_achieved > 80 THEN 2 WHEN plan_achieved <= 80 THEN 1 ELSE 0 END AS t2,
    CASE WHEN model_households = 0 THEN NULL WHEN NOT briefing_held THEN 0 WHEN briefing_held IS NULL THEN 0
         WHEN issued >= 100 * households THEN 5 WHEN issued >= 90 * households THEN 4 WHEN issued >= 80 * households THEN 3
         WHEN issued >= 70 * households THEN 2 ELSE 1 END AS t31,
    CASE WHEN garden_households >= 90 THEN CASE WHEN garden_models >= 10 THEN CASE WHEN garden_channels >= 2 THEN
         CASE WHEN garden_sites >= 1 THEN CASE WHEN garden_lessons >= 1 AND garden_clip_types >= 3 THEN 5 ELSE 4 END
         ELSE 3 END ELSE 2 END ELSE 1 END ELSE 0 END AS t32,
    CASE WHEN cloth_agencies >= 8 AND cloth_channels >= 2 AND cloth_clips >= 1 THEN 5
         WHEN cloth_agencies >= 8 AND cloth_channels >= 2 THEN 4 WHEN cloth_agencies >= 8 THEN 3
         WHEN cloth_plan AND cloth_channels >= 2 THEN 2 WHEN cloth_meetings >= 3 THEN 1 ELSE 0 END AS t33,
    CASE WHEN publicity_points >= 2500 AND stories_selected >= 1 THEN 5 WHEN publicity_points >= 2001 THEN 4
         WHEN publicity_points >= 1501 THEN 3 WHEN publicity_points >= 1001 THEN 2 WHEN publicity_points >= 1000 THEN 1
         ELSE 0 END AS t4,
    CASE WHEN loans_due_contracts = 0 THEN NULL WHEN cleared >= 100 * due THEN 5 WHEN cleared >= 90 * due THEN 4
         WHEN cleared >= 80 * due THEN 3 WHEN cleared >= 70 * due THEN 2 WHEN cleared >= 60 * due THEN 1 ELSE 0 END AS t5,
    CASE WHEN bpm_recorded > 90 AND gvh_reported >= 100 THEN 5 WHEN bpm_recorded >= 85 AND gvh_reported >= 95 THEN 4
         WHEN bpm_recorded > 80 AND gvh_reported >= 90 THEN 3 WHEN bpm_recorded > 75 AND gvh_reported >= 85 THEN 2
         WHEN bpm_recorded > 70 AND gvh_reported >= 80 THEN 1 ELSE 0 END AS i1,
    CASE WHEN households_developed >= 85 THEN 5 WHEN households_developed >= 80 THEN 4 WHEN households_developed >= 75 THEN 3
         WHEN households_developed > 0 THEN 2 WHEN household_database THEN 1 ELSE 0 END AS i2,
    CASE WHEN otop_online >= 10 AND otop_readiness_report THEN 5 WHEN otop_online >= 9 THEN 4 WHEN otop_online >= 8 THEN 3
         WHEN otop_online >= 7 THEN 2 WHEN otop_online < 7 THEN 1 ELSE 0 END AS i3,
    CASE WHEN otop_income_growth >= 10 THEN 5 WHEN otop_income_growth >= 9 THEN 4 WHEN otop_income_growth >= 8 THEN 3
         WHEN otop_income_growth >= 7 THEN 2 WHEN otop_income_growth < 7 THEN 1 ELSE 0 END AS i4,
    CASE WHEN fund_plan THEN CASE WHEN fund_understanding THEN CASE WHEN fund_database THEN CASE WHEN fund_targets THEN
         CASE WHEN fund_team AND fund_team_plan THEN 5 ELSE 4 END ELSE 3 END ELSE 2 END ELSE 1 END ELSE 0 END AS i5,
    CASE WHEN overdue_debt = 0 THEN 5 WHEN overdue_debt < 5 THEN 4
         WHEN debtor_register AND debt_plan_proposed AND debt_plan_carried_out THEN 3
         WHEN debtor_register AND debt_plan_proposed THEN 2 WHEN debtor_register THEN 1 ELSE 0 END AS i6
  FROM percents
), scores AS (
  SELECT *,
    20.0 * (25 * t1 + 25 * t2 + 10 * (COALESCE(t31, 0) + t32 + t33 + t4 + COALESCE(t5, 0)))
      / (80 + CASE WHEN t31 IS NULL THEN 0 ELSE 10 END + CASE WHEN t5 IS NULL THEN 0 ELSE 10 END) AS team,
    (20 * (i1 + i2 + i5 + i6) + 10 * (i3 + i4)) * 0.2 AS individual
  FROM levels
)
SELECT *, RANK() OVER (ORDER BY team DESC) AS team_rank, RANK() OVER (ORDER BY individual DESC) AS individual_rank FROM scores
