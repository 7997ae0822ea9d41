"""Judgement about schemes, without a framework, a file or a clock."""
