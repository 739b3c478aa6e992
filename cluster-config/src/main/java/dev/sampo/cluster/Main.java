package dev.sampo.cluster;

import dev.sampo.cluster.cli.SampoCommand;
import dev.sampo.cluster.console.ExitCode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The one entry point of Sampo. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    var line = SampoCommand.line(writer(FileDescriptor.out), writer(FileDescriptor.err), arguments);
    // Not by returning: libraries may have left threads behind that nobody waits for.
    System.exit(execute(line, arguments));
  }

  /** An error that no command foresees must still end the process, whatever threads it has. */
  private static int execute(CommandLine line, String[] arguments) {
    try {
      return line.execute(arguments);
    } catch (Error broken) {
      broken.printStackTrace(line.getErr());
      return ExitCode.FAILED.number();
    }
  }

  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }
}
