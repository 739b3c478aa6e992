package dev.sampo.cluster.simulate;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.simulation.run.Simulation;
import java.util.regex.Pattern;

/**
 * A seed as people hand it on: {@code v5:17}. The version says which simulator drew faults from it,
 * since the same number means other faults in another version. A number alone is of this version.
 */
public final class SeedText {

  private static final Pattern FORM = Pattern.compile("(?:v([0-9]{1,6}):)?([0-9]{1,18})");

  private SeedText() {}

  static String of(long seed) {
    return "v" + Simulation.VERSION + ":" + seed;
  }

  /** Throws {@link CommandFailed} if it is no seed, or one of another version. */
  public static long read(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw SeedRequest.usage("'" + text + "' is not a seed such as 17 or " + of(17));
    }
    var version = match.group(1);
    if (version != null && Integer.parseInt(version) != Simulation.VERSION) {
      throw SeedRequest.usage(
          "seed %s is of version %s of the simulator, this is version %d: other faults"
              .formatted(text, version, Simulation.VERSION));
    }
    return Long.parseLong(match.group(2));
  }
}
