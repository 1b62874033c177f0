"""The call-board of the hall: the newest calls huge, the last ones listed, each chimed and spoken."""
