package dev.sampo.cluster.cli;

import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.startup.NodeHandOver;
import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.persistence.store.HandOver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "hand-over",
    description = {
      "Seals the data directory of a stopped validator, so that it can be moved to another"
          + " machine:",
      "it never signs again here. Copy it to the other node, and use take-over there."
    })
final class NodeHandOverCommand implements Callable<Integer> {

  @Option(names = "--config", paramLabel = "FILE", description = "Its configuration.")
  private Path config = Path.of("node.conf");

  @Option(
      names = "--to",
      paramLabel = "NODE",
      description =
          "The name of the node that is to go on; another one than this node's, as in its own"
              + " configuration.")
  private @Nullable String to;

  @Option(
      names = "--cancel",
      paramLabel = "FILE",
      description =
          "Takes the directory back instead, by the FILE that take-over --refuse has written.")
  private @Nullable Path refusal;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Usage.require((to == null) != (refusal == null), "either --to NODE or --cancel FILE");
    try {
      if (refusal != null) {
        var opened = NodeHandOver.cancel(config, refusal);
        output.console().answer("taken back: this node may start again", json(opened));
        return ExitCode.OK.number();
      }
      var target = String.valueOf(to);
      Usage.require(MoveOrder.isName(target), "--to names a node");
      var sealed = NodeHandOver.seal(config, target);
      output
          .console()
          .answer(
              "sealed for "
                  + target
                  + ": copy the data directory there, then: sampo node take-over",
              json(sealed));
      return ExitCode.OK.number();
    } catch (FaultyConfig refused) {
      throw NodeCommand.refusal(config, "cannot be handed over", refused);
    }
  }

  /** As programs read it. */
  static Map<String, Object> json(HandOver handOver) {
    var json = new LinkedHashMap<String, Object>();
    json.put("standing", handOver.standing().name().toLowerCase(Locale.ROOT));
    json.put("tenure", handOver.tenure());
    json.put("tail", handOver.tail().hex());
    json.put("target", handOver.target());
    return json;
  }
}
