package dev.sampo.cluster;

import dev.sampo.cluster.cli.SampoCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The one entry point of Sampo. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    var line = SampoCommand.line(writer(FileDescriptor.out), writer(FileDescriptor.err));
    // Not by returning: libraries may have left threads behind that nobody waits for.
    System.exit(line.execute(arguments));
  }

  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }
}
