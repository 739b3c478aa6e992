package dev.sampo.cluster.cli;

import dev.sampo.cluster.simulate.DeploymentRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a simulated deployment is made of. */
final class DeploymentOptions {

  private static final List<Integer> LOADS = List.of(1, 10, 25, 50, 100);
  private static final Duration MEASURED = Duration.ofSeconds(3);

  @Option(
      names = "--deployment",
      paramLabel = "DxVxL",
      description = {
        "Instead of seeds: what L ledgers carry on V validators in each of D data centres, such as",
        "3x4x64, what is full then, and what is left without one data centre. --for is the",
        "virtual time that is measured at each load. Default: 3s. --seed draws the clients."
      })
  private @Nullable String shape;

  @Option(
      names = "--loads",
      paramLabel = "PERCENT",
      split = ",",
      description = {
        "With --deployment: of what the processors would carry in full blocks.",
        "Default: 1,10,25,50,100."
      })
  private List<Integer> loads = List.of();

  @Option(
      names = "--cores",
      paramLabel = "N",
      description = "With --deployment: of each validator. Default: 2.")
  private @Nullable Integer cores;

  @Option(
      names = "--link-mbit",
      paramLabel = "N",
      description = "With --deployment: Mbit/s that a validator can send. Default: 1000.")
  private @Nullable Long link;

  @Option(
      names = "--between-mbit",
      paramLabel = "N",
      description = {
        "With --deployment: Mbit/s from one data centre to another, for all of its validators.",
        "Default: 1000."
      })
  private @Nullable Long between;

  boolean isAsked() {
    return shape != null;
  }

  /** Whether something is said of a deployment without saying of which. */
  boolean isHalf() {
    return shape == null
        && (!loads.isEmpty() || Stream.of(cores, link, between).anyMatch(each -> each != null));
  }

  /** Only if it is asked for. */
  DeploymentRequest request(@Nullable Duration measured, long seed) {
    return new DeploymentRequest(
        DeploymentRequest.shape(String.valueOf(shape)),
        DeploymentRequest.hardware(cores, link, between),
        loads.isEmpty() ? LOADS : loads,
        measured == null ? MEASURED : measured,
        seed);
  }
}
