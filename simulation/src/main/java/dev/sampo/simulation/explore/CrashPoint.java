package dev.sampo.simulation.explore;

/**
 * A machine loses power at a record boundary and starts again from its durable records at once.
 *
 * @param boundary at its so manieth group of promises, counted from 1 over all its lives
 * @param synced whether that group reached the disk; nothing that follows it was done either way
 */
public record CrashPoint(int machine, int boundary, boolean synced) {

  public CrashPoint {
    if (machine < 0 || machine >= RoundPlan.MACHINES || boundary < 1) {
      throw new IllegalArgumentException("no such crash: " + machine + " at " + boundary);
    }
  }

  String line() {
    return "!" + RoundPlanText.nameOf(machine) + boundary + (synced ? "+" : "-");
  }

  /** Reads {@code !c3-} (lost) or {@code !c3+} (kept). */
  static CrashPoint parse(String word) {
    if (!word.matches("![a-e][1-9][0-9]{0,3}[+-]")) {
      throw new IllegalArgumentException("not a crash: '" + word + "'");
    }
    return new CrashPoint(
        RoundPlanText.machine(word.charAt(1)),
        Integer.parseInt(word.substring(2, word.length() - 1)),
        word.endsWith("+"));
  }
}
