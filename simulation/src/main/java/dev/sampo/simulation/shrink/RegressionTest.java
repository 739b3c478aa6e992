package dev.sampo.simulation.shrink;

import dev.sampo.simulation.run.RunResult;
import java.util.List;
import java.util.stream.Collectors;

/** The source of a test that runs one schedule again. */
final class RegressionTest {

  private static final List<String> IMPORTS =
      List.of(
          "dev.sampo.simulation.fault.Behaviour",
          "dev.sampo.simulation.fault.Fault",
          "dev.sampo.simulation.fault.FaultSchedule",
          "dev.sampo.simulation.fault.Link",
          "dev.sampo.simulation.fault.Tail",
          "dev.sampo.simulation.fault.TimedFault",
          "dev.sampo.simulation.run.Simulation",
          "dev.sampo.simulation.swarm.Profile",
          "dev.sampo.simulation.world.SimulationSettings",
          "java.time.Duration",
          "java.util.List",
          "org.junit.jupiter.api.Test");

  private RegressionTest() {}

  static String of(String invariant, RunResult run) {
    var settings = run.settings();
    var faults =
        run.schedule().faults().stream()
            .map(
                timed ->
                    "new TimedFault(%s, %s)"
                        .formatted(FaultSource.of(timed.at()), FaultSource.of(timed.fault())))
            .collect(Collectors.joining(",\n            "));
    var body =
        """
        final class %sTest {

          @Test
          void holds() {
            var settings =
                new SimulationSettings(%dL, %d, Profile.%s, List.of(), List.of(), %d, %s);
            var schedule =
                FaultSchedule.of(%s);

            assertThat(Simulation.run(settings, schedule).violations()).isEmpty();
          }
        }
        """
            .formatted(
                nameOf(invariant) + "OfSeed" + Long.toUnsignedString(settings.seed()),
                settings.seed(),
                settings.validators(),
                settings.profile(),
                settings.transactions(),
                FaultSource.of(settings.duration()),
                faults);
    return "package dev.sampo.simulation.regression;\n\n"
        + "import static org.assertj.core.api.Assertions.assertThat;\n\n"
        + imports(body)
        + "\n"
        + body;
  }

  /** Those that the body uses. */
  private static String imports(String body) {
    return IMPORTS.stream()
        .filter(name -> isUsed(name.substring(name.lastIndexOf('.') + 1), body))
        .map(name -> "import " + name + ";\n")
        .collect(Collectors.joining());
  }

  private static boolean isUsed(String name, String body) {
    return body.contains(name + ".")
        || body.contains(name + "(")
        || body.contains("@" + name + "\n");
  }

  private static String nameOf(String invariant) {
    var name = new StringBuilder();
    boolean begins = true;
    for (int i = 0; i < invariant.length(); i++) {
      char c = invariant.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        name.append(begins ? Character.toUpperCase(c) : c);
      }
      begins = !Character.isLetterOrDigit(c);
    }
    return name.toString();
  }
}
