package dev.sampo.cluster.cli;

import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.startup.NodeHandOver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "take-over",
    description = {
      "Opens a copied data directory that was handed over to this node, if it is whole: from then",
      "on this node signs for its validator, and may be started."
    })
final class NodeTakeOverCommand implements Callable<Integer> {

  @Option(names = "--config", paramLabel = "FILE", description = "Its configuration.")
  private Path config = Path.of("node.conf");

  @Option(
      names = "--refuse",
      paramLabel = "FILE",
      description =
          "Declines for good instead, and writes FILE, by which hand-over --cancel takes the"
              + " directory back at its source. The files INIT and HANDOVER of the copy are"
              + " enough.")
  private @Nullable Path refusal;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    var file = refusal;
    try {
      if (file != null) {
        var refused = NodeHandOver.refuse(config, file);
        output
            .console()
            .answer(
                "refused: this copy never signs. At the source: sampo node hand-over --cancel "
                    + file,
                NodeHandOverCommand.json(refused));
        return ExitCode.OK.number();
      }
      var opened = NodeHandOver.takeOver(config);
      output.console().answer("taken over: this node may start", NodeHandOverCommand.json(opened));
      return ExitCode.OK.number();
    } catch (FaultyConfig refused) {
      throw NodeCommand.refusal(config, "cannot take over", refused);
    }
  }
}
