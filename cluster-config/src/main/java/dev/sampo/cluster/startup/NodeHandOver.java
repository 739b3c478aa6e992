package dev.sampo.cluster.startup;

import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.cluster.config.NodeConfig;
import dev.sampo.cluster.config.NodeConfig.StorageSection;
import dev.sampo.core.genesis.HandOverRefusal;
import dev.sampo.persistence.store.HandOver;
import dev.sampo.persistence.store.HandOver.Standing;
import dev.sampo.persistence.store.RefusedStart;
import dev.sampo.persistence.store.StartFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The planned move of a validator's data directory to another node (protocol V3), step by step. No
 * node may run on the directory meanwhile. Each step throws {@link FaultyConfig} with everything
 * that speaks against it.
 */
public final class NodeHandOver {

  private NodeHandOver() {}

  /** At the source: from here on only {@code target} can go on. */
  public static HandOver seal(Path configFile, String target) throws IOException {
    var inputs = inputs(configFile);
    return step(inputs, () -> inputs.directories().asSource().seal(name(inputs), target));
  }

  /** At the source: takes back what the target has refused. */
  public static HandOver cancel(Path configFile, Path refusalFile) throws IOException {
    var inputs = inputs(configFile);
    var refusal =
        RefusalFile.read(refusalFile, inputs.genesis().ledgerId(), inputs.key().publicKey());
    var refused =
        new HandOver(Standing.REFUSED, refusal.tenure(), refusal.tail(), refusal.target());
    return step(inputs, () -> inputs.directories().asSource().cancel(name(inputs), refused));
  }

  /** At the target, once the directory has been copied to it: its node may start. */
  public static HandOver takeOver(Path configFile) throws IOException {
    var inputs = inputs(configFile);
    return step(inputs, () -> inputs.directories().asTarget().takeOver(name(inputs)));
  }

  /** At the target: its copy never starts, and {@code refusalFile} says so to the source. */
  public static HandOver refuse(Path configFile, Path refusalFile) throws IOException {
    var inputs = inputs(configFile);
    var refused = step(inputs, () -> inputs.directories().asTarget().refuse(name(inputs)));
    var refusal =
        new HandOverRefusal(
            inputs.genesis().ledgerId(), refused.tenure(), refused.tail(), refused.target());
    RefusalFile.write(refusalFile, refusal, inputs.key().signer());
    return refused;
  }

  @FunctionalInterface
  private interface Step {
    HandOver take() throws IOException, RefusedStart;
  }

  private static HandOver step(NodeInputs inputs, Step step) throws IOException {
    try {
      return step.take();
    } catch (RefusedStart refused) {
      throw new FaultyConfig(
          refused.faults().stream()
              .map(StartFault::message)
              .map(message -> inputs.place() + ": " + message)
              .toList());
    }
  }

  private static NodeInputs inputs(Path configFile) {
    var inputs = NodeInputs.read(NodeConfig.read(configFile));
    if (!(inputs.config().storage() instanceof StorageSection.Embedded)) {
      throw new FaultyConfig(
          List.of("sampo.storage: replicas in a database go on at any node, without hand-over"));
    }
    return inputs;
  }

  private static String name(NodeInputs inputs) {
    return inputs.config().name();
  }
}
