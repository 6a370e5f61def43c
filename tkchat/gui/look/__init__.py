"""What everything drawn takes its looks from: colours, fonts, sizes, styles, pictures."""
