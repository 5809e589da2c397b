"""What explains a month in the window: figures that open, the written summary, the bridge in parts."""
