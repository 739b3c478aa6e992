package dev.sampo.cluster.cli;

import dev.sampo.cluster.console.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command prints. */
public final class OutputOptions {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      description = "Form of the answer on stdout; JSON is stable. Default: text.")
  private Console.Format format = Console.Format.TEXT;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /** Where the command of these options prints. */
  public Console console() {
    if (command == null) {
      throw new IllegalStateException("the command line was not parsed");
    }
    var line = command.commandLine();
    return new Console(line.getOut(), line.getErr(), format);
  }
}
