package dev.sampo.cluster.cli;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;

/** What a command line must be like beyond what its options say for themselves. */
public final class Usage {

  private Usage() {}

  /** Ends the command with {@link ExitCode#USAGE} and the message, unless the condition holds. */
  public static void require(boolean condition, String message) {
    if (!condition) {
      throw new CommandFailed(ExitCode.USAGE, message);
    }
  }
}
