"""The pages of one's own account: signing in and up, recovery, passkeys and codes, devices, capacities.

Source: Decree 69/2024/NĐ-CP (levels of electronic identity). The mechanics are django-allauth's; every
reachable page of it is listed in ``urls.py`` with its permission; words are in ``forms.py``, ``templates/``.
"""
