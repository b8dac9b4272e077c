"""Actuals against quotas: how far the year is, where it lands, why, and which contingencies fire."""
