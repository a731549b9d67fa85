// The files beside this one stand in the guides as files of a room, which need not import itself.
@_exported import Rankine
