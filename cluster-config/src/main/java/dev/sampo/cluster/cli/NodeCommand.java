package dev.sampo.cluster.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.startup.NodeInit;
import dev.sampo.cluster.startup.NodeProcess;
import dev.sampo.cluster.startup.ParentWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "node",
    description =
        "Runs one validator until SIGTERM. Exit code 1: it refuses to start, and lists every"
            + " reason; 70: it stopped itself, and its log says why.",
    subcommands = NodeCommand.Init.class)
final class NodeCommand implements Callable<Integer> {

  @Option(names = "--config", paramLabel = "FILE", description = "Its configuration.")
  private Path config = Path.of("node.conf");

  @Option(names = "--exit-with-parent", hidden = true, description = "End when stdin does.")
  private boolean exitWithParent;

  @Override
  public Integer call() throws InterruptedException {
    if (exitWithParent) {
      ParentWatch.start(System.in);
    }
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
    try {
      NodeProcess.start(config).stopWithProcess().awaitEnd();
      return ExitCode.OK.number();
    } catch (FaultyConfig refused) {
      throw refusal(config, refused);
    }
  }

  private static CommandFailed refusal(Path config, FaultyConfig refused) {
    var text = new StringBuilder("the node of " + config + " refuses to start:");
    refused.faults().forEach(fault -> text.append("\n  ").append(fault));
    return new CommandFailed(ExitCode.FAILED, text.toString(), refused);
  }

  @Command(name = "init", description = "Makes the replica of a validator that has never run.")
  static final class Init implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", description = "Its configuration.")
    private Path config = Path.of("node.conf");

    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
      try {
        var place = NodeInit.init(config);
        var json = new LinkedHashMap<String, Object>();
        json.put("replica", place);
        output.console().answer("made " + place, json);
        return ExitCode.OK.number();
      } catch (FaultyConfig refused) {
        throw refusal(config, refused);
      }
    }
  }
}
