"""What is made of reported figures: levels, scores and ranks. Knows no file and no screen."""
