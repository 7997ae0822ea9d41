"""What the exam room keeps and signs with: keys, receipts, and the vault on either database."""
