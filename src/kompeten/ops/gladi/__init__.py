"""What if everything goes wrong in the exam? The real client and the real server, and faults in between."""
