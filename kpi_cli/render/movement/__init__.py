"""Two rounds side by side: who rose, who fell."""
