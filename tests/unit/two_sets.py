"""Two definitions of one made-up agreement, in which something of every kind changes, and figures for both."""

OLD = """\
kpi: 1
id: round-one
title: Made up, round 1
entity:
  roster:
    - {code: "1", name: Alpha}
    - {code: "2", name: Beta}
    - {code: "3", name: Gamma}
    - {code: "4", name: Delta}
sections:
  - id: team
    title: Team
    indicators:
      - id: A
        title: Budget spent
        weight: 60
        measures: {spent: {type: percent, title: Spent}}
        levels:
          1: {text: below 75, when: {spent: "< 75"}}
          2: {when: {spent: ">= 74.5"}}
          3: {when: {spent: ">= 80"}}
          4: {when: {spent: ">= 85"}}
          5: {when: {spent: ">= 90"}}
      - id: B
        title: Learning sites
        weight: 30
        measures: {sites: {type: count, title: Sites}}
        levels:
          1: {when: {sites: ">= 1"}}
          2: {when: {sites: ">= 2"}}
          3: {when: {sites: ">= 3"}}
          4: {when: {sites: ">= 4"}}
          5: {when: {sites: ">= 5"}}
      - id: C
        title: Meetings
        weight: 10
        measures: {meetings: {type: count, title: Meetings}}
        levels:
          1: {when: {meetings: ">= 1"}}
          2: {when: {meetings: ">= 2"}}
          3: {when: {meetings: ">= 3"}}
          4: {when: {meetings: ">= 4"}}
          5: {when: {meetings: ">= 5"}}
"""
_LAST = OLD[OLD.index("      - id: C") :]
NEW = (
    OLD.replace("id: round-one", "id: round-two")
    .replace("Made up, round 1", "Made up, round 2")
    .replace('- {code: "4", name: Delta}', '- {code: "4", name: Delta Hill}')
    .replace("below 75", "less than 75")
    .replace('spent: ">= 74.5"', 'spent: ">= 75"')
    .replace("title: Spent}", "title: Spent, range: [0, 120]}")
    .replace("weight: 30", "weight: 25")
    .replace('sites: ">= 3"', 'sites: "> 2"')
    .replace(_LAST, _LAST.replace("id: C", "id: D").replace("meetings", "visits").replace("Meetings", "Visits"))
    .replace("weight: 10", "weight: 15")
) + "grades: [{title: Good, min: 80}]\n"

# Old: Alpha A 2, B 5, C 5 -> 24 + 30 + 10 = 64; Beta A 4, B 4, C 0 -> 48 + 24 = 72;
#      Gamma A 3, B 3, C 5 -> 36 + 18 + 10 = 64.
# New: Alpha A 1, B 5, D 5 -> 12 + 25 + 15 = 52; Beta A 4, B 4, D 5 -> 48 + 20 + 15 = 83;
#      Gamma A 3, B 3, D 5 -> 36 + 15 + 15 = 66.
RESULTS = """\
code,entity,spent,sites,meetings,visits
1,Alpha,74.6,5,5,5
2,Beta,85,4,0,5
3,Gamma,80,3,5,5
"""
