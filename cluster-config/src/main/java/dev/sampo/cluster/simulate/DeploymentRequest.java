package dev.sampo.cluster.simulate;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.simulation.deployment.Costs;
import dev.sampo.simulation.deployment.DeploymentPlan;
import dev.sampo.simulation.deployment.Hardware;
import dev.sampo.simulation.deployment.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which loads of a deployment to run.
 *
 * @param loads percents of its capacity, each 1 to {@link #LOAD_MAX}
 * @param measured virtual time at each load, at most {@link #MEASURED_MAX}
 */
public record DeploymentRequest(
    Shape shape, Hardware hardware, List<Integer> loads, Duration measured, long seed) {

  static final int LOAD_MAX = 500;
  static final Duration MEASURED_MAX = Duration.ofMinutes(10);

  /** The ledgers that are left carry all of it, on fewer machines and with leaders missing. */
  private static final int LOAD_OF_LOSS = 5;

  private static final int LOST = 1;
  private static final long MEGA = 1_000_000;
  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,3})x([0-9]{1,3})x([0-9]{1,3})");

  /** Throws {@link CommandFailed} if a load or the time makes no sense. */
  public DeploymentRequest {
    loads = loads.stream().distinct().sorted().toList();
    if (loads.stream().anyMatch(each -> each < 1 || each > LOAD_MAX)) {
      throw SeedRequest.usage("--loads are 1 to %d percent, not %s".formatted(LOAD_MAX, loads));
    }
    if (!measured.isPositive() || measured.compareTo(MEASURED_MAX) > 0) {
      throw SeedRequest.usage("--for is more than nothing and at most 10m with --deployment");
    }
  }

  /** Throws {@link CommandFailed} if that is no shape of a deployment. */
  public static Shape shape(String text) {
    var match = SHAPE.matcher(text);
    if (!match.matches()) {
      throw SeedRequest.usage("'" + text + "' is no deployment such as 3x4x64");
    }
    try {
      return new Shape(
          Integer.parseInt(match.group(1)),
          Integer.parseInt(match.group(2)),
          Integer.parseInt(match.group(3)));
    } catch (IllegalArgumentException bad) {
      throw SeedRequest.usage("--deployment: " + bad.getMessage());
    }
  }

  /**
   * Of each validator; null: as usual. Throws {@link CommandFailed} if that is no machine.
   *
   * @param link Mbit/s that it can send
   * @param between Mbit/s from one data centre to another
   */
  public static Hardware hardware(
      @Nullable Integer cores, @Nullable Long link, @Nullable Long between) {
    var hardware = Hardware.DEFAULT;
    try {
      hardware = cores == null ? hardware : hardware.withCores(cores);
      hardware = link == null ? hardware : hardware.withLink(Math.multiplyExact(link, MEGA));
      return between == null ? hardware : hardware.withBetween(Math.multiplyExact(between, MEGA));
    } catch (IllegalArgumentException | ArithmeticException bad) {
      throw SeedRequest.usage("--cores, --link-mbit, --between-mbit: " + bad.getMessage());
    }
  }

  /** The largest first, since it takes longest; one of them with a data centre lost. */
  List<DeploymentPlan> plans() {
    var plans = new ArrayList<DeploymentPlan>();
    loads.reversed().forEach(load -> plans.add(plan(load, OptionalInt.empty())));
    if (shape.dataCentres() > 1) {
      plans.addFirst(plan(LOAD_OF_LOSS, OptionalInt.of(LOST)));
    }
    return plans;
  }

  private DeploymentPlan plan(int load, OptionalInt lost) {
    return new DeploymentPlan(shape, hardware, Costs.MEASURED, load, measured, lost, seed);
  }
}
