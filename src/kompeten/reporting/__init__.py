"""How far is the year? Funnel and targets."""
