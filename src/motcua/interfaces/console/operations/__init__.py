"""How the node is doing: its queue, what could not be delivered, what was sent to people, its ledger."""
