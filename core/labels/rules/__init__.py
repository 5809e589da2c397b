"""Pure decisions about labels: dots, layouts as data, line breaks, symbologies, unit prices, use-by dates."""
