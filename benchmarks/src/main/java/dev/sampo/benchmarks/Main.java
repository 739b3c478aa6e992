package dev.sampo.benchmarks;

import dev.sampo.cluster.cli.SampoCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of the benchmarks that no node carries: the launcher calls it. */
@Command(
    name = "sampo bench",
    description = "Benchmarks of single parts, beside those of a whole ledger.")
public final class Main {

  private static final List<Class<?>> COMMANDS =
      List.of(MicroCommand.class, MailboxCommand.class, FootprintCommand.class, ApiCommand.class);

  Main() {}

  /** Takes what stands behind {@code sampo}, the word {@code bench} included. */
  public static void main(String[] arguments) {
    var line = line(writer(FileDescriptor.out), writer(FileDescriptor.err));
    // Not by returning: libraries may have left threads behind that nobody waits for.
    System.exit(line.execute(Arrays.copyOfRange(arguments, 1, arguments.length)));
  }

  /** Ready to execute; answers and talk go to the given writers. */
  static CommandLine line(PrintWriter out, PrintWriter talk) {
    var line = new CommandLine(new Main());
    COMMANDS.forEach(line::addSubcommand);
    return SampoCommand.prepare(line, out, talk);
  }

  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }
}
