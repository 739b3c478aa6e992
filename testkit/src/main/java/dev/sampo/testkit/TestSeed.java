package dev.sampo.testkit;

import dev.sampo.simulation.run.Simulation;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** The seed of a test's run: asked for by {@value #PROPERTY}, fixed by the test, or drawn. */
final class TestSeed {

  static final String PROPERTY = "sampo.seed";

  private static final Pattern TEXT = Pattern.compile("(?:v(\\d{1,6}):)?(-?\\d{1,19})");

  private TestSeed() {}

  /** {@code fixed} of 0 stands for none. */
  static long of(long fixed) {
    var asked = System.getProperty(PROPERTY, "");
    if (!asked.isEmpty()) {
      return read(asked);
    }
    return fixed == 0 ? new SecureRandom().nextLong() : fixed;
  }

  /** With the version of the simulator, as in another one the same number means something else. */
  static String text(long seed) {
    return "v" + Simulation.VERSION + ":" + seed;
  }

  static long read(String text) {
    var parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new ExtensionConfigurationException(
          "-D" + PROPERTY + "=" + text + " is no seed such as " + text(17));
    }
    var version = parts.group(1);
    if (version != null && Integer.parseInt(version) != Simulation.VERSION) {
      throw new ExtensionConfigurationException(
          "-D%s=%s is a seed of version %s; this is version %d, in which it would mean another run"
              .formatted(PROPERTY, text, version, Simulation.VERSION));
    }
    try {
      return Long.parseLong(parts.group(2));
    } catch (NumberFormatException tooLarge) {
      throw new ExtensionConfigurationException(
          "-D" + PROPERTY + "=" + text + " is beyond 64 bits", tooLarge);
    }
  }
}
