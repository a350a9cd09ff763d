"""Identity owns persons, organisations, how they are related, and the accounts through which they act.

Source: Law on Identity 26/2023/QH15, article 9 (what is known of a person) and article 12 (the personal
number); Decree 69/2024/NĐ-CP (levels of electronic identity); Law 91/2025/QH15 on personal data protection.

A *person* is a human being, known or not yet known by a personal number. An *account* is a way for one person
to sign in. Two facts carry the safety of the whole: a personal number belongs to at most one person, and
a number typed into a form is a claim: only an identity provider or an officer turns it into a fact.
"""
