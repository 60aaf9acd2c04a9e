"""The programs that lie in every pack, for whoever checks it without Phrom; they import nothing of ours."""
