package dev.sampo.cluster.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The whole command line. */
@Command(
    name = "sampo",
    description = "A replicated ledger that tolerates lying, crashing and unreachable validators.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    footer = {
      "",
      "Exit codes: 0 ok, 1 failed, 2 usage, 3 not found, 4 denied, 5 conflict,",
      "6 outcome unknown (resume with 'sampo tx watch ID'), 10 the cluster is unhealthy.",
      "Data goes to stdout, talk to stderr; -o json is for programs."
    })
public final class SampoCommand {

  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          StatusCommand.class,
          QuorumCommands.class,
          TransactionCommands.class,
          AccountCommand.class,
          BlockCommand.class,
          LedgerCommands.class,
          KeysCommands.class,
          ChaosCommand.class,
          SimulateCommand.class,
          BenchCommand.class,
          ProfileCommand.class,
          NodeCommand.class,
          VersionCommand.class,
          CompletionCommand.class,
          WarmUpCommand.class);

  SampoCommand() {}

  /**
   * Ready to execute {@code arguments}; answers and talk go to the given writers. Of the commands
   * only the one that is named is set up, as setting up all of them takes longer than most work.
   */
  public static CommandLine line(PrintWriter out, PrintWriter talk, String... arguments) {
    var line = new CommandLine(new SampoCommand());
    wanted(arguments).forEach(line::addSubcommand);
    return prepare(line, out, talk);
  }

  /** Makes a command line, subcommands and all, behave like this one. */
  public static CommandLine prepare(CommandLine line, PrintWriter out, PrintWriter talk) {
    line.setOut(out);
    line.setErr(talk);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(new Failures());
    addHelp(line);
    return line;
  }

  private static List<Class<?>> wanted(String[] arguments) {
    var named =
        COMMANDS.stream()
            .filter(command -> arguments.length > 0 && nameOf(command).equals(arguments[0]))
            .toList();
    // A completion script is about all of them, and so is the answer to a word that is none.
    return named.isEmpty() || named.contains(CompletionCommand.class) ? COMMANDS : named;
  }

  private static String nameOf(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  private static void addHelp(CommandLine line) {
    for (var subcommand : line.getSubcommands().values()) {
      subcommand.getCommandSpec().mixinStandardHelpOptions(true);
      subcommand.getCommandSpec().versionProvider(null);
      addHelp(subcommand);
    }
  }
}
