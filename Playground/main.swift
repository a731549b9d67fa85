import Rankine
