"""The record of a procedure read by rule: its shapes outside, what follows from it, what is odd or missing."""
