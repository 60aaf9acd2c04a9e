"""What people do in the drive."""
