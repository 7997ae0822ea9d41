"""Exam sites without internet: sealed parcels out, sealed parcels in. Each fact has one writer."""
