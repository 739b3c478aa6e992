package dev.sampo.cluster.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The whole command line. */
@Command(
    name = "sampo",
    description = "A replicated ledger that tolerates lying, crashing and unreachable validators.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    subcommands = {
      DemoCommand.class,
      StatusCommand.class,
      TransactionCommands.class,
      AccountCommand.class,
      BlockCommand.class,
      KeysCommands.class,
      ChaosCommand.class,
      SimulateCommand.class,
      BenchCommand.class,
      NodeCommand.class,
      VersionCommand.class,
      CompletionCommand.class,
      WarmUpCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 ok, 1 failed, 2 usage, 3 not found, 4 denied, 5 conflict,",
      "6 outcome unknown (resume with 'sampo tx watch ID'), 10 the cluster is unhealthy.",
      "Data goes to stdout, talk to stderr; -o json is for programs."
    })
public final class SampoCommand {

  SampoCommand() {}

  /** Ready to execute; answers and talk go to the given writers. */
  public static CommandLine line(PrintWriter out, PrintWriter talk) {
    var line = new CommandLine(new SampoCommand());
    line.setOut(out);
    line.setErr(talk);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(new Failures());
    addHelp(line);
    return line;
  }

  private static void addHelp(CommandLine line) {
    for (var subcommand : line.getSubcommands().values()) {
      subcommand.getCommandSpec().mixinStandardHelpOptions(true);
      subcommand.getCommandSpec().versionProvider(null);
      addHelp(subcommand);
    }
  }
}
