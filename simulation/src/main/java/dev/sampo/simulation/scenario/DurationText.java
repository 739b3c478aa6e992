package dev.sampo.simulation.scenario;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Durations as a whole number and a unit: {@code 250ms}. */
final class DurationText {

  private static final Pattern FORM = Pattern.compile("([+-]?)([0-9]{1,12})(ns|us|ms|s|m|h)");

  private DurationText() {}

  /** From the largest unit to the smallest. */
  private static Map<String, Duration> units() {
    var units = new LinkedHashMap<String, Duration>();
    units.put("h", Duration.ofHours(1));
    units.put("m", Duration.ofMinutes(1));
    units.put("s", Duration.ofSeconds(1));
    units.put("ms", Duration.ofMillis(1));
    units.put("us", Duration.ofNanos(1_000));
    units.put("ns", Duration.ofNanos(1));
    return units;
  }

  /** In the largest unit of which it is a multiple. */
  static String of(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    for (var unit : units().entrySet()) {
      long count = duration.dividedBy(unit.getValue());
      if (unit.getValue().multipliedBy(count).equals(duration)) {
        return count + unit.getKey();
      }
    }
    throw new IllegalStateException("every duration is a multiple of a nanosecond");
  }

  static String signed(Duration duration) {
    return duration.isNegative() ? of(duration) : "+" + of(duration);
  }

  static Duration read(String text) throws BadLine {
    var duration = readSigned(text);
    if (text.startsWith("-") || text.startsWith("+")) {
      throw new BadLine("'" + text + "' must have no sign");
    }
    return duration;
  }

  static Duration readSigned(String text) throws BadLine {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new BadLine(
          "'" + text + "' is not a duration; write a whole number and ns, us, ms, s, m or h");
    }
    var unit = units().get(form.group(3));
    if (unit == null) {
      throw new IllegalStateException("a unit of the form has no length: " + text);
    }
    var duration = unit.multipliedBy(Long.parseLong(form.group(2)));
    if (duration.compareTo(Duration.ofDays(366)) > 0) {
      throw new BadLine("'" + text + "' is longer than 366 days");
    }
    return form.group(1).equals("-") ? duration.negated() : duration;
  }
}
