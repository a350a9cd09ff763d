"""What the machines that watch the node ask: is it alive, is it ready, how is it doing."""
