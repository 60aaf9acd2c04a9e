"""What people do with orders, seats and holders."""
