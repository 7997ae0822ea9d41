"""Who hears of it? Events become mails and notices in the app."""
