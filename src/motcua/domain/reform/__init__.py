"""Simplification of procedures – đơn giản hóa thủ tục hành chính: what each takes of people, and what a change saves.

Owns the prices of the Standard Cost Model, by year and kind of applicant. Everything else is computed from the
catalogue. Source: Circular 02/2017/TT-VPCP, replaced by 03/2022/TT-VPCP.
"""
