package dev.sampo.cluster.simulate;

import dev.sampo.simulation.crossledger.NetworkSettings;
import java.util.regex.Pattern;

/**
 * How many ledgers send each other packets in a run: always as many, {@code 3}, or by the seed,
 * {@code 3-8}.
 */
public record LedgerCount(int least, int most) {

  private static final int LEDGERS_MIN = 2;
  private static final Pattern FORM = Pattern.compile("([0-9]{1,3})(?:-([0-9]{1,3}))?");

  /** Throws {@link dev.sampo.cluster.console.CommandFailed} outside what a run can have. */
  public LedgerCount {
    if (least < LEDGERS_MIN || most > NetworkSettings.LEDGERS_MAX || least > most) {
      throw SeedRequest.usage(
          "--ledgers is %d to %d, or a range such as 3-8"
              .formatted(LEDGERS_MIN, NetworkSettings.LEDGERS_MAX));
    }
  }

  /** Throws {@link dev.sampo.cluster.console.CommandFailed} if it is no number and no range. */
  public static LedgerCount read(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw SeedRequest.usage("--ledgers: '" + text + "' is not a number, or a range such as 3-8");
    }
    int least = Integer.parseInt(match.group(1));
    return new LedgerCount(
        least, match.group(2) == null ? least : Integer.parseInt(match.group(2)));
  }

  /** Seeds that follow each other take turns, so that each number has its share of any range. */
  int of(long seed) {
    return least + Math.floorMod(seed, most - least + 1);
  }
}
