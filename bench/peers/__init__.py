"""Other systems of the same kind, run beside ours; `bench/peers/install` brings them."""
