package dev.sampo.cluster.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.cluster.config.NodeRole;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.startup.DefaultTrust;
import dev.sampo.cluster.startup.GatewayProcess;
import dev.sampo.cluster.startup.NodeInit;
import dev.sampo.cluster.startup.NodeProcess;
import dev.sampo.cluster.startup.NodeRecovery;
import dev.sampo.cluster.startup.ParentWatch;
import dev.sampo.cluster.startup.ReaderProcess;
import dev.sampo.persistence.store.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "node",
    description =
        "Runs one validator, gateway or reader until SIGTERM. Exit code 1: it refuses to start, and"
            + " lists every reason; 70: it stopped itself, and its log says why.",
    subcommands = {
      NodeCommand.Init.class,
      NodeCommand.Recover.class,
      NodeHandOverCommand.class,
      NodeTakeOverCommand.class
    })
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
    DefaultTrust.nobody();
    try {
      var node =
          switch (NodeRole.of(config)) {
            case VALIDATOR -> NodeProcess.start(config);
            case GATEWAY -> GatewayProcess.start(config);
            case READER -> ReaderProcess.start(config);
          };
      node.stopWithProcess().awaitEnd();
      return ExitCode.OK.number();
    } catch (FaultyConfig refused) {
      throw refusal(config, refused);
    }
  }

  private static CommandFailed refusal(Path config, FaultyConfig refused) {
    return refusal(config, "refuses to start", refused);
  }

  /** Ends a command about a node with every reason. */
  static CommandFailed refusal(Path config, String what, FaultyConfig refused) {
    var text = new StringBuilder("the node of " + config + " " + what + ":");
    refused.faults().forEach(fault -> text.append("\n  ").append(fault));
    return new CommandFailed(ExitCode.FAILED, text.toString(), refused);
  }

  @Command(
      name = "init",
      description = "Makes the replica of a validator or reader that has never run.")
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

  @Command(
      name = "recover",
      description =
          "Makes the data directory anew of a validator that has run before and has lost it, or"
              + " must not trust it: after damage, a restored backup or a copy. What is there is"
              + " put aside. The validator then asks the others what it may have promised, and"
              + " votes again once a quorum of them has answered.")
  static final class Recover implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", description = "Its configuration.")
    private Path config = Path.of("node.conf");

    @Option(
        names = "--confirm-dead",
        required = true,
        description =
            "You state that no other copy of this validator runs, nor ever will: the others can"
                + " prove what it said, never that it is dead. Two copies break the ledger's"
                + " safety. Recorded in the directory.")
    private boolean confirmDead;

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "What happened; recorded in the directory.")
    private String reason = "not stated";

    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws IOException {
      if (!confirmDead) {
        throw new CommandFailed(
            ExitCode.FAILED, "recover needs --confirm-dead: no other copy may run");
      }
      try {
        var directory = NodeRecovery.recover(config, new Loss(Instant.now(), reason));
        var json = new LinkedHashMap<String, Object>();
        json.put("data_directory", directory.toString());
        output
            .console()
            .answer("made " + directory + " anew; the next start asks the other validators", json);
        return ExitCode.OK.number();
      } catch (FaultyConfig refused) {
        throw refusal(config, refused);
      }
    }
  }
}
