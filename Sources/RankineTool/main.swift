import Foundation
import RankineCommandLine

exit(RankineCommandLine.main(arguments: Array(CommandLine.arguments.dropFirst())))
