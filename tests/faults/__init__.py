"""What breaks in the middle: lines, hosts, clients, clocks, disks. Nothing may be lost by it."""
