"""Judgement of the exam room: time, order, answers, marks and seats."""
