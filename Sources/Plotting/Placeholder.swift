enum PlottingPlaceholder {}
